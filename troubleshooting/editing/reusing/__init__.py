"""What is written once and used in many articles: snippets."""

from .snippets import (
    SavedSnippet,
    approve_proposed,
    check_snippet,
    check_snippet_unused,
    delete_snippets,
    discard_proposed,
    follow_snippet,
    may_approve,
    save_snippet,
    stale_texts,
    with_uses,
)

__all__ = [
    "SavedSnippet",
    "approve_proposed",
    "check_snippet",
    "check_snippet_unused",
    "delete_snippets",
    "discard_proposed",
    "follow_snippet",
    "may_approve",
    "save_snippet",
    "stale_texts",
    "with_uses",
]
