"""What is near in meaning is offered behind what words found, which stays as it is."""

from __future__ import annotations

import pytest

from troubleshooting.search.fulltext.hits import ChosenEntry
from troubleshooting.search.semantic.guessing import STANDS_OUT, standing_out, with_meaning


def entry(article: int, tier: str = "text", value: float = 9.0) -> ChosenEntry:
    return ChosenEntry(article * 10, article, "en", 1, tier, "", value)


@pytest.mark.parametrize(
    ("guesses", "alike", "answers", "expected"),
    [
        ([1, 2], [], (), [1, 2]),
        ([], [5, 6], (), [5, 6]),
        ([1, 2], [2, 1], (), [1, 2]),  # no order is changed, and nothing comes twice
        ([1, 2], [9, 8], (), [1, 2, 9, 8]),
        ([1, 2, 3], [9, 8], (), [1, 2, 3, 9]),  # up to the number of guesses in all
        ([1, 2, 3, 4, 5], [9], (), [1, 2, 3, 4, 5]),
        ([], [5, 5, 6], (), [5, 6]),
        ([1], [7, 6], (7,), [1, 6]),  # a hit is no guess
    ],
)
def test_guesses_by_meaning_come_last(guesses, alike, answers, expected):
    found = with_meaning(
        [entry(one) for one in guesses], [entry(one, "meaning") for one in alike], answers, 4
    )
    assert [one.article for one in found] == expected
    assert [one.tier for one in found[: len(guesses)]] == ["text"] * len(guesses)


@pytest.mark.parametrize(("value", "is_offered"), [(STANDS_OUT, True), (STANDS_OUT - 0.1, False)])
def test_what_is_offered_for_its_meaning_has_to_stand_out(value: float, is_offered: bool):
    near = [entry(5, "meaning", value)]
    assert bool(standing_out(near)) is is_offered
    assert bool(with_meaning([], near, (), 4)) is is_offered
