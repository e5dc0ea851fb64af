"""The combinations that a reader may see, read as questions of one statement with others.

They are hundreds or thousands, and nearly always those of the search before: a process remembers
them, and the database gives them only where their state is another (``engines.renewal``). The same
goes for how many articles of the base have each.

Where it is another because a document brought new combinations, these alone are read: a combination
never changes, so the database only adds up the marks of those that are known, to tell whether they
are all there. The mark is random: what was read in a transaction that was then rolled back may be
there again under the same key, with other values.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from contextlib import suppress
from json import loads
from threading import Lock
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from ..engines.statements import CommonTable, RowQuery
from ..engines.tables import CONTENT, COUNTS_STATE, ENTRY, FACETS_STATE
from ..engines.tables import FACETS as COMBINATIONS
from .declared import FACETS, Rows, ValueTable
from .scope import Combinations, FacetSet, KeptCounts, Names, Scope

_COLUMNS = ("id", "mark", "members")
#: The tables that some facets take their values from.
_VOCABULARIES = {
    facet.name: facet.source.vocabulary
    for facet in FACETS
    if isinstance(facet.source, Rows) and facet.source.vocabulary
}

_NUMBER = f"(SELECT COUNT(*) FROM {COMBINATIONS})"
#: Readers of each kind, in each database; more are asked for by tests alone.
_MOST_REMEMBERED = 32


class _State(NamedTuple):
    """What tells whether anything has changed; tokens are empty where none is known.

    ``token`` names the state of the facets, ``content`` that of all content. ``number`` is how many
    combinations there are, counted only where something has changed; ``alike`` is 1 where all that
    were known are there still.
    """

    number: int
    alike: int
    token: str
    content: str


class _Value(NamedTuple):
    id: int
    value: str
    name: str
    language: str


class _Members(NamedTuple):
    id: int
    mark: int
    members: str


class _Known(NamedTuple):
    """What tells that combinations are all there: the last key, their number, the sum of marks."""

    last: int = 0
    number: int = 0
    marks: int = 0

    def and_more(self, rows: Sequence[_Members]) -> _Known:
        """Return the same with ``rows`` added."""
        last = max((row.id for row in rows), default=0)
        marks = sum(row.mark for row in rows)
        return _Known(max(self.last, last), self.number + len(rows), self.marks + marks)


#: The values of facets by facet and key.
_Named = Mapping[str, Mapping[int, str]]


class _Remembered(NamedTuple):
    state: _State
    combinations: Combinations
    known: _Known
    values: _Named

    @property
    def hidden(self) -> bool:
        """Return whether there are combinations that the reader may not see."""
        return len(self.combinations.by_id) < self.state.number


#: By the name of a database and the query for what a reader may see.
_remembered: dict[Hashable, _Remembered] = {}
_making = Lock()


class FacetQuestions:
    """What to ask for the combinations that a reader may see; once asked, they give the scope.

    ``visible_sets`` is a queryset of ``SearchFacets`` limited to what the reader may see.
    """

    def __init__(self, visible_sets: QuerySet[Any]) -> None:
        self._values: list[RowQuery[_Value]] = []
        self._visible: list[RowQuery[_Members]] = []
        name = connections[visible_sets.db].settings_dict["NAME"]
        sql, parameters = "", tuple[Any, ...]()
        with suppress(EmptyResultSet):  # the reader sees nothing at all
            sql, parameters = visible_sets.values_list(*_COLUMNS).query.sql_with_params()
        #: Names the database and what the reader may see of it, for whatever is remembered by both.
        self.key: Hashable = (name, sql, parameters)
        self._before = _remembered.get(self.key)
        self._all = (visible_sets.db, sql, parameters)
        token = self._before.state.token if self._before else None
        changed = _changed("changed", FACETS_STATE, token)
        alike = _alike(changed, self._before.known if self._before else _Known(), sql, parameters)
        common, source = (changed,), f"FROM {changed.name} g CROSS JOIN"
        number = f"CASE WHEN {changed.size} > 0 THEN {_NUMBER} ELSE 0 END"
        tokens = (
            f"COALESCE((SELECT c.token FROM {CONTENT} c WHERE c.id = {row}), '')"
            for row in (FACETS_STATE, 1)
        )
        self._state = RowQuery(_State, (number, alike.size, *tokens), "", common=(changed, alike))
        if not sql:
            return
        self._values = [
            RowQuery(_Value, _columns(one), f"{source} {one.table} v", common=common)
            for one in _VOCABULARIES.values()
        ]
        last = self._before.known.last if self._before else 0
        source = f"{source} ({sql}) v WHERE v.id > %s OR {alike.size} = 0"
        columns = ("v.id", "v.mark", "v.members")
        self._visible = [
            RowQuery(_Members, columns, source, (*parameters, last), common=(changed, alike))
        ]

    @property
    def questions(self) -> list[RowQuery[Any]]:
        """Return what is to be asked, in one statement with others."""
        return [self._state, *self._values, *self._visible]

    @property
    def token(self) -> str:
        """Return the name of the state of the content, the questions having been asked."""
        return self._state.rows[0].content

    def scope(
        self,
        choices: Mapping[str, Sequence[str]],
        unwanted: Mapping[str, Sequence[str]] | None = None,
    ) -> Scope:
        """Return the scope, the questions having been asked.

        ``choices`` and ``unwanted`` map facets to values.
        """
        present = self._present()
        return Scope(present.combinations, choices, present.hidden, unwanted or {})

    def _vocabularies(self) -> tuple[dict[str, dict[int, str]], Names]:
        """Return the values by facet and id, and the names of values."""
        values: dict[str, dict[int, str]] = {}
        names: dict[str, dict[str, dict[str, str]]] = {}
        for facet, question in zip(_VOCABULARIES, self._values, strict=False):
            rows = [row for row in question.rows if row.value]
            values[facet] = {row.id: row.value for row in rows}
            names[facet] = {}
            # In one order: PostgreSQL's tells which rows were written last, hidden ones included.
            for row in sorted(rows, key=lambda row: (row.value, row.language)):
                names[facet].setdefault(row.value, {})[row.language] = row.name
        return values, names

    def _present(self) -> _Remembered:
        """Return what holds now: what is remembered, or what the questions brought."""
        (state,) = self._state.rows
        if self._before and self._before.state.token == state.token:
            return self._before
        with _making:  # the others wait for the one that was first
            made = _remembered.get(self.key)
            if made and state.token and made.state.token == state.token:
                return made
            present = self._made(state)
            if state.token:
                if len(_remembered) >= _MOST_REMEMBERED:
                    _remembered.clear()
                _remembered[self.key] = present
        return present

    def _made(self, state: _State) -> _Remembered:
        """Return what the questions brought, with what was known before where that still holds."""
        rows = self._visible[0].rows if self._visible else []
        values, names = self._vocabularies()
        if state.alike and self._before:
            before = self._before
            if _holds(before.values, values):
                sets = (_facet_set(row.id, row.members, values) for row in rows)
                combinations = before.combinations.with_more(sets, names)
                return _Remembered(state, combinations, before.known.and_more(rows), values)
            rows = self._whole()
        combinations = Combinations(
            (_facet_set(row.id, row.members, values) for row in rows), names
        )
        return _Remembered(state, combinations, _Known().and_more(rows), values)

    def _whole(self) -> list[_Members]:
        """Return all combinations, asked by themselves: what was known is called otherwise now."""
        database, sql, parameters = self._all
        with connections[database].cursor() as cursor:
            cursor.execute(f"SELECT v.id, v.mark, v.members FROM ({sql}) v", parameters)
            return [_Members(*row) for row in cursor.fetchall()]


def _holds(before: _Named, now: _Named) -> bool:
    """Return whether the values that were known are what they were; there may be more."""
    return all(values.items() <= now.get(name, {}).items() for name, values in before.items())


class _Token(NamedTuple):
    token: str


class _Count(NamedTuple):
    facets: int
    articles: int


#: By the name of a database: the name of the state, and the counts.
_counted: dict[str, tuple[str, KeptCounts]] = {}


class CountQuestions:
    """What to ask for how many articles of the whole base have each combination."""

    def __init__(self, database: str) -> None:
        """Ask for nothing but the state, if that is the one remembered of ``database``."""
        self._database = database
        self._before = _counted.get(database)
        anew = _changed("uncounted", COUNTS_STATE, self._before and self._before[0])
        token = f"COALESCE((SELECT c.token FROM {CONTENT} c WHERE c.id = {COUNTS_STATE}), '')"
        self._state = RowQuery(_Token, (token,), "", common=(anew,))
        self._counts = RowQuery(
            _Count,
            ("e.facets_id", "COUNT(DISTINCT e.article_id)"),
            f"FROM {anew.name} g CROSS JOIN {ENTRY} e"
            " WHERE e.facets_id IS NOT NULL GROUP BY e.facets_id",
            common=(anew,),
        )

    @property
    def questions(self) -> list[RowQuery[Any]]:
        """Return what is to be asked, in one statement with others."""
        return [self._state, self._counts]

    @property
    def counts(self) -> KeptCounts:
        """Return the counts; only after ``questions`` were asked."""
        ((token,),) = self._state.rows
        if self._before and self._before[0] == token:
            return self._before[1]
        counts = KeptCounts(self._counts.rows)
        if token:
            _counted[self._database] = token, counts
        return counts


def _columns(vocabulary: ValueTable) -> tuple[str, ...]:
    # As text: a value may be a date or a number, and some rows have none.
    value, name = (
        f"COALESCE(CAST(v.{column} AS TEXT), '')" for column in (vocabulary.value, vocabulary.name)
    )
    language = f"v.{vocabulary.language}" if vocabulary.language else "''"
    return "v.id", value, name, language


def _changed(name: str, row: int, token: str | None) -> CommonTable:
    """Return a table of one row, of none if the state in ``row`` is still named ``token``."""
    if token is None:
        return CommonTable(name, "SELECT 1 AS x")
    same = f"c.id = {row} AND c.token = %s"
    sql = f"SELECT 1 AS x WHERE NOT EXISTS (SELECT 1 FROM {CONTENT} c WHERE {same})"
    return CommonTable(name, sql, (token,))


def _alike(
    changed: CommonTable, known: _Known, sql: str, parameters: tuple[Any, ...]
) -> CommonTable:
    """Return a table of one row if something has changed, but all ``known`` are there still."""
    if not known.number or not sql:
        return CommonTable("alike", "SELECT 1 AS x WHERE 1 = 0")
    sums = (
        "SELECT COUNT(*) AS number, SUM(v.mark) AS marks"
        f" FROM {changed.name} g CROSS JOIN ({sql}) v WHERE v.id <= %s"
    )
    same = "s.number = %s AND s.marks = %s"
    return CommonTable(
        "alike", f"SELECT 1 AS x FROM ({sums}) s WHERE {same}", (*parameters, *known)
    )


def _as_text(value: object) -> str:
    """Return a value of a column as it stands in addresses, true as 1 on every database."""
    return str(int(value) if isinstance(value, bool) else value)


def _facet_set(number: int, members: str, names: Mapping[str, Mapping[int, str]]) -> FacetSet:
    held = loads(members)
    values = {}
    for facet in FACETS:
        found = held.get(facet.name, ())
        if facet.name in names:
            found = [names[facet.name][key] for key in found if key in names[facet.name]]
        else:
            found = [_as_text(value) for value in found if value not in (None, "")]
        if not found and facet.for_all:
            found = [facet.for_all]
        values[facet.name] = frozenset(found)
    return FacetSet(number, values)
