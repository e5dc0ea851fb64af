"""``manage.py prune``: deletes what is kept for a time only."""

from __future__ import annotations

from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...operation.retention import prune
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Deletes searches, sessions, shared calls and articles in the trash that are past "
            "their time. Run it daily."
        ),
    )

    def handle(self, *args: Any, **options: Any) -> None:
        names = {
            "sessions": _("sessions"),
            "searches": _("searches"),
            "jobs": _("jobs"),
            "counts": _("counts"),
            "calls": _("shared calls"),
            "trash": _("articles in the trash"),
        }
        for kind, number in prune().items():
            text = _("Deleted, %(kind)s: %(number)s") % {"kind": names[kind], "number": number}
            self.stdout.write(text)
