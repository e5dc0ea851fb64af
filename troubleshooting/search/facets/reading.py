"""Reads the combinations that a reader may see, as questions of one statement with others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from json import loads
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet

from ..engines.contract import Backend
from ..engines.statements import Question
from ..engines.tables import FACETS as COMBINATIONS
from .declared import FACETS, Rows
from .scope import Combinations, FacetSet, Scope

_COLUMNS = ("id", "members")
#: The tables that some facets take their values from.
_VOCABULARIES = {
    facet.name: facet.source.vocabulary
    for facet in FACETS
    if isinstance(facet.source, Rows) and facet.source.vocabulary
}

Values = tuple[tuple[tuple[int, str], ...], ...]
"""The ids and values of each of ``_VOCABULARIES``."""


class _Number(NamedTuple):
    number: int


class _Value(NamedTuple):
    id: int
    value: str


class _Lines(NamedTuple):
    lines: str


class FacetQuestions:
    """What to ask for the combinations that a reader may see; once asked, they give the scope.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see.
    """

    def __init__(self, engine: Backend, visible_sets: QuerySet[Any]) -> None:
        self._every = Question(_Number, ("COUNT(*)",), f"FROM {COMBINATIONS}")
        self._values = [
            Question(_Value, ("v.id", f"v.{one.value}"), f"FROM {one.table} v ORDER BY v.id")
            for one in _VOCABULARIES.values()
        ]
        self._visible = _visible(engine, visible_sets)

    @property
    def questions(self) -> list[Question[Any]]:
        """Return what is to be asked, in one statement with others."""
        return [self._every, *self._values, *self._visible]

    def scope(self, chosen: Mapping[str, Sequence[str]]) -> Scope:
        """Return the scope, the questions having been asked; ``chosen`` maps facets to values."""
        lines = self._visible[0].rows[0].lines if self._visible else ""
        values = tuple(tuple(question.rows) for question in self._values)
        combinations = _combinations(lines or "", values)
        hidden = len(combinations.by_id) < self._every.rows[0].number
        return Scope(combinations, chosen, hidden)


def _visible(engine: Backend, visible_sets: QuerySet[Any]) -> list[Question[_Lines]]:
    """What asks for the rows of the queryset, all in one text; nothing if it can have none.

    A few hundred rows come with every search, nearly always the same: as one text they are known
    again at once.
    """
    try:
        sql, parameters = visible_sets.values_list(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        return []
    row = " || '|' || ".join(f"v.{name}" for name in _COLUMNS)
    return [Question(_Lines, (engine.lines(row),), f"FROM ({sql}) v", tuple(parameters))]


@lru_cache(maxsize=64)
def _combinations(lines: str, values: Values) -> Combinations:
    """The combinations in rows of ``SearchFacets``, each a line: its id, and a JSON object."""
    names = {name: dict(pairs) for name, pairs in zip(_VOCABULARIES, values, strict=True)}
    rows = (line.partition("|") for line in filter(None, lines.split("\n")))
    return Combinations(_facet_set(int(number), members, names) for number, _, members in rows)


def _facet_set(number: int, members: str, names: Mapping[str, Mapping[int, str]]) -> FacetSet:
    held = loads(members)
    values = {}
    for facet in FACETS:
        found = held.get(facet.name, ())
        if facet.name in names:
            found = [names[facet.name][key] for key in found if key in names[facet.name]]
        if not found and facet.for_all:
            found = [facet.for_all]
        values[facet.name] = frozenset(found)
    return FacetSet(number, values)
