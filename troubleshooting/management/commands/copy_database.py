"""``manage.py copy_database --from URL --to URL``."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any, cast

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kbportal.environment import databases

from ...operation.copying import CopyError, copy_rows, opened
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy("Copies every row to an empty database, and proves that all are equal."),
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="source", metavar="URL", required=True)
        parser.add_argument("--to", dest="target", metavar="URL", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            source = databases.entry_of(options["source"], "--from")
            target = databases.entry_of(options["target"], "--to")
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        self.stderr.write(f"{databases.described(source)} -> {databases.described(target)}")
        with opened("copy_source", source) as first, opened("copy_target", target) as second:
            try:
                digests = copy_rows(first, second)
            except CopyError as error:
                raise CommandError(_refusal(error)) from None
            call_command("check_index", rebuild=True, database=second, stdout=self.stdout)
        counts = {"rows": sum(one.rows for one in digests.values()), "tables": len(digests)}
        self.stdout.write(
            _("Copied: %(rows)s rows of %(tables)s tables, each read back and equal.") % counts
        )


def _refusal(error: CopyError) -> str:
    texts = {
        "behind": _("The database to copy from is of another version: run migrate there first."),
        "occupied": _("The database to copy to is not empty. Name a new one."),
        "refused": _("The other database refuses a value, so nothing was copied: %(detail)s"),
        "differs": _("Rows of %(detail)s would differ, so nothing was copied."),
    }
    return texts[error.reason] % {"detail": error.detail}
