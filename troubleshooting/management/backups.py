"""What an administrator is told of a backup that cannot be."""

from __future__ import annotations

from django.utils.translation import gettext as _

from ..operation.backup import BackupError


def refusal(error: BackupError) -> str:
    """Return why, and what to do about it."""
    texts = {
        "exists": _("%(detail)s is there already: name another file."),
        "program": _("PostgreSQL’s own program failed: %(detail)s"),
        "disk": _("Disk error, so nothing was written: %(detail)s"),
        "unreadable": _("This file is not a backup of the portal."),
        "partial": _("This backup was not written to its end: take another."),
        "damaged": _("This backup is damaged, at %(detail)s: take another. Nothing was restored."),
        "newer": _("This backup is from a newer program (%(detail)s): install that one first."),
        "engine": _(
            "This backup is of another engine (%(detail)s): restore it there and use copy_database."
        ),
        "occupied": _(
            "There is something in this place already. Restore into an empty one: set DATA_DIR, or "
            "DATABASE_URL for PostgreSQL."
        ),
        "differs": _("Rows of %(detail)s differ from the backup’s manifest: do not use it."),
    }
    return texts[error.reason] % {"detail": error.detail}
