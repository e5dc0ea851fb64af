"""What a hit quotes where the text that was found is in another language than the reader's."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from troubleshooting.search.fulltext.quotation import Quotation, quote
from troubleshooting.search.fulltext.snippets import QueryMarker

FR = [
    ("problem", "problem", "L’utilisateur n’a pas de licence."),
    ("resolution-1", "resolution", "Ouvrez le portail. Attribuez la licence. Recommencez."),
    ("resolution-1-step-2", "resolution", "Attribuez la licence."),
]
EN = [
    ("problem", "problem", "The user has no license."),
    ("resolution-1", "resolution", "Open the portal. Assign it. Try again."),
    ("resolution-1-step-2", "resolution", "Assign it."),
]
LICENCE, LICENSE, ASSIGN = {"fr:licenc": 1.0}, {"en:licens": 1.0}, {"fr:attribu": 1.0}
BOTH = LICENCE | ASSIGN


class Case(NamedTuple):
    """The query's terms in French, where the hit was found, and in English."""

    french: dict[str, float]
    english: dict[str, float]
    ours: list[tuple[str, str, str]]
    quoted: str
    language: str
    anchor: str
    matched: str


STEP, PROBLEM = "resolution-1-step-2", "problem"
NO_LICENSE = "The user has no <mark>license</mark>."
ASSIGN_LICENCE = "Attribuez la <mark>licence</mark>."
ASSIGNED = "<mark>Attribuez</mark> la licence."
CASES = {
    "the word is known in both": Case(LICENCE, LICENSE, EN, NO_LICENSE, "en", PROBLEM, ""),
    "the same place": Case(ASSIGN, {}, EN, "Assign it.", "en", STEP, ASSIGNED),
    "half of it": Case(
        *(BOTH, LICENSE, EN, NO_LICENSE, "en", PROBLEM),
        "<mark>Attribuez</mark> la <mark>licence</mark>.",
    ),
    "the same section": Case(
        ASSIGN, {}, EN[:2], "Open the portal. Assign it. Try again.", "en", "resolution-1", ASSIGNED
    ),
    "no such section": Case(ASSIGN, {}, EN[:1], ASSIGNED, "fr", "", ""),
    "no text": Case(ASSIGN, {}, [], ASSIGNED, "fr", STEP, ""),
    "by its title": Case(
        {"fr:plafond": 1.0}, {}, EN, "The user has no license.", "en", "", "<mark>Plafond</mark>"
    ),
    "by neither": Case({"fr:code": 1.0}, {}, EN, "The user has no license.", "en", "", ""),
}


def quoted_for(passages, language: str, weights, title: str, tier: str) -> Quotation:
    """Return what is quoted for ``language`` of a text found in the first one of ``passages``."""
    markers = {name: QueryMarker(name, terms) for name, terms in weights.items()}
    return quote(passages, next(iter(passages)), language, markers, title, tier)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_is_quoted(case: Case):
    weights = {"fr": case.french, "en": case.english}
    quoted = quoted_for({"fr": FR, "en": case.ours}, "en", weights, "Plafond", "text")
    assert quoted[:3] == (case.quoted, case.language, case.anchor)
    assert quoted.matched == case.matched


def test_a_message_is_shown_as_it_was_read_aloud():
    weights = {"fr": LICENCE, "en": LICENSE}
    quoted = quoted_for({"fr": FR, "en": EN}, "en", weights, "Plafond", "message")
    assert (quoted.html, quoted.matched) == (NO_LICENSE, ASSIGN_LICENCE)


def test_in_the_language_of_the_reader_nothing_is_said_twice():
    quoted = quoted_for({"en": EN}, "en", {"en": LICENSE}, "Limit", "message")
    assert (quoted.html, quoted.matched) == (NO_LICENSE, "")
