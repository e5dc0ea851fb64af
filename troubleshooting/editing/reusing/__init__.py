"""What is written once and used in many articles: snippets and templates."""

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
from .templates import (
    ABOUT,
    begin_from_template,
    check_template,
    delete_templates,
    prompts_left_in,
    prompts_of_template,
    save_template,
    texts_of_template,
)

__all__ = [
    "ABOUT",
    "SavedSnippet",
    "approve_proposed",
    "begin_from_template",
    "check_snippet",
    "check_snippet_unused",
    "check_template",
    "delete_snippets",
    "delete_templates",
    "discard_proposed",
    "follow_snippet",
    "may_approve",
    "prompts_left_in",
    "prompts_of_template",
    "save_snippet",
    "save_template",
    "stale_texts",
    "texts_of_template",
    "with_uses",
]
