"""The typed index of codes: what the base knows of readings and of names, asked all at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...texts.codes import NAME_KINDS, Lookup, Reading, low_word, normalise_spelling
from ...texts.codes.names import is_near
from ..context import SearchContext, filled, marks
from ..engines.statements import RowQuery, Step
from ..engines.tables import CODE, ENTRY

#: Codes shown for one reading.
MOST = 50
#: Names that are compared with one that has wrong letters, those looked at being the ones with the
#: same first letters as one of its parts.
_NEAR = 200
_BEGINNING, _BEGINNINGS, _SHORTEST = 7, 4, 4
_PART = re.compile(r"(?<![A-Za-z])[a-z]|[A-Z]+(?![a-z])|[A-Z][a-z]|(?<![0-9])[0-9]")

FROM = f"FROM {CODE} c JOIN {ENTRY} e ON e.translation_id = c.entry_id"

#: What is asked of the index: a column with a value.
_Condition = tuple[Lookup, int | str | None]


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code of the base; ``value`` is its unsigned number, if it is one."""

    canonical: str
    kind: str
    value: int | None


class _CodeFound(NamedTuple):
    """``key`` is empty where the index was not asked by it."""

    value: int | None
    canonical: str
    kind: str
    key: str


class Lookups:
    """Codes of the base that the reader may see, by what was asked of the index."""

    def __init__(self, context: SearchContext) -> None:
        self._context = context
        self._found: dict[_Condition, list[KnownCode]] = {}

    def step(self, readings: Iterable[Reading], names: Collection[str] = ()) -> Step[None]:
        """Look up ``readings``, and whole codes by ``names`` in any spelling, in one round."""
        asked = {_asked(one): one.code_kinds for one in readings}
        keys = (key for name in names if (key := normalise_spelling(name)))
        asked |= {(Lookup.KEY, key): frozenset() for key in keys}
        new = [one for one in asked if one not in self._found]
        groups = [
            [one for one in new if one[0] == Lookup.KEY],
            [one for one in new if one[0] == Lookup.VALUE],
            *([one] for one in new if one[0] not in (Lookup.KEY, Lookup.VALUE)),
        ]
        groups = [group for group in groups if group]
        questions = [self._question(group, asked[group[0]]) for group in groups]
        yield questions
        self._found.update((one, []) for one in new)
        for group, question in zip(groups, questions, strict=True):
            lookup, first = group[0]
            for row in question.rows:
                held = {Lookup.KEY: row.key, Lookup.VALUE: row.value}.get(lookup, first)
                self._found[lookup, held].append(KnownCode(row.canonical, row.kind, row.value))

    def of(self, reading: Reading) -> list[KnownCode]:
        """Return the codes that fit a reading that was looked up."""
        found = self._found.get(_asked(reading), ())
        fitting = (code for code in found if code.kind in reading.code_kinds)
        if reading.lookup == Lookup.KEY_NEAR:  # the database has no measure of nearness
            fitting = (code for code in fitting if is_near(reading.canonical, code.canonical))
        return list(fitting)[:MOST]

    def names(self) -> list[str]:
        """Return the symbolic and sign-in codes among the names that were looked up."""
        by_key = (codes for (lookup, _), codes in self._found.items() if lookup == Lookup.KEY)
        return [code.canonical for codes in by_key for code in codes if code.kind in NAME_KINDS]

    def knows(self, key: str) -> bool:
        """Return whether a code has this key, of those that were looked up."""
        return bool(self._found.get((Lookup.KEY, key)))

    def _question(
        self, group: Sequence[_Condition], kinds: Collection[str]
    ) -> RowQuery[_CodeFound]:
        lookup, first = group[0]
        values: Sequence[Any] = filled([value for _, value in group])
        key = "''"
        match lookup:
            case Lookup.KEY:
                condition, key = f"c.key IN {marks(values)} AND c.whole", "c.key"
            case Lookup.VALUE:
                condition = f"c.value IN {marks(values)} AND c.whole"
            case Lookup.LOW_WORD:
                condition = f"c.low_word = %s AND c.whole {_bounded(kinds)}"
            case Lookup.ENDING:
                number, mask = int(str(first), 16), (1 << 4 * len(str(first))) - 1
                condition = f"c.low_word = %s AND (c.value & {mask}) = {number} AND c.whole"
                condition, values = f"{condition} {_bounded(kinds)}", [low_word(number)]
            case Lookup.KEY_NEAR:
                condition, values = self._near(str(first))
            case Lookup.KEY_PREFIX:
                condition, values = self._context.engine.prefix("c.key", str(first))
                condition += f" AND c.whole {_bounded(kinds)}"
            case Lookup.KEY_PART:  # parts are stored as the ends that begin at each of them
                condition, values = self._context.engine.prefix("c.key", str(first))
                condition += f" {_bounded(kinds)}"
        source = f"{FROM} WHERE {self._context.is_visible} AND {condition}"
        columns = ("c.value", "c.canonical", "c.kind", key)
        return RowQuery(_CodeFound, columns, source, tuple(values), distinct=True)

    def _near(self, typed: str) -> tuple[str, Sequence[Any]]:
        """Return the SQL condition that a name begins, at one of its parts, as the typed one."""
        words = [match.start() for match in _PART.finditer(typed)]
        ends = (normalise_spelling(typed[start:])[:_BEGINNING] for start in words)
        starts = [end for end in dict.fromkeys(ends) if len(end) >= _SHORTEST][:_BEGINNINGS]
        each = [self._context.engine.prefix("c.key", start) for start in starts]
        condition = " OR ".join(condition for condition, _ in each) or "c.key IS NULL"
        values = [value for _, listed in each for value in listed]
        return f"({condition}) AND c.kind = 'symbol' ORDER BY c.canonical LIMIT {_NEAR}", values


def _bounded(kinds: Collection[str]) -> str:
    """Return the SQL that ends a condition which very many codes may fulfil."""
    listed = ", ".join(f"'{kind}'" for kind in sorted(kinds))
    return f"AND c.kind IN ({listed}) ORDER BY c.canonical LIMIT {MOST}"


def _asked(reading: Reading) -> _Condition:
    if reading.lookup == Lookup.KEY_NEAR:
        return reading.lookup, reading.canonical
    by_number = reading.lookup in (Lookup.VALUE, Lookup.LOW_WORD)
    return reading.lookup, reading.value if by_number else reading.key
