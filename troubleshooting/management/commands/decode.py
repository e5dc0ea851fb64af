"""``manage.py decode 0x8007064C -2147023284 --language en --format json``"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...access import Reader
from ...models import SearchFacets
from ...representing.decoding import Decoding, Meaning, decode
from ...representing.encodings import printable
from ...search import SearchRequest, search
from ...search.result import Hit
from ..answers import AnsweringCommand

#: Articles that are named for a code.
_ARTICLES = 5


class Command(AnsweringCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Takes error codes apart, in any form, and names the articles about them. Exit status:"
            " 0 if each is a code, 1 if one is not."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="+", metavar="CODE", help=_("A code in any form."))
        self.add_answer_arguments(parser)

    def answer(self, **options: Any) -> bool:
        language = options["language"]
        answers = [(decode(code, language), _articles(code, language)) for code in options["codes"]]
        if options["format"] == "json":
            found = [
                {**asdict(one), "articles": [asdict(h) for h in hits]} for one, hits in answers
            ]
            self.stdout.write(json.dumps(found, ensure_ascii=False))
        else:
            for decoding, hits in answers:
                self._show(decoding, hits)
        return all(decoding.meanings for decoding, _hits in answers)

    def _show(self, decoding: Decoding, hits: list[Hit]) -> None:
        if not decoding.meanings:
            said = _("%(text)s is not a code that the portal can read.")
            self.stdout.write(self.style.WARNING(said % {"text": printable(decoding.typed)}))
        for meaning in decoding.meanings:
            self._show_meaning(meaning)
        self.show_hits(hits)

    def _show_meaning(self, meaning: Meaning) -> None:
        said = ", ".join(part for part in (meaning.read_as, meaning.note) if part)
        self.stdout.write(f"{self.style.MIGRATE_HEADING(meaning.code)}  ({said})")
        for part in meaning.parts:
            self.stdout.write(f"  {part.label}{_(':')} {part.value}")
        for name in meaning.names:
            more = f"{_(':')} {name.meaning}" if name.meaning else ""
            self.stdout.write(f"  {name.name}{more}")
        if meaning.remark:
            self.stdout.write(f"  {meaning.remark}")


def _articles(code: str, language: str) -> list[Hit]:
    visible = SearchFacets.objects.visible_to(Reader.PUBLIC)
    return search(visible, SearchRequest(code, language, limit=_ARTICLES)).hits
