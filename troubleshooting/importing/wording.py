"""The words for how a document or an article ended, in the active language."""

from __future__ import annotations

from django.utils.translation import ngettext, pgettext

from .report import ImportOutcome

#: Outcomes of which an import that is taken back leaves nothing.
_CHANGES = frozenset(
    [
        ImportOutcome.CREATED,
        ImportOutcome.UPDATED,
        ImportOutcome.MERGED,
        ImportOutcome.CONFLICT,
        ImportOutcome.WAITING,
        ImportOutcome.REMOVED,
    ]
)


def outcome_label(outcome: ImportOutcome) -> str:
    """Return one or few words, in small letters."""
    return {
        ImportOutcome.CREATED: pgettext("outcome of an import", "created"),
        ImportOutcome.UPDATED: pgettext("outcome of an import", "updated"),
        ImportOutcome.UNCHANGED: pgettext("outcome of an import", "unchanged"),
        ImportOutcome.KEPT: pgettext("outcome of an import", "kept as edited"),
        ImportOutcome.MERGED: pgettext("outcome of an import", "merged"),
        ImportOutcome.CONFLICT: pgettext("outcome of an import", "in conflict"),
        ImportOutcome.WAITING: pgettext("outcome of an import", "waiting for a review"),
        ImportOutcome.REMOVED: pgettext("outcome of an import", "no longer in the document"),
        ImportOutcome.FAILED: pgettext("outcome of an import", "failed"),
    }[outcome]


def outcome_ahead(outcome: ImportOutcome) -> str:
    """Return how a document or an article would end, were what was rehearsed imported."""
    return {
        ImportOutcome.CREATED: pgettext("outcome of a rehearsal", "would be created"),
        ImportOutcome.UPDATED: pgettext("outcome of a rehearsal", "would be updated"),
        ImportOutcome.MERGED: pgettext("outcome of a rehearsal", "would be merged"),
        ImportOutcome.CONFLICT: pgettext("outcome of a rehearsal", "would be in conflict"),
        ImportOutcome.WAITING: pgettext("outcome of a rehearsal", "would wait for a review"),
        ImportOutcome.FAILED: pgettext("outcome of a rehearsal", "cannot be imported"),
    }.get(outcome) or outcome_label(outcome)


def outcome_undone(outcome: ImportOutcome) -> str:
    """Return what became of a document or an article whose import was taken back."""
    if outcome in _CHANGES:
        return pgettext("outcome of an import", "taken back")
    return outcome_label(outcome)


def outcome_count(outcome: ImportOutcome, number: int) -> str:
    """Return how many texts ended so: ``3 created``."""
    counted = {
        ImportOutcome.CREATED: ngettext("%(number)d created", "%(number)d created", number),
        ImportOutcome.UPDATED: ngettext("%(number)d updated", "%(number)d updated", number),
        ImportOutcome.UNCHANGED: ngettext("%(number)d unchanged", "%(number)d unchanged", number),
        ImportOutcome.KEPT: ngettext(
            "%(number)d kept as edited", "%(number)d kept as edited", number
        ),
        ImportOutcome.MERGED: ngettext("%(number)d merged", "%(number)d merged", number),
        ImportOutcome.CONFLICT: ngettext(
            "%(number)d in conflict", "%(number)d in conflict", number
        ),
        ImportOutcome.WAITING: ngettext(
            "%(number)d waiting for a review", "%(number)d waiting for a review", number
        ),
        ImportOutcome.REMOVED: ngettext(
            "%(number)d no longer in the document",
            "%(number)d no longer in the document",
            number,
        ),
        ImportOutcome.FAILED: ngettext("%(number)d failed", "%(number)d failed", number),
    }
    return counted[outcome] % {"number": number}
