"""What was chosen of a pending revision and the live text, block by block: it waits instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy, gettext_noop

from ...auditing import Act, note
from ...models import Article, ArticleTranslation, PendingRevision
from ...rights import EDIT, REVIEW, may, may_propose
from ...texts.comparing.merge import BlockChoice, OpenBlock, Side, merge_blocks
from ...texts.remarks import remark
from ..conflicts import EditConflict
from ..pending import check_live, check_number, discard_pending, merged_with_live, save_pending
from ..refusals import as_validation_errors
from ..texts import canonical_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: Why nothing is decided about what waits of a draft or of an archived article.
UNPUBLISHED = gettext_lazy(
    "The article is not published: its text is open to edits. What waits can be decided and "
    "published once the article is."
)


def beside_live(
    pending: PendingRevision, text: ArticleTranslation | None
) -> tuple[dict[str, str], EditConflict | None]:
    """Return what ``pending`` makes of ``text``, what is live, and the conflict that they have.

    What was changed live since stays; where both changed the same unit what waits stands.
    """
    try:
        return merged_with_live(pending, text), None
    except EditConflict as conflict:
        merged = merge_blocks(conflict.base, conflict.stored, conflict.typed)
        return merged.incoming, conflict


def as_read(choices: Mapping[int, BlockChoice], blocks: list[OpenBlock]) -> dict[int, BlockChoice]:
    """Return ``choices`` for ``blocks``, what was written as it would be stored.

    Raise ``ValidationError`` where that cannot be read.
    """
    read = dict(choices)
    for block in blocks:
        choice = choices.get(block.number)
        if choice and choice.side is Side.WRITTEN:
            with as_validation_errors():
                stored = canonical_texts({block.section: choice.text})
            read[block.number] = replace(choice, text=stored[block.section])
    return read


def check_seen(pending: PendingRevision, *, number: int, live: int) -> None:
    """Raise ``ValidationError`` where ``pending`` or what is live is another than was seen."""
    check_number(pending, number)
    check_live(pending, live)


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
    is another by now, the article is not published, or the texts cannot be stored.
    """
    if not may_choose(user, pending):
        raise PermissionDenied
    if pending.article.status != Article.Status.PUBLISHED:
        raise ValidationError(UNPUBLISHED)
    if is_written and not may_propose(user, pending.article):
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
        # Also where it says what it said; why it was rejected before is settled.
        submitted = {"state": PendingRevision.State.SUBMITTED, "answer": "", "reviewer": None}
        PendingRevision.objects.filter(pk=pending.pk).update(base_revision=live, **submitted)
        done = gettext_noop("Pending revision (%(language)s): decided block by block")
        note(user, Act.CHANGED, pending.article, detail=remark(done, language=pending.language))
    return saved or pending
