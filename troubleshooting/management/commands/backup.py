"""``manage.py backup FILE``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...operation.backup import BackupError, write_backup
from ..backups import refusal
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy("Writes database and images to one file, while the portal is in use."),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = write_backup(options["file"].absolute())
        except BackupError as error:
            raise CommandError(refusal(error)) from None
        counts = {
            "rows": sum(count for count, _hash in manifest["rows"].values()),
            "files": len(manifest["files"]) - 1,
        }
        self.stdout.write(_("Saved: %(rows)s rows and %(files)s images.") % counts)
