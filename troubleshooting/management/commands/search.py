"""``manage.py search "0x8007064c" --language fr --platform ios --format json --limit 10``."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from html import unescape
from typing import Any, cast

from django.conf import settings
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from kbportal.environment.site import site_address

from ...access import Reader
from ...models import SearchFacets
from ...narrowing import fixed_values, read_narrowing, search_narrowed
from ...representing.encodings import printable
from ...search import SearchResult
from ...search.facets.declared import FACETS, Facet
from ...search.result import Hit
from ..answers import why_of
from ..base import PortalCommand, own_language
from ..narrowing import check_values


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Searches as a reader who is not signed in. With - it reads one query a line from the"
            " standard input, as it is typed or as a JSON string, and answers each with a line of"
            " JSON."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", help=_("A code, a message, a text, or - for many."))
        parser.add_argument(
            "--language",
            default=own_language(),
            choices=[code for code, _name in settings.LANGUAGES],
            help=_("The reader’s."),
        )
        parser.add_argument(
            "--limit", type=int, default=10, help=_("Results to show, at most 100.")
        )
        parser.add_argument(
            "--format",
            choices=("text", "json"),
            default="text",
            help=_("How the answer is written."),
        )
        for facet in _facets():
            parser.add_argument(f"--{facet.name}", action="append", default=[], help=_help(facet))

    def handle(self, *args: Any, **options: Any) -> None:
        with override(options["language"]):
            visible = SearchFacets.objects.visible_to(Reader.PUBLIC)
            for facet in _facets():
                if options[facet.name]:
                    check_values(facet, options[facet.name], visible)
            if options["query"] != "-":
                self._answer(options["query"], options, options["format"])
                return
            for line in sys.stdin:
                if line.strip():
                    self._answer(_query(line.strip()), options, "json")

    def _answer(self, text: str, options: dict[str, Any], form: str) -> None:
        narrowing = read_narrowing(text, Reader.PUBLIC)
        result = search_narrowed(
            SearchFacets.objects.visible_to(Reader.PUBLIC),
            narrowing,
            options["language"],
            {facet.name: options[facet.name] for facet in _facets()},
            limit=max(1, min(options["limit"], 100)),
        )
        if form == "json":
            self.stdout.write(json.dumps(result.to_json(), ensure_ascii=False))
            return
        for part in narrowing.unknown:
            said = _(
                "“%(typed)s” is neither a platform nor a language, a kind or a document: it was"
                " left out."
            )
            self.stdout.write(said % {"typed": printable(part.typed)})
        self._show(result)

    def _show(self, result: SearchResult) -> None:
        for one in result.understood:
            self.stdout.write(f"{one.text} → {one.value} ({one.reading or one.what})")
        count = {"count": result.total}
        said = ngettext("%(count)d article", "%(count)d articles", result.total) % count
        self.stdout.write(said)
        for document in result.documents:
            self.stdout.write(f"  {document.title}  [{_('Document')}]")
            self.stdout.write(f"    {site_address()}{document.address}")
        if "only_excluded" in result.notices:
            self.stdout.write(_("This only says what to leave out"))
        self._show_hits(result.hits)
        if result.guesses:
            self.stdout.write(f"{_('Perhaps one of these')} ({_('Guesses')})")
            self._show_hits(result.guesses)

    def _show_hits(self, hits: Sequence[Hit]) -> None:
        for hit in hits:
            mark = why_of(hit) if hit.guess else hit.tier
            why = f"{mark}: {hit.why}" if hit.why else mark if hit.guess else ""
            self.stdout.write(f"  {hit.title}  [{why}]" if why else f"  {hit.title}")
            self.stdout.write(f"    {site_address()}{hit.address}")
            self.stdout.write(f"    {unescape(strip_tags(hit.snippet))}")


def _facets() -> list[Facet]:
    """Return what a search is narrowed by; the language is an option of its own."""
    return [facet for facet in FACETS if facet.name != "language"]


def _help(facet: Facet) -> str:
    """Return what an option narrows by, with its values where they are the same everywhere."""
    values = ", ".join(fixed_values(facet))
    if facet.name == "platform":
        values = _("the last part of its address, or all")
    return f"{facet.label}{_(':')} {values}" if values else str(facet.label)


def _query(line: str) -> str:
    """Return the query of a line: a JSON string says what its escapes stand for."""
    try:
        text = json.loads(line)
    except ValueError:
        return line
    return text if isinstance(text, str) else line
