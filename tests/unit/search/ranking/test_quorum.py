"""Of a query that no entry holds whole: how many of its words are looked up, the rarest first."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from troubleshooting.search.engines.contract import Match, Select
from troubleshooting.search.fulltext.quorum import most_words
from troubleshooting.search.reading.plan import QueryPlan, Slot


class Engine:
    """Keeps what is asked of it."""

    def __init__(self) -> None:
        self.walked: list[str] = []

    def ids(self, match: Match, sets: object, limit: int) -> Select:
        ((terms,),) = match.any_of
        self.walked.append(" ".join(terms))
        return Select("SELECT 1", (limit,))


def plan(words: list[tuple[float, int]], home: float = 1.0) -> QueryPlan:
    slots = [Slot(str(n), (f"w{n}",), count, weight) for n, (weight, count) in enumerate(words)]
    return QueryPlan("fr", tuple(slots), "", "", home)


def looked_up(*plans: QueryPlan) -> tuple[list[str], Select | None]:
    engine = Engine()
    found = most_words(SimpleNamespace(engine=engine, visible_sets=None), plans, None)
    return engine.walked, found


@pytest.mark.parametrize(
    ("words", "walked"),
    [
        # An entry has to hold a quarter of what the words weigh: none with the rest alone does.
        ([(6.0, 5), (2.0, 5), (1.0, 5), (1.0, 5)], ["w0", "w1"]),
        ([(6.0, 5), (1.5, 5), (1.5, 5), (1.0, 5)], ["w0", "w1", "w2"]),
        ([(7.5, 5), (2.5, 5)], ["w0", "w1"]),  # just a quarter is enough
        ([(7.6, 5), (2.4, 5)], ["w0"]),
        ([(1.0, 5), (6.0, 5), (2.0, 5), (1.0, 5)], ["w1", "w2"]),  # the heaviest first
        # Once 3,000 entries were walked the commoner words say too little; two are walked anyhow.
        ([(1.0, 1000), (1.0, 1000), (1.0, 1000)], ["w0", "w1", "w2"]),
        ([(1.0, 1000), (1.0, 1000), (1.0, 1001)], ["w0", "w1"]),
        ([(1.0, 9000), (1.0, 9000), (1.0, 1)], ["w0", "w1"]),
        ([], []),
    ],
)
def test_the_words_that_may_still_make_up_a_quarter(
    words: list[tuple[float, int]], walked: list[str]
):
    assert looked_up(plan(words))[0] == walked


@pytest.mark.parametrize(
    ("homes", "walked", "checked"),
    [
        ([1.0], 3, ["LIMIT 40"]),
        ([1.0, 1.0], 6, ["LIMIT 40", "LIMIT 40"]),
        ([1.0, 0.0], 5, ["LIMIT 40", "LIMIT 10"]),  # a language that the query is hardly in
    ],
)
def test_less_is_walked_and_looked_at_in_another_language(
    homes: list[float], walked: int, checked: list[str]
):
    words = [(1.0, 400), (1.0, 400), (1.0, 400)]
    asked, found = looked_up(*(plan(words, home) for home in homes))
    assert len(asked) == walked
    assert found is not None
    assert [f"LIMIT {part.split(')')[0]}" for part in found.sql.split("LIMIT ")[1:]] == checked


def test_words_that_several_slots_ask_for_are_walked_once_with_all_their_weight():
    slots = [Slot(str(n), ("same",), 5, 1.0) for n in range(3)]
    slots += [Slot("other", ("other",), 5, 2.0), Slot("unknown", (), 0, 1.0)]
    asked, found = looked_up(QueryPlan("fr", tuple(slots), "", "", 1.0))
    assert asked == ["same", "other"]
    assert found is not None
    held = [value for value in found.parameters if isinstance(value, float)]
    # What is left when both are walked is nothing: an entry needs the quarter of 6 from them.
    assert held == [3.0, 2.0, pytest.approx(1.5, abs=0.01)]


def test_a_query_of_unknown_words_finds_nothing():
    assert looked_up(QueryPlan("fr", (Slot("x", (), 0, 1.0),), "", "", 1.0)) == ([], None)
