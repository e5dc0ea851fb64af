"""Whole articles: taken away and brought back, made one of two or two of one, replaced in."""

from .merging import (
    MERGED,
    REDIRECTED,
    MergedText,
    check_mergeable,
    merge_articles,
    merged_texts,
    waiting_on,
)
from .replacing import (
    MOST_PLACES,
    MOST_TEXTS,
    ChosenPlaces,
    Replacement,
    SnippetPlaces,
    TextReplacement,
    matches,
    replace_in,
    snippets_that_say,
)
from .splitting import (
    SPLIT,
    SplitText,
    SplitWish,
    missing_in_split,
    parts_to_split,
    split_article,
    split_texts,
)
from .trash import heir_of, restore_article, trash_articles

__all__ = [
    "MERGED",
    "MOST_PLACES",
    "MOST_TEXTS",
    "REDIRECTED",
    "SPLIT",
    "ChosenPlaces",
    "MergedText",
    "Replacement",
    "SnippetPlaces",
    "SplitText",
    "SplitWish",
    "TextReplacement",
    "check_mergeable",
    "heir_of",
    "matches",
    "merge_articles",
    "merged_texts",
    "missing_in_split",
    "parts_to_split",
    "replace_in",
    "restore_article",
    "snippets_that_say",
    "split_article",
    "split_texts",
    "trash_articles",
    "waiting_on",
]
