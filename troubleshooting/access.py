"""Who reads, by the three kinds of reader that the portal tells apart, and what roles may do.

What a person may see follows from the kind alone. So whatever is kept for one reader (a page, rows,
a prepared query) serves every reader of the same kind, and is told from others by the kind.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser, User
    from django.http import HttpRequest

#: Permissions on articles. Who may change them is an editor, and sees what is not published too.
VIEW_ARTICLE = "troubleshooting.view_article"
ADD_ARTICLE = "troubleshooting.add_article"
CHANGE_ARTICLE = "troubleshooting.change_article"
REVIEW_ARTICLE = "troubleshooting.review_article"
DELETE_ARTICLE = "troubleshooting.delete_article"
#: To import is to add documents.
ADD_DOCUMENT = "troubleshooting.add_sourcedocument"
#: An author writes drafts and sends them to review; a reviewer publishes, rejects, archives and
#: keeps the vocabulary; an administrator deletes for good and looks after accounts.
_AUTHOR = (
    "view_article",
    "add_article",
    "change_article",
    "view_articletranslation",
    "add_articletranslation",
    "change_articletranslation",
    "view_revision",
    "view_statuschange",
    "view_platform",
    "view_errorcode",
    "view_glossaryterm",
    "view_mediaimage",
    "add_mediaimage",
    "view_sourcedocument",
    "view_gapreport",
    "view_errorreport",
    "view_outcome",
    "view_searchlog",
    "view_vocabularyentry",
    "view_learnedchoice",
    "view_incident",
    "view_ticketcount",
    "view_snippet",
    "view_snippetrevision",
    "view_articletemplate",
    "view_responsibility",
)
_REVIEWER = (
    *_AUTHOR,
    "review_article",
    "add_platform",
    "change_platform",
    "add_glossaryterm",
    "change_glossaryterm",
    "delete_glossaryterm",
    *(f"{action}_vocabularyentry" for action in ("add", "change", "delete")),
    *(f"{action}_incident" for action in ("add", "change", "delete")),
    *(f"{action}_snippet" for action in ("add", "change", "delete")),
    *(f"{action}_articletemplate" for action in ("add", "change", "delete")),
    *(f"{action}_ticketcount" for action in ("add", "change", "delete")),
    "delete_learnedchoice",
    "change_mediaimage",
    "change_gapreport",
    "change_errorreport",
    "add_sourcedocument",
    "view_source",
    "view_importrun",
)
_ADMINISTRATOR = (
    *_REVIEWER,
    "delete_article",
    "delete_platform",
    "delete_mediaimage",
    "delete_gapreport",
    "delete_errorreport",
    *(f"{action}_{name}" for name in ("user", "group") for action in ("view", "add", "change")),
    *(f"{action}_source" for action in ("add", "change", "delete")),
    "delete_user",
    *(f"{action}_webhook" for action in ("view", "add", "change", "delete")),
    "view_webhookdelivery",
    *(f"{action}_responsibility" for action in ("add", "change", "delete")),
)
#: Role -> names of its permissions. A migration gives the group of a role what was added to it.
ROLES = {"Author": _AUTHOR, "Reviewer": _REVIEWER, "Administrator": _ADMINISTRATOR}


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
    return Reader.EDITOR if user.has_perm(CHANGE_ARTICLE) else Reader.STAFF


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
