"""What the commands of the portal have in common."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError, ProgrammingError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import get_language
from django.utils.translation import gettext as _

#: What a shell calls the end of a program whose output nobody reads (128 and SIGPIPE).
_PIPE_CLOSED = 141
#: Documents that are parsed at the same time at most.
MOST_JOBS = 64


class PortalCommand(BaseCommand):
    """A command whose texts are translated.

    ``argparse`` takes strings alone, and a text that is translated late is none yet.
    ``uses_database``: whether ``manage.py`` says which one, on the error output.
    """

    uses_database = True

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        """Return the parser, its texts in the language of who calls it."""
        self.help = str(self.help)
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        for action in parser._actions:
            if action.help is not None:
                action.help = str(action.help)
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Carry the command out; end quietly where nobody reads on (``| head``).

        Raise ``CommandError``: the database that the settings name is not the portal's.
        """
        try:
            try:
                return super().execute(*args, **options)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            # What is left is written nowhere, or Python would complain of it as it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(_PIPE_CLOSED)
        except (OperationalError, ProgrammingError):
            check_tables()
            raise


def check_tables() -> None:
    """Raise ``CommandError``: the database answers, but was not migrated to this program."""
    try:
        names = connection.introspection.table_names()
    except (OperationalError, ProgrammingError):
        return
    if "troubleshooting_article" not in names:
        said = _(
            "The database %(name)s has no tables of the portal. Let DATA_DIR or DATABASE_URL"
            " name the portal’s, or run manage.py migrate."
        )
        raise CommandError(said % {"name": settings.DATABASES["default"]["NAME"]}) from None
    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        said = _("The database %(name)s is older than the program. Run manage.py migrate.")
        raise CommandError(said % {"name": settings.DATABASES["default"]["NAME"]}) from None


def own_language() -> str:
    """Return the language in which a command answers unless it is told one: the terminal's."""
    offered = {code for code, _name in settings.LANGUAGES}
    active = get_language()
    return active if active in offered else settings.LANGUAGE_CODE


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
