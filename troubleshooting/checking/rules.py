"""The list of rules, in the order in which editors read their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .duplicates import cited_elsewhere, likely_duplicate
from .links import broken_scheme, dead_link
from .menus import unknown_menu_term
from .model import CheckedText, Finding, WrittenText
from .prompts import prompt_left
from .snippets import snippet_shown
from .terms import missed_term
from .texts import (
    hidden_comment,
    image_without_words,
    lost_backslash,
    no_problem,
    no_resolution,
    refused_tag,
)

#: Rules that the text alone answers: the report of all articles asks them of every text.
WRITTEN: tuple[Callable[[WrittenText], Iterable[Finding]], ...] = (
    no_problem,
    no_resolution,
    broken_scheme,
    refused_tag,
    lost_backslash,
    snippet_shown,
)

RULES: tuple[Callable[[CheckedText], Iterable[Finding]], ...] = (
    prompt_left,
    no_problem,
    no_resolution,
    likely_duplicate,
    broken_scheme,
    dead_link,
    hidden_comment,
    refused_tag,
    lost_backslash,
    snippet_shown,
    image_without_words,
    cited_elsewhere,
    unknown_menu_term,
    missed_term,
)


def check(draft: CheckedText) -> list[Finding]:
    """Return what is worth a second look in ``draft``; hints come last."""
    found = [finding for rule in RULES for finding in rule(draft)]
    return sorted(found, key=lambda finding: finding.is_hint)
