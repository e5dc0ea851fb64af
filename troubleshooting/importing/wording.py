"""The words for how a document or an article ended, in the active language."""

from __future__ import annotations

from django.utils.translation import pgettext

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
