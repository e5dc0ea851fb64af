"""Several questions to the database in one statement, since each journey there takes time.

A step of the search that needs answers is a generator: it yields questions and is sent their
rows. Steps that run ``together`` have what they ask at the same time asked in one statement.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

Result = TypeVar("Result")
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A SELECT of ``numbers`` and ``texts`` (SQL expressions); ``source`` is its rest from FROM on.

    A row of the answer is a tuple of the numbers and then the texts; ``distinct`` rows are all
    different. ``common`` are SELECTs, each with its parameters, that this and other questions of
    the same statement name in their sources and that are run once.
    """

    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    source: str
    parameters: tuple[Any, ...] = ()
    distinct: bool = False
    common: Mapping[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)

    def select(self, numbers: int, texts: int) -> str:
        """The SELECT, filled up to so many numbers and texts."""
        filled = (
            *self.numbers,
            *["0"] * (numbers - len(self.numbers)),
            *self.texts,
            *["''"] * (texts - len(self.texts)),
        )
        return f"SELECT {'DISTINCT ' * self.distinct}{', '.join(filled)} {self.source}"


Step = Generator[Sequence[Question], Sequence[Rows], Result]
"""Yields questions, is sent their rows in the same order, and returns a result."""

Execute = Callable[[str, Sequence[Any]], Rows]


def ask(execute: Execute, questions: Sequence[Question]) -> list[Rows]:
    """The rows of each of ``questions``, from one statement."""
    if not questions:
        return []
    if len(questions) == 1:
        (only,) = questions
        sql = only.select(len(only.numbers), len(only.texts))
        return [execute(*_with_common(questions, sql, only.parameters))]
    numbers = max(len(question.numbers) for question in questions)
    texts = max(len(question.texts) for question in questions)
    parts = [
        f"SELECT {place} AS place, q{place}.* FROM ({question.select(numbers, texts)}) q{place}"
        for place, question in enumerate(questions)
    ]
    parameters = [value for question in questions for value in question.parameters]
    answers: list[Rows] = [[] for _ in questions]
    for row in execute(*_with_common(questions, " UNION ALL ".join(parts), parameters)):
        asked = questions[row[0]]
        first = 1 + numbers
        answers[row[0]].append(
            row[1 : 1 + len(asked.numbers)] + row[first : first + len(asked.texts)]
        )
    return answers


def _with_common(
    questions: Sequence[Question], sql: str, parameters: Sequence[Any]
) -> tuple[str, Sequence[Any]]:
    common = {name: made for question in questions for name, made in question.common.items()}
    if not common:
        return sql, parameters
    tables = ", ".join(f"{name} AS MATERIALIZED ({made})" for name, (made, _) in common.items())
    before = [value for _, values in common.values() for value in values]
    return f"WITH {tables} {sql}", [*before, *parameters]


def together(execute: Execute, *steps: Step[Any]) -> list[Any]:
    """The results of ``steps``, run side by side."""
    results: dict[int, Any] = {}
    answers: dict[int, list[Rows] | None] = dict.fromkeys(range(len(steps)))
    while answers:
        asked: dict[int, list[Question]] = {}
        for number, answer in answers.items():
            try:
                step = steps[number]
                asked[number] = list(next(step) if answer is None else step.send(answer))
            except StopIteration as done:
                results[number] = done.value
        found = iter(ask(execute, [one for questions in asked.values() for one in questions]))
        answers = {number: list(islice(found, len(listed))) for number, listed in asked.items()}
    return [results[number] for number in range(len(steps))]
