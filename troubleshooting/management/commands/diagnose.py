"""``manage.py diagnose setup.log other.log --language en --format json``"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...access import Reader
from ...models import SearchFacets
from ...representing.diagnosis import Diagnosis, diagnose
from ...representing.encodings import printable, text_of
from ...search import SearchRequest, SearchResult, search
from ..answers import AnsweringCommand

#: The name that stands for the standard input.
_INPUT = "-"
#: Bytes of a file that are read, the last ones: the last failure is at the end.
MOST_BYTES = 16 * 1024 * 1024


class Command(AnsweringCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Reads logs in any encoding, shows the lines with known codes and messages, when they"
            " occurred, and the articles about them. Exit status: 0 if an article was found, 1 if"
            " none was, 2 if a file cannot be read."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help=_("A log, or - for the standard input.")
        )
        self.add_answer_arguments(parser)

    def answer(self, **options: Any) -> bool:
        language = options["language"]

        def ask(text: str) -> SearchResult:
            visible = SearchFacets.objects.visible_to(Reader.PUBLIC)
            return search(visible, SearchRequest(text, language))

        texts = [(name, _read(name)) for name in options["files"]]
        found = [(name, diagnose(text, language, ask)) for name, text in texts]
        if options["format"] == "json":
            answers = [{"file": name, **asdict(one)} for name, one in found]
            self.stdout.write(json.dumps(answers, ensure_ascii=False))
        else:
            for name, one in found:
                self._show(name, one, with_name=len(found) > 1)
        return any(one.is_known for _name, one in found)

    def _show(self, name: str, diagnosis: Diagnosis, with_name: bool) -> None:
        if with_name:
            self.stdout.write(self.style.MIGRATE_HEADING(printable(name)))
        if diagnosis.unread:
            said = ngettext(
                "The first %(count)d line was not read.",
                "The first %(count)d lines were not read.",
                diagnosis.unread,
            )
            self.stdout.write(self.style.WARNING(said % {"count": diagnosis.unread}))
        self._show_lines(diagnosis)
        self._show_timeline(diagnosis)
        if not diagnosis.articles:
            self.stdout.write(self.style.WARNING(_("No article is about anything in this text.")))
        self.show_hits([*diagnosis.articles, *diagnosis.guesses])

    def _show_lines(self, diagnosis: Diagnosis) -> None:
        width = len(str(diagnosis.lines))
        for line in diagnosis.marked:
            words = "".join(
                self._marked(printable(piece.text), piece.known)
                if piece.what
                else printable(piece.text)
                for piece in line.pieces
            )
            self.stdout.write(f"{line.number:>{width}}  {words}")

    def _marked(self, text: str, is_known: bool) -> str:
        """Return what was recognised; without colours it stands between marks."""
        style = self.style.ERROR if is_known else self.style.WARNING
        shown: str = style(text)
        return shown if shown != text else f"»{text}«"

    def _show_timeline(self, diagnosis: Diagnosis) -> None:
        if not any(moment.time for moment in diagnosis.timeline):
            return
        self.stdout.write("")
        for moment in diagnosis.timeline:
            times = f" × {moment.times}" if moment.times > 1 else ""
            value = printable(f"{moment.value}{times}")
            self.stdout.write(f"{printable(moment.iso or moment.time):<24}  {value}")
        self.stdout.write("")


def _read(name: str) -> str:
    """Return the text of a file, its end where it is very long.

    Raise ``CommandError``: it cannot be read.
    """
    try:
        if name == _INPUT:
            return text_of(sys.stdin.buffer.read()[-MOST_BYTES:])
        with Path(name).open("rb") as file:
            head = file.read(4)
            size = file.seek(0, 2)
            start = max(0, size - MOST_BYTES)
            file.seek(start)
            raw = file.read(MOST_BYTES)
        return text_of(_with_mark(head, raw) if start else raw)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from error


def _with_mark(head: bytes, raw: bytes) -> bytes:
    """Return the end of a file behind the byte order mark that it begins with."""
    for mark in (b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            return mark + raw
    return raw
