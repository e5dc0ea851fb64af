"""Two rankings made one, by the values of the paper."""

from __future__ import annotations

import pytest

from troubleshooting.search.fulltext.hits import ChosenEntry
from troubleshooting.search.semantic.fusion import K, fused, reordered

from ..conftest import add, ask


def entry(article: int, tier: str = "text") -> ChosenEntry:
    return ChosenEntry(article * 10, article, "en", 1, tier, "", 9.0)


def test_values_are_sums_of_reciprocals_of_ranks():
    values = fused([7, 8], [8, 9])
    assert values[7] == pytest.approx(1 / 61)
    assert values[8] == pytest.approx(1 / 62 + 1 / 61)
    assert values[9] == pytest.approx(1 / 62)
    assert K == 60


@pytest.mark.parametrize(
    ("by_words", "by_meaning", "expected"),
    [
        ([1, 2, 3], [], [1, 2, 3]),
        ([1, 2, 3], [2, 9, 8], [2, 1, 3]),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3]),
        ([1, 2, 3], [9, 8], [1, 2, 3]),  # what words do not find is no hit
        ([1, 1, 2], [2], [2, 1, 1]),  # two languages of an article stay together
        ([], [1], []),
    ],
)
def test_hits_are_reordered_and_never_more(by_words, by_meaning, expected):
    found = [entry(one) for one in by_words]
    alike = [entry(one, "meaning") for one in by_meaning]
    assert [one.article for one in reordered(found, alike)] == expected


def test_what_a_message_found_stays_where_it_is():
    found = [entry(1, "message"), entry(2), entry(3), entry(4, "message")]
    alike = [entry(3, "meaning"), entry(4, "meaning")]
    assert [one.article for one in reordered(found, alike)] == [1, 3, 2, 4]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fusion", "expected"),
    [("guesses", ["words", "meaning"]), ("rrf", ["meaning", "words"])],
)
def test_a_setting_fuses_both_orders(model, settings, fusion, expected):
    """One says the word most often beside much else; the other is about what it means."""
    settings.SEMANTIC_FUSION = fusion
    much = "Paper, paper: clock, battery, camera, sound, mail, disk, update."
    add("words", [], {"en": {"title": "Paper and paper", "problem": much}})
    add("meaning", [], {"en": {"title": "Printer jam", "problem": "The printer wants paper."}})
    for number in range(4):  # nearer in meaning than the one that says the word most often
        text = {"title": "Printer", "problem": f"The printer of disk {number} is full."}
        add(f"other-{number}", [], {"en": text})
    result = ask("paper", "en")
    assert [hit.slug for hit in result.hits] == expected
    settings.SEMANTIC_MODEL = ""
    assert [hit.slug for hit in ask("paper", "en").hits] == ["words", "meaning"]
