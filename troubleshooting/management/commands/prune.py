"""``manage.py prune``: deletes what is kept for a time only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...importing.runs.recording import forget_undoing
from ...operation.retention import prune
from ..base import PortalCommand

#: How long an import can be taken back.
_UNDOABLE = timedelta(days=90)


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
            "notices": _("notices"),
            "forms": _("receipts of forms"),
            "imports": _("data to undo imports"),
            "counts": _("counts"),
            "calls": _("shared calls"),
            "trash": _("articles in the trash"),
            "audit": _("acts"),
        }
        counts = {**prune(), "imports": forget_undoing(_UNDOABLE)}
        for kind, number in counts.items():
            text = _("Deleted, %(kind)s: %(number)s") % {"kind": names[kind], "number": number}
            self.stdout.write(text)
