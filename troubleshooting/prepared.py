"""Querysets whose SQL is built once for each process and then only run with other values.

To build the SQL of a page's queries takes Django several times as long as the database needs to
answer them, and it is the same SQL for every article. What is prepared is what an anonymous reader
sees; for anyone else the queryset is built anew, since permissions decide on its shape.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence

from django.db import connections
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

#: Stand-ins for numbers begin here: within 32 bits, and no number that a query would name.
_NUMBERS = 2_147_480_000


class Prepared:
    """Calls ``build(user, **values)``, for anonymous readers only once for each set of names.

    ``values`` are strings and integers that the queryset compares with as they are; whatever
    changes the shape of the SQL (a list, None) is no value, but may be left out.
    """

    def __init__(self, build: Callable[..., QuerySet]) -> None:
        self.build = build
        self._built: dict[tuple, tuple[QuerySet, SQLCompiler, str, Sequence]] = {}

    def __call__(self, user, **values: str | int) -> QuerySet:
        """The queryset, not yet run.

        Raises:
            ValueError: the SQL does not hold one of the values as it was given.
        """
        if user is not None and user.is_authenticated:
            return self.build(user, **values)
        key = tuple((name, type(value)) for name, value in sorted(values.items()))
        if key not in self._built:
            self._built[key] = self._prepare(values)
        queryset, compiler, sql, params = self._built[key]
        given = [type(param)(values[slot]) if slot else param for param, slot in params]
        return _bound(queryset, compiler, sql, given)

    def _prepare(self, values: dict) -> tuple[QuerySet, SQLCompiler, str, Sequence]:
        slots = {
            name: f"<{name}>" if isinstance(value, str) else _NUMBERS + place
            for place, (name, value) in enumerate(values.items())
        }
        queryset = self.build(None, **slots)
        compiler = queryset.query.get_compiler(using=queryset.db)
        sql, params = compiler.as_sql()
        names = {stand_in: name for name, stand_in in slots.items()}
        marked = [(param, names.get(param)) for param in params]
        if lost := slots.keys() - {name for _param, name in marked}:
            raise ValueError(f"Not in the SQL: {', '.join(sorted(lost))}")
        return queryset, compiler, sql, marked


def _bound(queryset: QuerySet, compiler: SQLCompiler, sql: str, params: list) -> QuerySet:
    """A queryset like ``queryset`` that runs ``sql`` on this thread's connection."""
    ready = copy.copy(compiler)
    ready.connection = connections[queryset.db]
    ready.as_sql = lambda *args, **kwargs: (sql, params)
    query = copy.copy(queryset.query)
    query.get_compiler = lambda *args, **kwargs: ready
    bound = queryset.__class__(model=queryset.model, query=query, using=queryset.db)
    bound._iterable_class, bound._fields = queryset._iterable_class, queryset._fields
    return bound
