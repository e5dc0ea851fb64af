"""What is written once and used in many articles: snippets and templates."""

from .elsewhere import UnseenPlace, places_elsewhere
from .proposals import (
    approve_proposed,
    discard_proposed,
    may_approve,
    may_discard,
    name_of_proposal,
)
from .snippets import (
    SavedSnippet,
    check_snippet,
    check_snippet_unused,
    delete_snippets,
    follow_snippet,
    save_snippet,
    stale_texts,
    with_uses,
)
from .templates import (
    ABOUT,
    add_suggestions,
    address_anew,
    begin_from_template,
    check_template,
    delete_templates,
    prompts_left_in,
    prompts_of_template,
    save_template,
    suggestions,
    texts_of_template,
)

__all__ = [
    "ABOUT",
    "SavedSnippet",
    "UnseenPlace",
    "add_suggestions",
    "address_anew",
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
    "may_discard",
    "name_of_proposal",
    "places_elsewhere",
    "prompts_left_in",
    "prompts_of_template",
    "save_snippet",
    "save_template",
    "stale_texts",
    "suggestions",
    "texts_of_template",
    "with_uses",
]
