"""Changes of snippets that somebody else has to approve before readers see them."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ...deriving import snippets_named
from ...models import Snippet
from .holding import check_snippet_writers
from .snippets import CHANGE, SavedSnippet, is_outside, lock_texts, save_snippet

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def may_approve(user: User, snippet: Snippet) -> bool:
    """Return whether ``user`` may put what is proposed for ``snippet`` in its place."""
    own = snippet.proposed_by_id == user.pk
    if snippet.proposed is None or not user.has_perm(CHANGE) or own:
        return False
    return not is_outside(snippet.key, user)


def may_discard(user: User, snippet: Snippet) -> bool:
    """Return whether ``user`` may forget what is proposed: their own, or what they may approve."""
    own = snippet.proposed_by_id == user.pk and user.has_perm(CHANGE)
    return (snippet.proposed is not None and own) or may_approve(user, snippet)


def name_of_proposal(snippet: Snippet) -> str:
    """Return what tells the proposal from every other one: a page posts back which it showed.

    With another text of a snippet inside of it it is another one too. "": nothing is proposed.
    """
    if snippet.proposed is None:
        return ""
    said = [snippet.version, snippet.proposed_by_id, snippet.proposed, _inside(snippet)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def approve_proposed(snippet: Snippet, *, user: User, seen: str | None = None) -> SavedSnippet:
    """Put what is proposed in its place; it stays the text of who proposed it.

    ``seen``: the name of the proposal that was looked at. Raise ``PermissionDenied`` as
    ``may_approve`` tells, ``ValidationError`` where another is proposed by now, and with
    ``FOUR_EYES`` where ``user`` wrote a snippet inside of it.
    """
    lock_texts(snippet)
    snippet = _locked(snippet, seen)
    if not may_approve(user, snippet):
        raise PermissionDenied
    check_snippet_writers(_inside(snippet), user)
    proposed = snippet.proposed or {}
    return save_snippet(snippet, proposed, author=snippet.proposed_by, is_approved=True)


@transaction.atomic
def discard_proposed(snippet: Snippet, *, user: User, seen: str | None = None) -> None:
    """Forget what is proposed.

    ``seen`` as for ``approve_proposed``. Raise ``PermissionDenied`` as ``may_discard`` tells,
    ``ValidationError`` where another is proposed by now.
    """
    snippet = _locked(snippet, seen)
    if not may_discard(user, snippet):
        raise PermissionDenied
    Snippet.objects.filter(pk=snippet.pk).update(proposed=None, proposed_by=None)


def _locked(snippet: Snippet, seen: str | None) -> Snippet:
    snippet = Snippet.objects.select_for_update().get(pk=snippet.pk)
    if seen is not None and seen != name_of_proposal(snippet):
        raise ValidationError(_("The proposal was changed meanwhile: read it again."))
    return snippet


def _inside(snippet: Snippet) -> dict[str, int]:
    """Return the versions of the snippets inside of what is proposed, by key."""
    inside: dict[str, int] = {}
    for language, text in (snippet.proposed or {}).items():
        inside |= snippets_named([text], language).versions
    return inside
