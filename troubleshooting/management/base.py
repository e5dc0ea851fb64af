"""What the commands of the portal have in common."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

#: Documents that are parsed at the same time at most.
MOST_JOBS = 64


class PortalCommand(BaseCommand):
    """A command whose texts are translated.

    ``argparse`` takes strings alone, and a text that is translated late is none yet.
    """

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser, its texts in the language of who calls it."""
        self.help = str(self.help)
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        for action in parser._actions:
            if action.help is not None:
                action.help = str(action.help)
        return parser


def add_jobs(parser: CommandParser | ArgumentParser) -> None:
    """Let a command that imports be told how many documents to parse at the same time."""
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help=_("Parse N documents at the same time."),
    )


def _jobs(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not 1 <= number <= MOST_JOBS:
        raise ArgumentTypeError(
            _("%(given)s is not a number from 1 to %(most)d.") % {"given": text, "most": MOST_JOBS}
        )
    return number
