"""Several questions in one statement, and the conditions they are made of."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.search.engines.contract import Match, is_one_of
from troubleshooting.search.engines.sqlite import expression
from troubleshooting.search.engines.statements import CommonTable, RowQuery, ask, together


class Number(NamedTuple):
    n: int


class Name(NamedTuple):
    name: str


class NumberAndName(NamedTuple):
    n: int
    name: str


class TextFirst(NamedTuple):
    name: str
    n: int


def numbers():
    return RowQuery(Number, ("t.n",), "FROM t ORDER BY t.n LIMIT 2")


def names_above(number):
    return RowQuery(Name, ("t.name",), "FROM t WHERE t.n > %s", (number,))


class TestAsking:
    @pytest.fixture
    def execute(self):
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE t (n, name)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(1, "a"), (2, "b"), (3, "c")])
        self.asked = []

        def run(sql, parameters):
            self.asked.append(sql)
            return connection.execute(sql.replace("%s", "?"), parameters).fetchall()

        return run

    def test_questions_of_different_shape_take_one_statement(self, execute):
        one, other = numbers(), names_above(1)
        ask(execute, [one, other])
        assert (one.rows, other.rows) == ([Number(1), Number(2)], [Name("b"), Name("c")])
        assert len(self.asked) == 1

    def test_a_question_alone_is_asked_as_it_stands(self, execute):
        alone = names_above(2)
        ask(execute, [alone])
        assert alone.rows == [Name("c")]
        assert self.asked == ["SELECT t.name FROM t WHERE t.n > %s"]

    def test_nothing_is_asked_for_no_question(self, execute):
        ask(execute, [])
        assert self.asked == []

    def test_numbers_stand_before_texts(self):
        with pytest.raises(TypeError, match="TextFirst"):
            ask(lambda sql, parameters: [], [RowQuery(TextFirst, ("t.name", "t.n"), "FROM t")])

    def test_a_common_table_is_made_once_for_all(self, execute):
        high = CommonTable("high", "SELECT n FROM t WHERE n > %s", (1,))
        one = RowQuery(Number, ("COUNT(*)",), f"FROM {high.name}", common=(high,))
        source = f"FROM t WHERE {high.size} > 1 AND t.n IN (SELECT n FROM {high.name})"
        other = RowQuery(NumberAndName, ("t.n", "t.name"), source)
        ask(execute, [one, other])
        assert (one.rows, other.rows) == ([(2,)], [(2, "b"), (3, "c")])
        assert self.asked[0].count("n > %s") == 1

    def test_steps_side_by_side_share_their_rounds(self, execute):
        def twice():
            first, second = numbers(), names_above(1)
            yield [first]
            yield [second]
            return len(first.rows) + len(second.rows)

        def once():
            one, other = numbers(), names_above(1)
            yield [one, other]
            return [*one.rows, *other.rows]

        def never():
            return "nothing"
            yield

        found = together(execute, twice(), once(), never())
        assert found == (4, [(1,), (2,), ("b",), ("c",)], "nothing")
        assert len(self.asked) == 2


class TestSetsOfCombinations:
    @given(st.frozensets(st.integers(1, 30)), st.integers(-2, 33))
    def test_by_members_and_by_gaps_alike(self, numbers, asked):
        rows = sqlite3.connect(":memory:").execute(
            f"SELECT {asked} WHERE {is_one_of(str(asked), numbers)}"
        )
        assert bool(rows.fetchall()) == (asked in numbers)

    def test_few_gaps_in_many_are_what_is_written(self):
        few = frozenset(range(1, 5000)) - {7, 4000}
        assert is_one_of("x", few) == "(x BETWEEN 1 AND 4999 AND x NOT IN (7, 4000))"
        assert is_one_of("x", frozenset([3, 900])) == "x IN (3, 900)"


class TestExpressions:
    def test_everything_is_quoted(self):
        match = Match(((("fr:a", 'x"y'), ("c:0x1",)),), head=True)
        assert expression(match) == (
            '{title_terms key_terms} : ((("fr:a" OR "x""y") AND ("c:0x1")))'
        )
