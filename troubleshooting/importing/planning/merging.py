"""Plan one entry: the file's texts, the portal's and the last import's -> one plan."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ...editing import all_pending, begun_of
from ...models import Article, ArticleTranslation, PendingRevision, Revision, SourceEntry
from ...texts.comparing.merge import merge_blocks
from ...texts.docfx import Entry
from ...texts.sections import TEXTS
from ..report import ImportOutcome

Texts = Mapping[str, str]
_UNDECIDED = (ImportOutcome.CONFLICT, ImportOutcome.WAITING)


@dataclass(slots=True)
class EntryPlan:
    """The plan of an entry: the article it belongs to, if any, and the texts to be stored."""

    entry: Entry
    row: SourceEntry | None
    article: Article | None
    translation: ArticleTranslation | None
    outcome: ImportOutcome
    texts: dict[str, str]
    theirs: dict[str, str]
    pending: PendingRevision | None = None
    incoming: dict[str, str] | None = None
    #: What readers see stays as it is, also where they see nothing in this language yet.
    is_held: bool = False

    @property
    def told(self) -> dict[str, str]:
        """Return the texts that a report is about: what is stored, or what waits instead."""
        is_waiting = self.outcome is ImportOutcome.WAITING and self.incoming is not None
        return self.incoming if is_waiting and self.incoming else self.texts

    @property
    def ancestor(self) -> dict[str, str] | None:
        """Return what both sides began from where the document's side waits; None: as before.

        What waits already began from an earlier text of the document.
        """
        if self.pending and not _is_rejected(self.pending):
            return None
        return dict(self.row.base) if self.row else {}

    @property
    def waits(self) -> bool:
        """Return whether the document says what the article is not to say yet."""
        return self.incoming is not None and self.incoming != self.texts


@dataclass(frozen=True, slots=True)
class PortalTexts:
    """What the portal holds of some articles in one language, by their keys.

    Texts, what waits of the last import, and where an editor has begun a translation.
    """

    texts: Mapping[int, ArticleTranslation]
    waiting: Mapping[int, PendingRevision]
    begun: Collection[int]


def read_portal_texts(articles: Collection[Article], language: str) -> PortalTexts:
    """Return what the portal holds of ``articles`` in ``language``, by three queries."""
    known = {article.pk: article for article in articles}
    if not known:
        return PortalTexts({}, {}, ())
    texts = ArticleTranslation.objects.filter(article__in=known, language=language)
    found = {text.article_id: text for text in texts}
    for key, text in found.items():
        text.article = known[key]
    waiting = all_pending(known, language, Revision.Origin.IMPORT)
    return PortalTexts(found, waiting, begun_of(known, language))


def plan_entry(
    entry: Entry,
    row: SourceEntry | None,
    article: Article | None,
    portal_texts: PortalTexts,
    theirs: dict[str, str],
    *,
    needs_review: bool,
) -> EntryPlan:
    """Return what becomes of ``entry``, whose canonical texts are ``theirs``; nothing is written.

    ``row`` and ``article`` are those it was found to be, if any, and ``portal_texts`` has what is
    there of the article. ``needs_review`` as in ``Recognition``.
    """
    translation = portal_texts.texts.get(article.pk) if article else None
    is_held = needs_review and article is not None and article.status == Article.Status.PUBLISHED
    if translation is None:
        plan = EntryPlan(entry, row, article, None, ImportOutcome.CREATED, theirs, theirs)
        if article and (is_held or article.pk in portal_texts.begun):
            hold_first(plan, portal_texts.waiting.get(article.pk))
        return plan
    ours = translation.texts()
    outcome, texts, incoming = _merge(row, ours, theirs)
    if is_held and incoming != ours:
        outcome, texts = ImportOutcome.WAITING, ours
    plan = EntryPlan(entry, row, article, translation, outcome, texts, theirs, is_held=is_held)
    plan.pending = portal_texts.waiting.get(translation.article_id)
    if outcome in _UNDECIDED or (plan.pending and not _is_rejected(plan.pending)):
        plan.incoming = _incoming(plan, incoming)
    return plan


def hold_first(plan: EntryPlan, pending: PendingRevision | None) -> None:
    """Let the first text in a language wait, with what is ``pending`` of it from before.

    So it does where readers see the article (four eyes) or an editor has begun the translation.
    What was rejected or discarded does not come again until the document changes.
    """
    plan.is_held, plan.texts = True, dict.fromkeys(TEXTS, "")
    plan.pending = pending
    is_known = plan.row is not None and plan.row.base == plan.theirs
    plan.outcome = ImportOutcome.KEPT if is_known else ImportOutcome.WAITING
    if not is_known or (plan.pending and not _is_rejected(plan.pending)):
        plan.incoming = _incoming(plan, plan.theirs)


def _is_rejected(pending: PendingRevision) -> bool:
    return pending.state == PendingRevision.State.REJECTED


def _merge(
    row: SourceEntry | None, ours: dict[str, str], theirs: dict[str, str]
) -> tuple[ImportOutcome, dict[str, str], dict[str, str]]:
    """Return (outcome, texts to store, texts that would be stored did the document win).

    The next import compares with ``theirs``: what waits for a decision does not come again.
    """
    # No document holds an internal note: it is the editors' alone.
    theirs = {**theirs, "internal": ours["internal"]}
    if ours == theirs:
        return ImportOutcome.UNCHANGED, ours, ours
    if row is None:
        # Somebody wrote this text before the document came: nothing says what it was made from.
        return ImportOutcome.CONFLICT, ours, theirs
    merged = merge_blocks(_base(row, ours, theirs), ours, theirs)
    if merged.conflicts:
        return ImportOutcome.CONFLICT, merged.texts, merged.incoming
    if merged.texts == ours:
        return ImportOutcome.KEPT, ours, ours
    outcome = ImportOutcome.UPDATED if merged.texts == theirs else ImportOutcome.MERGED
    return outcome, merged.texts, merged.texts


def _base(row: SourceEntry | None, ours: Texts, theirs: Texts) -> dict[str, str]:
    """Return what the document said before; of an article that came without it nothing is known."""
    before = (row.base if row else None) or theirs
    return {**before, "internal": ours["internal"]}


def _incoming(plan: EntryPlan, merged: Texts) -> dict[str, str]:
    """Return what the document would have the article say, where something waits for a decision.

    ``merged`` says so of this time alone. What waits from before goes on waiting, with the later
    changes of the document and of editors; what a reviewer rejected does not come again.
    """
    pending = plan.pending
    if pending is None or _is_rejected(pending):
        return dict(merged)
    theirs = {**plan.theirs, "internal": pending.texts["internal"]}
    base = _base(plan.row, pending.texts, theirs)
    later = merge_blocks(base, pending.texts, theirs).incoming
    begun = Revision.objects.filter(
        translation=plan.translation, number=pending.base_revision
    ).first()
    return merge_blocks(begun.texts(), plan.texts, later).incoming if begun else later
