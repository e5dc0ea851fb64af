"""The write path. Whoever writes an article, an editor or the importer, writes it here."""

from .articles import create_article, delete_articles, free_slug, taken_slugs, update_article
from .bulk import BulkOutcome, change_many, states_of, take_back
from .conflicts import EditConflict
from .drafts import article_of_form, drafts_of, end_draft, keep_draft, note_form
from .platforms import (
    articles_to_move,
    check_unused,
    delete_platforms,
    merge_platforms,
    save_platform,
)
from .presence import end_presence, note_presence, others_present
from .previewing import Preview, preview
from .refusals import refusal
from .texts import (
    ReadTexts,
    SaveOutcome,
    canonical_texts,
    read_texts,
    restore_revision,
    save_translation,
    says_nothing_new,
)
from .translations import (
    SourceRevision,
    end_unfinished,
    make_original,
    save_rendering,
    save_unfinished,
    unfinished,
)
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
    "BulkOutcome",
    "EditConflict",
    "NotReadyError",
    "Preview",
    "ReadTexts",
    "SaveOutcome",
    "SourceRevision",
    "Transition",
    "article_of_form",
    "articles_to_move",
    "canonical_texts",
    "change_many",
    "change_status",
    "check_unused",
    "create_article",
    "delete_articles",
    "delete_platforms",
    "drafts_of",
    "end_draft",
    "end_presence",
    "end_unfinished",
    "free_slug",
    "keep_draft",
    "make_original",
    "mark_reviewed",
    "may_edit",
    "merge_platforms",
    "missing_for_publication",
    "next_review",
    "note_form",
    "note_presence",
    "others_present",
    "preview",
    "read_texts",
    "refusal",
    "restore_revision",
    "save_platform",
    "save_rendering",
    "save_translation",
    "save_unfinished",
    "says_nothing_new",
    "states_of",
    "take_back",
    "taken_slugs",
    "transitions_for",
    "unfinished",
    "update_article",
]
