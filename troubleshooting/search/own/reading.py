"""Reads the entries of editors, once for each state in which they are: any change shows at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from ..engines.statements import RowQuery, ask
from ..engines.tables import CONTENT, OWN
from .words import MOST_ENTRIES, OwnEntry, OwnWords

#: The row of the table of states that triggers renew with every change of an entry.
STATE = 3
_NONE = OwnWords()
#: By the name of a database: the state of the entries, and these.
_remembered: dict[str, tuple[str, OwnWords]] = {}


class _State(NamedTuple):
    token: str


def state_question() -> RowQuery[_State]:
    """Return what tells in which state the entries are; asked in one statement with others."""
    return RowQuery(_State, ("s.token",), f"FROM {CONTENT} s WHERE s.id = {STATE}")


def own_words(
    name: str,
    state: RowQuery[_State],
    execute: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]],
) -> OwnWords:
    """Return the entries of the database ``name``, once their state was asked for."""
    if not state.rows:
        return _NONE
    token = state.rows[0].token
    known = _remembered.get(name)
    if known and known[0] == token:
        return known[1]
    own = OwnWords(_entries(execute))
    _remembered[name] = token, own
    return own


def remembered_own(name: str) -> OwnWords:
    """Return the entries of the database ``name`` as they were last read."""
    return _remembered[name][1] if name in _remembered else _NONE


def _entries(execute: Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]) -> list[OwnEntry]:
    columns = ("v.id", "COALESCE(v.article_id, 0)", "v.kind", "v.language", "v.words", "v.meaning")
    question = RowQuery(OwnEntry, columns, f"FROM {OWN} v ORDER BY v.id LIMIT {MOST_ENTRIES}")
    ask(execute, [question])
    return question.rows
