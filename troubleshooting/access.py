"""Who reads: the three kinds of reader that the portal tells apart.

What a person may see follows from the kind alone. So whatever is kept for one reader (a page, rows,
a prepared query) serves every reader of the same kind, and is told from others by the kind.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.http import HttpRequest

#: The permission that makes an editor: who has it sees what is not published too.
EDITOR_PERMISSION = "troubleshooting.change_article"


class Reader(StrEnum):
    """A kind of reader."""

    PUBLIC = "public"
    """Sees what is published for everyone."""
    STAFF = "staff"
    """Sees what is published, for the staff too, and internal notes."""
    EDITOR = "editor"
    """Sees drafts, what is in review and what is archived, too."""

    @property
    def is_staff(self) -> bool:
        """Return whether the reader belongs to the staff; editors do."""
        return self is not Reader.PUBLIC

    @property
    def is_editor(self) -> bool:
        """Return whether the reader sees what is not published."""
        return self is Reader.EDITOR


def reader_for(user: User | AnonymousUser | None) -> Reader:
    """Return the kind of reader that a user is; None is somebody who has not signed in."""
    if user is None or not user.is_authenticated or not user.is_staff:
        return Reader.PUBLIC
    return Reader.EDITOR if user.has_perm(EDITOR_PERMISSION) else Reader.STAFF


def note_reader(request: HttpRequest, reader: Reader) -> None:
    """Note the kind of reader who asks, where it is known without their user."""
    request._reader = reader  # type: ignore[attr-defined]  # kept with the request


def reader_of(request: HttpRequest) -> Reader:
    """Return the kind of reader who asks, worked out once a request."""
    known: Reader | None = getattr(request, "_reader", None)
    if known is None:
        known = reader_for(request.user)
        note_reader(request, known)
    return known
