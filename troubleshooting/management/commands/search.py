"""``manage.py search "0x8007064c" --language fr --platform ios --format json --limit 10``."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from html import unescape
from typing import Any, cast

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...access import Reader
from ...models import SearchFacets
from ...search import SearchRequest, SearchResult, search
from ...search.facets.declared import NAMES
from ..answers import why_of
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Searches as a reader who is not signed in. With - it reads one query a line from the"
            " standard input, each a JSON string, and answers each with a line of JSON."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", help=_("A code, a message, a text, or - for many."))
        parser.add_argument("--language", default=settings.LANGUAGE_CODE, help=_("The reader’s."))
        parser.add_argument(
            "--limit", type=int, default=10, help=_("Results to show, at most 100.")
        )
        parser.add_argument("--format", choices=("text", "json"), default="text")
        for name in NAMES:
            if name != "language":
                parser.add_argument(f"--{name}", action="append", default=[])

    def handle(self, *args: Any, **options: Any) -> None:
        if options["language"] not in dict(settings.LANGUAGES):
            raise CommandError(_("%(language)s is not a language of the portal.") % options)
        if options["query"] != "-":
            self._answer(options["query"], options, options["format"])
            return
        for text in self._queries():
            self._answer(text, options, "json")

    def _queries(self) -> Iterator[str]:
        for number, line in enumerate(sys.stdin, start=1):
            if not line.strip():
                continue
            try:
                text = json.loads(line)
            except ValueError:
                text = None
            if not isinstance(text, str):
                raise CommandError(_("Line %(number)d is not a JSON string.") % {"number": number})
            yield text

    def _answer(self, text: str, options: dict[str, Any], form: str) -> None:
        request = SearchRequest(
            text=text,
            language=options["language"],
            filters={name: options[name] for name in NAMES if name != "language"},
            limit=max(1, min(options["limit"], 100)),
        )
        result = search(SearchFacets.objects.visible_to(Reader.PUBLIC), request)
        if form == "json":
            self.stdout.write(json.dumps(result.to_json(), ensure_ascii=False))
        else:
            self._show(result)

    def _show(self, result: SearchResult) -> None:
        for one in result.understood:
            self.stdout.write(f"{one.text} → {one.value} ({one.reading or one.what})")
        count = {"count": result.total}
        said = ngettext("%(count)d article", "%(count)d articles", result.total) % count
        self.stdout.write(said)
        for document in result.documents:
            self.stdout.write(f"  {document.title}  [{_('Document')}]")
            self.stdout.write(f"    {document.url}")
        for hit in [*result.hits, *result.guesses]:
            mark = why_of(hit) if hit.guess else hit.tier
            why = f"{mark}: {hit.why}" if hit.why else mark if hit.tier == "meaning" else ""
            self.stdout.write(f"  {hit.title}  [{why}]" if why else f"  {hit.title}")
            self.stdout.write(f"    {hit.url}")
            self.stdout.write(f"    {unescape(strip_tags(hit.snippet))}")
