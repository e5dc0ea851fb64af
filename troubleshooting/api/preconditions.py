"""What a change says it began from, and what its answer names to go on from.

RFC 9110, "Conditional Requests"; RFC 6585, 428.
"""

from __future__ import annotations

import re
from typing import Annotated

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Header
from ninja.errors import HttpError

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        description=gettext_noop(
            'Such as `"r3"`; `"r3", "p2"` where pending revision 2 is to be written over.'
        ),
    ),
]
IfNoneMatch = Annotated[
    str | None,
    Header(alias="If-None-Match", description=gettext_noop("`*` where there is no text yet.")),
]
#: A weak name matches nothing (RFC 9110, sections 8.8.3.2 and 13.1.1): where a proxy made one of
#: ours, by compressing, the revision that the body names is what to send.
_REVISION = re.compile(r'(?<!W/)"r([1-9]\d{0,8})"')
#: A pending revision, which waits beside a text and has numbers of its own.
_PENDING = re.compile(r'(?<!W/)"p([1-9]\d{0,8})"')
_UNQUOTED = re.compile(r"r?\d+")


def revision_etag(number: int) -> str:
    """Return the name of a text at a revision."""
    return f'"r{number}"'


def name_revision(response: HttpResponse, number: int) -> None:
    """Let an answer name the revision of the text that it is about, in its ``ETag``."""
    response.headers["ETag"] = revision_etag(number)


def name_place(response: HttpResponse, view: str, **arguments: object) -> None:
    """Let an answer name where what was made is read, in its ``Location``.

    ``view`` is the name of an operation of the API, ``arguments`` are those of its address.
    """
    response.headers["Location"] = reverse(f"api:{view}", kwargs=arguments)


def base_revision(match: str | None, none_match: str | None, present: int) -> int:
    """Return the revision that a change began from, 0 where it makes the first text.

    ``match`` and ``none_match`` are the headers that say it.

    Raise ``HttpError``: 428 where the request does not say it, 412 where it is not the ``present``
    one.
    """
    is_first = (none_match or "").strip() == "*"
    if is_first and match and pending_named(match) and not _REVISION.search(match):
        match = None  # It names what waits, and no text that is there.
    if match is None and not is_first:
        raise HttpError(
            428,
            _("Say by If-Match which revision you change; a first text sends * as If-None-Match."),
        )
    if match is None:
        named = {0}
    elif match.strip() == "*":
        named = {present} if present else set()
    else:
        named = {int(number) for number in _REVISION.findall(match)}
    if present not in named:
        raise HttpError(412, f"{at_revision(present)}{_hint(match)}")
    return present


def pending_named(match: str | None) -> set[int]:
    """Return the numbers of the pending revisions that ``match`` names, as an author saw them."""
    return {int(number) for number in _PENDING.findall(match or "")}


def over_pending(number: int, revision: int) -> str:
    """Return in words what waits instead of a text, and how to write over it.

    ``number`` is that of the pending revision, 0 where none waits; ``revision`` is that of the
    live text, 0 where there is none.
    """
    if not number:
        return _("No pending revision of this text waits any more: leave it out of If-Match.")
    names = [f'"p{number}"'] if not revision else [revision_etag(revision), f'"p{number}"']
    return _(
        "Pending revision %(number)d of this text waits, and your text would take its place. "
        "Compare the two in the administration; to write over it, send %(names)s in If-Match."
    ) % {"number": number, "names": ", ".join(names)}


def at_revision(present: int) -> str:
    """Return which revision a text is at, in words."""
    if not present:
        return _("There is no text in this language yet.")
    return _("The text is at revision %(number)d now.") % {"number": present}


def _hint(match: str | None) -> str:
    """Return what else to say to who names a text weakly, or without quotation marks."""
    if match and "W/" in match:
        return " " + _("A weak name, which begins with W/, matches no text.")
    if match and _UNQUOTED.fullmatch(match.strip()):
        return " " + _('The name is written between quotation marks, such as "r3" in If-Match.')
    return ""
