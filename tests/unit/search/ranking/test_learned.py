"""What choices add to the value of an entry: how they age, from when they count, and how much."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from troubleshooting.search.learning.weights import (
    ENOUGH,
    HALF_LIFE,
    MOST,
    MOST_WORDS,
    ChoiceWeight,
    Learned,
    aged,
    bonuses,
    key_of,
)


@dataclass(frozen=True)
class Found:
    """An entry as the search orders it."""

    article: int
    value: float
    tier: str = "text"


@pytest.mark.parametrize(("days", "weight"), [(0, 8.0), (HALF_LIFE, 4.0), (180, 2.0), (-9, 8.0)])
def test_a_choice_is_worth_half_after_its_half_life(days: int, weight: float):
    assert aged(8.0, days) == weight


@pytest.mark.parametrize(
    ("weights", "gained"),
    [
        ([], {}),
        ([(1, ENOUGH - 1, 0)], {}),
        ([(1, ENOUGH, 0)], {1: MOST / 2}),
        ([(1, 3 * ENOUGH, 0)], {1: MOST * 3 / 4}),  # more readers are believed more
        ([(1, ENOUGH, 0), (2, ENOUGH, 0)], {1: MOST / 4, 2: MOST / 4}),  # who disagree less
        ([(1, ENOUGH, 0), (2, 100, 0)], {1: MOST * 3 / 4 / 2}),
        ([(1, 200, 0), (1, 100, 0)], {1: MOST / 2}),  # of one article together
        ([(1, 2 * ENOUGH, HALF_LIFE)], {1: MOST / 2}),
        ([(1, ENOUGH, HALF_LIFE)], {}),
    ],
)
def test_what_articles_gain(weights: list[tuple[int, int, int]], gained: dict[int, float]):
    today = 1000
    rows = [ChoiceWeight(article, weight, today - ago) for article, weight, ago in weights]
    assert bonuses(rows, today) == pytest.approx(gained)


@pytest.mark.parametrize(
    ("found", "gained", "order"),
    [
        ([Found(1, 5.0), Found(2, 4.0)], {2: 2.0}, [2, 1]),
        ([Found(1, 5.0), Found(2, 4.0)], {2: 1.0}, [1, 2]),  # no more than the first is worth
        ([Found(1, 5.0), Found(2, 4.0)], {3: 9.0}, [1, 2]),
        # One that quotes the query keeps its place before what is chosen, and gains nothing.
        ([Found(1, 5.0, "message"), Found(2, 4.0)], {2: 2.0}, [1, 2]),
        ([Found(1, 5.0), Found(2, 4.0, "message")], {2: 2.0}, [1, 2]),
        ([Found(1, 5.0), Found(2, 4.0, "code"), Found(3, 3.0), Found(4, 2.5)], {4: 1.0},
         [1, 2, 4, 3]),
    ],
)  # fmt: skip
def test_in_which_order_what_was_chosen_comes(
    found: list[Found], gained: dict[int, float], order: list[int]
):
    assert [one.article for one in Learned(gained).ordered(found)] == order


def test_values_stay_below_what_quotes_the_query_and_otherwise_as_they_were():
    found = [Found(1, 5.0, "code"), Found(2, 4.9), Found(3, 5.5)]
    assert [one.value for one in Learned({2: 2.0}).ordered(found)] == [5.0, 5.0, 4.999]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (["printer", "blocked"], "en:block en:printer"),
        (["blocked", "the", "printers", "printer"], "en:block en:printer"),
        (["the"], ""),
        ([f"word{n}" for n in range(MOST_WORDS + 1)], ""),  # nobody else asks that
    ],
)
def test_queries_that_ask_the_same_have_one_key(words: list[str], key: str):
    assert key_of("en", words) == key
