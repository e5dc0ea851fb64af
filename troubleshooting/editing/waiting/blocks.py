"""What was chosen of a pending revision and the live text, block by block: it waits instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from ...auditing import Act, note
from ...models import Article, PendingRevision
from ...rights import EDIT, REVIEW, may, may_propose
from ...texts.remarks import remark
from ..pending import check_live, discard_pending, save_pending
from ..refusals import as_validation_errors
from ..texts import canonical_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def may_choose(user: User, pending: PendingRevision) -> bool:
    """Return whether ``user`` may decide the blocks of ``pending``: who may discard it."""
    is_own = pending.author_id == user.pk and user.has_perm(EDIT)
    return is_own or may(user, REVIEW, pending.article)


def decide_blocks(
    pending: PendingRevision,
    texts: Mapping[str, str],
    *,
    user: User,
    number: int,
    live: int,
    is_written: bool,
) -> PendingRevision | None:
    """Let ``texts``, chosen block by block, wait in the place of what ``pending`` said.

    ``number`` and ``live`` are those of the pending revision and of the live one that were seen;
    ``is_written`` says that ``user`` wrote a block, and is an author of it then. Where all that
    was chosen is live already nothing waits any more, and None is returned.

    Raise ``PermissionDenied``: ``user`` may not decide about it. Raise ``ValidationError``: either
    is another by now, or the texts cannot be stored.
    """
    if not may_choose(user, pending) or (is_written and not may_propose(user, pending.article)):
        raise PermissionDenied
    with as_validation_errors():
        stored = canonical_texts(texts)
    with transaction.atomic():
        Article.objects.select_for_update().only("pk").get(pk=pending.article_id)
        check_live(pending, live)
        text = pending.article.translations.get(language=pending.language)
        if stored == text.texts():
            discard_pending(pending, user=user, number=number)
            return None
        saved = save_pending(
            article=pending.article,
            language=pending.language,
            texts=stored,
            author=user if is_written else pending.author,
            origin=pending.origin,
            comment=pending.comment,
            size=pending.size,
            base_revision=live,
            number=number,
        )
        if saved is None:
            PendingRevision.objects.filter(pk=pending.pk).update(base_revision=live)
        done = gettext_noop("Pending revision (%(language)s): decided block by block")
        note(user, Act.CHANGED, pending.article, detail=remark(done, language=pending.language))
    return saved or pending
