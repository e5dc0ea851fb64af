"""What the commands of the portal have in common."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


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
