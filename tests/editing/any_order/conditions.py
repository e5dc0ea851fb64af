"""What has to be there for a move, told by one question: each draw of a move asks for all of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition

from troubleshooting.models import (
    Article,
    ArticleTemplate,
    BulkChange,
    PendingRevision,
    Revision,
    ScheduledChange,
    Snippet,
    TrashedArticle,
)


def _asked() -> dict[str, QuerySet]:
    """Return what is looked for, by its name; a move may go on where one row is found."""
    return {
        "an article": Article.objects.all(),
        "four articles": Article.objects.order_by()[3:4],
        "a live article": Article.objects.filter(status=Article.Status.PUBLISHED),
        "a revision": Revision.objects.all(),
        "a pending revision": PendingRevision.objects.all(),
        "a change of many": BulkChange.objects.all(),
        "a snippet": Snippet.objects.all(),
        "a proposed snippet": Snippet.objects.filter(proposed__isnull=False),
        "a template": ArticleTemplate.objects.all(),
        "a scheduled change": ScheduledChange.objects.all(),
        "a trashed article": TrashedArticle.objects.all(),
    }


@cache
def _question() -> tuple[str, list[Any]]:
    """Return the statement that asks for everything, and what it is given."""
    written, given = [], []
    for rows in _asked().values():
        sql, values = rows.values("pk").query.sql_with_params()
        written.append(f"EXISTS ({sql})")
        given += values
    return f"SELECT {', '.join(written)}", given


def what_is_there() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(*_question())
        return {name for name, found in zip(_asked(), cursor.fetchone(), strict=True) if found}


class Asking(RuleBasedStateMachine):
    """Knows what is there until something has been done."""

    _there: set[str] | None = None

    def has(self, name: str) -> bool:
        if self._there is None:
            self._there = what_is_there()
        return name in self._there

    @invariant()
    def look_again(self) -> None:
        """Forget it: this is called after each move."""
        self._there = None


def where(name: str) -> Callable:
    """Return a decorator of moves that need what has this name."""
    assert name in _asked()
    return precondition(lambda machine: machine.has(name))
