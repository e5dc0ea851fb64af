"""Whole articles: taken away and brought back, made one of two, searched and replaced in."""

from .merging import MergedText, merge_articles, merged_texts
from .replacing import MOST_TEXTS, Match, Replacement, matches, replace_in
from .trash import restore_article, trash_articles

__all__ = [
    "MOST_TEXTS",
    "Match",
    "MergedText",
    "Replacement",
    "matches",
    "merge_articles",
    "merged_texts",
    "replace_in",
    "restore_article",
    "trash_articles",
]
