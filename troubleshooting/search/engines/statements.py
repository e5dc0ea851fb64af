"""Several questions to the database in one statement, since each journey there takes time.

A step of the search is a generator: it yields the questions that it has at one moment, and once it
goes on each of them holds its ``rows``. Steps that run ``together`` have what they ask at the same
time asked in one statement. With a millisecond of network to PostgreSQL that is worth more than a
third of a search (``docs/quality.md``).
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar, get_type_hints, overload

#: The columns of a row: first all numbers, then all texts. A SELECT of several questions has the
#: same columns for all of them, and PostgreSQL wants one type in each.
Row = TypeVar("Row", bound=NamedTuple)
Result = TypeVar("Result")
One = TypeVar("One")
Two = TypeVar("Two")
Three = TypeVar("Three")
Four = TypeVar("Four")
Five = TypeVar("Five")
Six = TypeVar("Six")
Seven = TypeVar("Seven")
Eight = TypeVar("Eight")


@dataclass(frozen=True, slots=True)
class CommonTable:
    """A SELECT that is run once for all questions of a statement.

    Their sources name it by ``name``; of two with one name the later one counts.
    """

    name: str
    sql: str
    parameters: tuple[Any, ...] = ()

    @property
    def size(self) -> str:
        """Return SQL expression: the number of its rows."""
        return f"(SELECT COUNT(*) FROM {self.name})"


@dataclass(eq=False, slots=True)
class RowQuery(Generic[Row]):
    """A SELECT of ``columns`` (an SQL expression for each field of ``row``).

    ``source`` is its rest from FROM on; ``distinct`` rows are all different; ``common`` are the
    tables that its source names. ``rows`` is the answer, once there is one.
    """

    row: type[Row]
    columns: tuple[str, ...]
    source: str
    parameters: tuple[Any, ...] = ()
    distinct: bool = False
    common: tuple[CommonTable, ...] = ()
    rows: list[Row] = field(default_factory=list, init=False)

    @property
    def numbers(self) -> int:
        """Return how many of the columns, from the first, are numbers."""
        return _numbers(self.row)

    def select(self, numbers: int, texts: int) -> str:
        """Return the SELECT, filled up to so many numbers and texts."""
        own = self.columns[: self.numbers], self.columns[self.numbers :]
        columns = (
            *own[0],
            *["0"] * (numbers - len(own[0])),
            *own[1],
            *["''"] * (texts - len(own[1])),
        )
        return f"SELECT {'DISTINCT ' * self.distinct}{', '.join(columns)} {self.source}"


@cache
def _numbers(row: type[NamedTuple]) -> int:
    """Return the number of fields before the first text.

    Raise ``TypeError`` if a number comes after it.
    """
    are_texts = [hint is str for hint in get_type_hints(row).values()]
    if are_texts != sorted(are_texts):
        raise TypeError(f"{row.__name__} must have its numbers before its texts")
    return are_texts.count(False)


Step = Generator[Sequence[RowQuery[Any]], None, Result]
"""Yields questions, goes on when they have their rows, and returns a result."""

Execute = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]
"""From SQL and parameters to rows."""


def ask(execute: Execute, questions: Sequence[RowQuery[Any]]) -> None:
    """Give each of ``questions`` its rows, from one statement."""
    if not questions:
        return
    numbers = max(question.numbers for question in questions)
    texts = max(len(question.columns) - question.numbers for question in questions)
    if len(questions) == 1:
        (only,) = questions
        sql = only.select(numbers, texts)
        only.rows = [only.row._make(row) for row in execute(*_with_common(questions, sql))]
        return
    parts = [
        f"SELECT {place} AS place, q{place}.* FROM ({question.select(numbers, texts)}) q{place}"
        for place, question in enumerate(questions)
    ]
    answers: list[tuple[Any, ...]] = []
    for question in questions:
        question.rows = []
        first, last = 1 + question.numbers, 1 + numbers + len(question.columns) - question.numbers
        answers.append((question.rows.append, question.row._make, first, last))
    for values in execute(*_with_common(questions, " UNION ALL ".join(parts))):
        note, make, first, last = answers[values[0]]
        note(make(values[1:first] + values[1 + numbers : last]))


def _with_common(questions: Sequence[RowQuery[Any]], sql: str) -> tuple[str, list[Any]]:
    """Return the statement ``sql`` with the common tables of its questions, and all parameters."""
    parameters = [value for question in questions for value in question.parameters]
    common = {table.name: table for question in questions for table in question.common}
    if not common:
        return sql, parameters
    tables = ", ".join(f"{one.name} AS MATERIALIZED ({one.sql})" for one in common.values())
    before = [value for table in common.values() for value in table.parameters]
    return f"WITH {tables} {sql}", [*before, *parameters]


@overload
def together(execute: Execute, one: Step[One], /) -> tuple[One]: ...
@overload
def together(execute: Execute, one: Step[One], two: Step[Two], /) -> tuple[One, Two]: ...
@overload
def together(
    execute: Execute, one: Step[One], two: Step[Two], three: Step[Three], /
) -> tuple[One, Two, Three]: ...
@overload
def together(
    execute: Execute, one: Step[One], two: Step[Two], three: Step[Three], four: Step[Four], /
) -> tuple[One, Two, Three, Four]: ...
@overload
def together(
    execute: Execute,
    one: Step[One],
    two: Step[Two],
    three: Step[Three],
    four: Step[Four],
    five: Step[Five],
    six: Step[Six],
    seven: Step[Seven],
    /,
) -> tuple[One, Two, Three, Four, Five, Six, Seven]: ...
@overload
def together(
    execute: Execute,
    one: Step[One],
    two: Step[Two],
    three: Step[Three],
    four: Step[Four],
    five: Step[Five],
    six: Step[Six],
    seven: Step[Seven],
    eight: Step[Eight],
    /,
) -> tuple[One, Two, Three, Four, Five, Six, Seven, Eight]: ...
def together(execute: Execute, *steps: Step[Any]) -> tuple[Any, ...]:
    """Return the results of ``steps``, run side by side."""
    results: dict[int, Any] = {}
    running = dict(enumerate(steps))
    while running:
        asked: list[RowQuery[Any]] = []
        for number, step in list(running.items()):
            try:
                asked += next(step)
            except StopIteration as done:
                results[number] = done.value
                del running[number]
        ask(execute, asked)
    return tuple(results[number] for number in range(len(steps)))
