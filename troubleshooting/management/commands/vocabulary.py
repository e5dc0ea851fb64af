"""``manage.py vocabulary export PATH.tsv`` and ``manage.py vocabulary import PATH.tsv``"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...vocabulary.files import Imported, read_entries, write_entries
from ..base import PortalCommand

_STANDARD = "-"


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Writes the vocabulary of the search to a table (tab-separated), or adds the entries of"
            " one; those that are there stay as they are. Exit status: 1 if a line was refused."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["export", "import"], help=_("What to do."))
        parser.add_argument(
            "path",
            metavar="PATH.tsv",
            help=_("The file; - is the standard output or the standard input."),
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help=_("Says what an import would do, and changes nothing."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["path"]
        try:
            if options["act"] == "export":
                self._export(name, options["verbosity"])
            else:
                self._tell(self._import(name, options["dry_run"]), options["verbosity"])
        except OSError as error:
            raise CommandError(f"{name}: {error.strerror}") from error
        except ValueError as error:
            raise CommandError(f"{name}: {error}") from error

    def _export(self, name: str, verbosity: int) -> None:
        if name == _STANDARD:
            write_entries(cast("Any", self.stdout))
            return
        with Path(name).open("w", encoding="utf-8", newline="") as target:
            count = write_entries(target)
        told = ngettext("%(count)d entry", "%(count)d entries", count) % {"count": count}
        if verbosity:
            self.stdout.write(
                _("Written to %(path)s: %(entries)s.") % {"path": name, "entries": told}
            )

    def _import(self, name: str, rehearse: bool) -> Imported:
        if name == _STANDARD:
            return read_entries(sys.stdin, rehearse=rehearse)
        with Path(name).open(encoding="utf-8", newline="") as source:
            return read_entries(source, rehearse=rehearse)

    def _tell(self, outcome: Imported, verbosity: int) -> None:
        if verbosity:
            told = _("%(added)d added, %(known)d there already, %(refused)d refused.")
            counts = {
                "added": outcome.added,
                "known": outcome.known_count,
                "refused": len(outcome.refused),
            }
            self.stdout.write(told % counts)
        for number, reason in outcome.refused:
            told = _("Line %(number)d: %(reason)s")
            self.stderr.write(told % {"number": number, "reason": reason})
        if outcome.refused:
            sys.exit(1)
