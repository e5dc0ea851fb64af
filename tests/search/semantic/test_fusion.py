"""Two rankings made one, by the values of the paper."""

from __future__ import annotations

import pytest

from troubleshooting.search.fulltext.hits import ChosenEntry
from troubleshooting.search.semantic.fusion import OPINION, STANDS_OUT, K, fused, merged, reordered


def entry(article: int, tier: str = "text", value: float = 9.0) -> ChosenEntry:
    return ChosenEntry(article * 10, article, "en", 1, tier, "", value)


def articles(found) -> list[int]:
    return [one.article for one in found]


def test_values_are_reciprocals_of_ranks():
    values = fused([7, 8], [8, 9])
    assert values[7] == pytest.approx(1 / 61)
    assert values[8] == pytest.approx(1 / 62 + OPINION / 61)
    assert values[9] == pytest.approx(OPINION / 62)
    assert K == 60


@pytest.mark.parametrize(
    ("by_words", "by_meaning", "expected"),
    [
        ([1, 2, 3], [], [1, 2, 3]),
        ([1, 2, 3], [2, 9, 8], [2, 1, 3]),
        ([1, 2, 3], [1, 2, 3], [1, 2, 3]),
        ([1, 2, 3], [9, 8], [1, 2, 3]),  # what words do not find is no hit
        ([1, 1, 2], [2], [2, 1, 1]),  # two languages of an article stay together
    ],
)
def test_hits_are_reordered_and_never_more(by_words, by_meaning, expected):
    found = [entry(one) for one in by_words]
    alike = [entry(one, "meaning") for one in by_meaning]
    assert articles(reordered(found, alike)) == expected


def test_what_a_message_found_stays_where_it_is():
    found = [entry(1, "message"), entry(2), entry(3), entry(4, "message")]
    assert articles(reordered(found, [entry(3, "meaning"), entry(4, "meaning")])) == [1, 3, 2, 4]


def test_a_guess_by_meaning_alone_has_to_stand_out():
    near, far = entry(5, "meaning", STANDS_OUT), entry(6, "meaning", STANDS_OUT - 0.1)
    assert articles(merged([entry(1)], [near, far], 4)) == [1, 5]
    assert [one.tier for one in merged([entry(5)], [near], 4)] == ["text"]
    assert articles(merged([entry(one) for one in (1, 2, 3)], [near], 2)) == [1, 2]
