"""Queries whose SQL is built once for each process and then only run with other values.

To build the SQL of a page's queries takes Django several times as long as the database needs to
answer them, and it is the same SQL for every article; to make model instances of the rows takes
as long again. Each kind of reader has a statement of its own, since the kind decides on its shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet
from django.db.models.query import ValuesListIterable
from django.db.models.sql.compiler import SQLCompiler

from ..access import Reader

Row = tuple[Any, ...]
#: Stand-ins for numbers begin here: within 32 bits, and no number that a query would name.
_NUMBERS = 2_147_480_000


@dataclass(frozen=True, slots=True)
class _Statement:
    """``params`` are values and, for what is put in, the name beside a value of its type."""

    model: type[Model]
    sql: str
    params: Sequence[tuple[object, str | None]]
    compiler: SQLCompiler
    converters: dict[int, Any]


def _like(param: Any, value: str | int) -> Any:
    """Return ``value`` as the driver wants it: some have types for numbers by their size."""
    return type(param)(value)


class Prepared:
    """Call ``build(reader, **values)`` once for each kind of reader and set of names.

    ``build`` gives a queryset of ``values_list``. ``values`` are strings and integers that the
    queryset compares with as they are; whatever changes the shape of the SQL (a list, None) is no
    value, but may be left out.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self.build = build
        self._built: dict[tuple[Reader, tuple[tuple[str, type], ...]], _Statement] = {}

    def __call__(self, reader: Reader, **values: str | int) -> list[Row]:
        """Return the rows, read in one query.

        Raise ``ValueError``: the queryset gives no plain rows, or does not hold one of the values
        as it was given.
        """
        names = tuple((name, type(value)) for name, value in sorted(values.items()))
        key = (reader, names)
        statement = self._built.get(key)
        if statement is None:
            statement = self._built[key] = self._prepare(reader, values)
        given: list[Any] = [
            _like(param, values[slot]) if slot else param for param, slot in statement.params
        ]
        with connections[router.db_for_read(statement.model)].cursor() as cursor:
            cursor.execute(statement.sql, given)
            rows: list[Row] = cursor.fetchall()
        if statement.converters:
            converted = statement.compiler.apply_converters(rows, statement.converters)
            return [tuple(row) for row in converted]
        return rows

    def _prepare(self, reader: Reader, values: Mapping[str, str | int]) -> _Statement:
        slots: dict[str, str | int] = {
            name: f"<{name}>" if isinstance(value, str) else _NUMBERS + place
            for place, (name, value) in enumerate(values.items())
        }
        queryset = self.build(reader, **slots)
        if queryset._iterable_class is not ValuesListIterable:
            raise ValueError("Not a queryset of values_list")
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        names: dict[object, str] = {stand_in: name for name, stand_in in slots.items()}
        marked = [(param, names.get(param)) for param in params]
        if lost := slots.keys() - {name for _param, name in marked}:
            raise ValueError(f"Not in the SQL: {', '.join(sorted(lost))}")
        converters = compiler.get_converters(expression for expression, *_ in compiler.select)
        return _Statement(queryset.model, sql, marked, compiler, converters)
