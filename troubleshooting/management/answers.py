"""What commands that answer have in common: language, form, exit status."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from html import unescape
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..representing.encodings import printable
from ..search.result import Hit
from .base import PortalCommand, own_language

#: What a script is told: found, nothing found, the command could not be carried out.
FOUND, NOTHING, FAILED = 0, 1, 2


class AnsweringCommand(PortalCommand):
    """A command that answers in a language of the portal, in words or in JSON, as a public reader.

    Its exit status is 0 if ``answer`` returns True, else 1; 2 tells that it could not answer.
    """

    def add_answer_arguments(
        self, parser: ArgumentParser, forms: Sequence[str] = ("text", "json")
    ) -> None:
        """Add the options that all such commands have; the first of ``forms`` is usual."""
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument(
            "--language",
            default=own_language(),
            choices=languages,
            help=_("The reader’s."),
        )
        parser.add_argument(
            "--format", choices=forms, default=forms[0], help=_("How the answer is written.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with override(options["language"]):
                found = self.answer(**options)
        except CommandError as error:
            error.returncode = FAILED
            raise
        if not found:
            sys.exit(NOTHING)

    def answer(self, **options: Any) -> bool:
        """Write the answer; return whether anything was found.

        Raise ``NotImplementedError``: a command has to say how.
        """
        raise NotImplementedError

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Write a few lines about each article."""
        for hit in hits:
            mark = why_of(hit)
            said = f"  [{printable(mark)}]" if mark else ""
            self.stdout.write(f"  {self.style.SUCCESS(printable(hit.title))}{said}")
            self.stdout.write(f"    {settings.SITE_ADDRESS}{hit.url}")
            if snippet := unescape(strip_tags(hit.snippet)):
                self.stdout.write(f"    {printable(snippet)}")


def why_of(hit: Hit) -> str:
    """Return in words why an article is there; a guess says that it is one."""
    if hit.tier == "meaning":
        return _("perhaps: close in meaning")
    return _("perhaps") if hit.guess else hit.why
