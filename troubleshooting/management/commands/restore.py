"""``manage.py restore FILE``."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, cast

from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...operation.backup import BackupError
from ...operation.restore import restore_backup
from ..backups import refusal
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy("Restores a backup into an empty place, and proves that nothing differs."),
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            manifest = restore_backup(options["file"].absolute())
        except BackupError as error:
            raise CommandError(refusal(error)) from None
        text = _("Restored: the state of %(created)s, each row equal. Now run migrate.")
        self.stdout.write(text % {"created": manifest["created"]})
