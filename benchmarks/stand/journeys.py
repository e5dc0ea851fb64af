"""What journeys to the database cost: a network added to each, and one for every question."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from django.db import connection

from troubleshooting.search import context
from troubleshooting.search.engines import statements
from troubleshooting.search.engines.statements import Execute, RowQuery


@contextmanager
def slowed(seconds: float) -> Iterator[None]:
    """Add ``seconds`` of network to each statement of the connection."""

    def wait(execute: Callable[..., Any], *rest: Any) -> Any:
        time.sleep(seconds)
        return execute(*rest)

    if not seconds:
        yield
        return
    with connection.execute_wrapper(wait):
        yield


@contextmanager
def one_by_one(wanted: bool = True) -> Iterator[None]:
    """Give every question of the search a statement of its own, if ``wanted``."""
    if not wanted:
        yield
        return
    with patch.object(statements, "ask", _ask_each), patch.object(context, "ask", _ask_each):
        yield


_ask = statements.ask


def _ask_each(execute: Execute, questions: Sequence[RowQuery[Any]]) -> None:
    """Ask each question with the common tables that it names, whoever brought them."""
    common = {table.name: table for question in questions for table in question.common}
    for question in questions:
        sql = question.select(0, 0)
        alone = replace(question, common=tuple(t for name, t in common.items() if name in sql))
        _ask(execute, [alone])
        question.rows = alone.rows
