"""Which terms of a text to mark in a snippet, and how much each is worth. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..codes.answers import CodeAnswer
from ..reading.plan import QueryPlan
from ..words.folding import words
from ..words.stemming import analyser

#: A code is worth more than any word.
_CODE = 20.0


def term_weights(
    languages: Iterable[str], plans: Sequence[QueryPlan], answers: Sequence[CodeAnswer]
) -> dict[str, dict[str, float]]:
    """Return by language the terms of a query, each with its weight: a word its rarity in nats.

    A code weighs more than any word.
    """
    spellings = code_words(answers)
    weights = {
        language: {analyser(language).term(word): _CODE for word in spellings}
        for language in languages
    }
    for plan in plans:
        own = analyser(plan.language).term
        marked = {
            term: slot.weight
            for slot in plan.slots
            for term in slot.any_terms
            if not slot.is_translated or term == own(slot.word)
        }
        weights[plan.language] = marked | weights.get(plan.language, {})
    return weights


def code_words(answers: Sequence[CodeAnswer]) -> set[str]:
    """Return the folded words by which texts may spell the codes that were found."""
    found: set[str] = set()
    for answer in answers:
        if not answer.used:
            continue
        found.update(words(answer.code.spelling))
        for code in answer.known_codes:
            found.update(word for word in words(code.canonical) if len(word) > 1)
    return found
