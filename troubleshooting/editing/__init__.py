"""The write path. Whoever writes an article, an editor or the importer, writes it here."""

from .articles import create_article, delete_articles, free_slug
from .conflicts import EditConflict
from .texts import SaveOutcome, canonical_texts, restore_revision, save_translation
from .workflow import (
    TRANSITIONS,
    NotReadyError,
    Transition,
    change_status,
    mark_reviewed,
    may_edit,
    missing_for_publication,
    next_review,
    transitions_for,
)

__all__ = [
    "TRANSITIONS",
    "EditConflict",
    "NotReadyError",
    "SaveOutcome",
    "Transition",
    "canonical_texts",
    "change_status",
    "create_article",
    "delete_articles",
    "free_slug",
    "mark_reviewed",
    "may_edit",
    "missing_for_publication",
    "next_review",
    "restore_revision",
    "save_translation",
    "transitions_for",
]
