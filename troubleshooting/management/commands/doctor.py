"""``manage.py doctor``: what is wrong with where the portal runs."""

from __future__ import annotations

import platform
import sys
from typing import Any, cast

import django
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kbportal.environment import databases
from kbportal.environment.version import portal_version

from ...operation.health import CHECKS, examine
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast("str", gettext_lazy("Says what is wrong with where the portal runs, and remedies."))
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what was found; the status is 1 where the portal cannot serve so."""
        entry = databases.described(settings.DATABASES["default"])
        runs_on = f"Python {platform.python_version()}, Django {django.get_version()}"
        versions = f"Portal {portal_version()}, {runs_on}"
        self.stdout.write(f"{versions}. {entry}. {settings.DATA_DIR}")
        # Translators: the three words before what was looked at, in columns
        well, look, failed = _("ok"), _("look"), _("FAILED")
        width = max(map(len, (well, look, failed)))
        is_grave = False
        for name in CHECKS:
            found = examine(name)
            if not found:
                self.stdout.write(f"{well:<{width}} {name}")
            for one in found:
                word = failed if one.is_grave else look
                colon, remedy = _(":"), _("Remedy:")
                said = f"{name}{colon} {one.what} {remedy} {one.remedy}"
                self.stdout.write(f"{word:<{width}} {said}")
                is_grave |= one.is_grave
        if is_grave:
            sys.exit(1)
