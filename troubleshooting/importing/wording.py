"""The words for how a document or an article ended, in the active language."""

from __future__ import annotations

from django.utils.translation import ngettext, pgettext

from .report import Outcome


def outcome_label(outcome: Outcome) -> str:
    """Return one or few words, in small letters."""
    return {
        Outcome.CREATED: pgettext("outcome of an import", "created"),
        Outcome.UPDATED: pgettext("outcome of an import", "updated"),
        Outcome.UNCHANGED: pgettext("outcome of an import", "unchanged"),
        Outcome.KEPT: pgettext("outcome of an import", "kept as edited"),
        Outcome.MERGED: pgettext("outcome of an import", "merged"),
        Outcome.CONFLICT: pgettext("outcome of an import", "in conflict"),
        Outcome.REMOVED: pgettext("outcome of an import", "no longer in the document"),
        Outcome.FAILED: pgettext("outcome of an import", "failed"),
    }[outcome]


def outcome_count(outcome: Outcome, number: int) -> str:
    """Return how many texts ended so: ``3 created``."""
    counted = {
        Outcome.CREATED: ngettext("%(number)d created", "%(number)d created", number),
        Outcome.UPDATED: ngettext("%(number)d updated", "%(number)d updated", number),
        Outcome.UNCHANGED: ngettext("%(number)d unchanged", "%(number)d unchanged", number),
        Outcome.KEPT: ngettext("%(number)d kept as edited", "%(number)d kept as edited", number),
        Outcome.MERGED: ngettext("%(number)d merged", "%(number)d merged", number),
        Outcome.CONFLICT: ngettext("%(number)d in conflict", "%(number)d in conflict", number),
        Outcome.REMOVED: ngettext(
            "%(number)d no longer in the document",
            "%(number)d no longer in the document",
            number,
        ),
        Outcome.FAILED: ngettext("%(number)d failed", "%(number)d failed", number),
    }
    return counted[outcome] % {"number": number}
