"""The first tier: codes, looked up in a typed index by value, low word or spelling."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from ..codes import Hresult, Lookup, Reading, ReadingKind, hresult_of, normalise_spelling
from .context import Context, marks
from .query import QueryCode
from .tables import CODE, ENTRY

#: Readings that may fit many codes: they count only where no whole code fits.
WEAK = frozenset({ReadingKind.LOW_WORD, ReadingKind.PREFIX, ReadingKind.SYMBOL_PART})
#: Codes shown for one reading, and nearest codes offered as guesses.
MOST = 50
GUESSES = 4

_FROM = f"FROM {CODE} c JOIN {ENTRY} e ON e.translation_id = c.entry_id"


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code of the base; ``value`` is its unsigned number, if it is one."""

    canonical: str
    kind: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A reading of a code in the query, and the codes of the base that fit it.

    ``used`` is False where a more definite reading of the same code was found.
    """

    code: QueryCode
    number: int
    reading: Reading
    known: tuple[KnownCode, ...]
    used: bool

    @property
    def id(self) -> str:
        """Names the reading in an address: ``exact:0x8007064c``."""
        return reading_id(self.reading)


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry that cites a code."""

    entry: int
    article: int
    language: str
    facets: int
    canonical: str


def reading_id(reading: Reading) -> str:
    """The name of a reading by which a reader can remove it."""
    return f"{reading.kind}:{reading.key}"


def answers(
    context: Context, codes: Sequence[QueryCode], without: Collection[str] = ()
) -> list[Answer]:
    """What the base knows of every reading of ``codes`` but those named in ``without``."""
    found: list[Answer] = []
    for number, code in enumerate(codes):
        kept = [reading for reading in code.readings if reading_id(reading) not in without]
        looked = [(reading, tuple(look_up(context, reading))) for reading in kept]
        definite = any(known for reading, known in looked if reading.kind not in WEAK)
        for reading, known in looked:
            used = bool(known) and not (definite and reading.kind in WEAK)
            found.append(Answer(code, number, reading, known, used))
    return found


def look_up(context: Context, reading: Reading) -> list[KnownCode]:
    """The codes of the base that fit ``reading`` and that the reader may see."""
    condition, parameters = _condition(context, reading)
    kinds = sorted(str(kind) for kind in reading.code_kinds)
    sql = (
        f"SELECT DISTINCT c.canonical, c.kind, c.value {_FROM} WHERE {condition}"
        f" AND c.kind IN {marks(kinds)} AND +e.facets_id IN {context.visible}"
        f" ORDER BY c.canonical LIMIT {MOST}"
    )
    return [KnownCode(*row) for row in context.rows(sql, [*parameters, *kinds])]


def _condition(context: Context, reading: Reading) -> tuple[str, list]:
    match reading.lookup:
        case Lookup.VALUE:
            return "c.value = %s AND c.whole", [reading.value]
        case Lookup.LOW_WORD:
            return "c.low_word = %s AND c.whole", [reading.value]
        case Lookup.KEY:
            return "c.key = %s AND c.whole", [reading.key]
        case Lookup.KEY_PREFIX:
            condition, parameters = context.engine.prefix("c.key", reading.key)
            return f"{condition} AND c.whole", parameters
        case Lookup.KEY_PART:  # parts are stored as the ends that begin at each of them
            return context.engine.prefix("c.key", reading.key)


def known_names(context: Context, names: Iterable[str]) -> list[str]:
    """The symbolic and sign-in codes of the base whose whole name is among ``names``."""
    keys = list(dict.fromkeys(key for name in names if (key := normalise_spelling(name))))
    if not keys:
        return []
    sql = (
        f"SELECT DISTINCT c.canonical {_FROM} WHERE c.key IN {marks(keys)} AND c.whole"
        f" AND c.kind IN ('symbol', 'aadsts') AND +e.facets_id IN {context.visible}"
    )
    return [row[0] for row in context.rows(sql, keys)]


def documented(context: Context, keys: Sequence[str]) -> set[str]:
    """Those of ``keys`` that are the key of a code in the base."""
    sql = f"SELECT DISTINCT c.key {_FROM} WHERE c.key IN {marks(keys)} AND c.whole"
    return {row[0] for row in context.rows(f"{sql} AND +e.facets_id IN {context.visible}", keys)}


def citations(context: Context, canonicals: Collection[str]) -> list[Citation]:
    """The entries that cite any of the codes and that the reader may see."""
    if not canonicals:
        return []
    keys = sorted({normalise_spelling(canonical) for canonical in canonicals})
    sql = (
        f"SELECT c.entry_id, c.article_id, e.language, e.facets_id, c.canonical {_FROM}"
        f" WHERE c.key IN {marks(keys)} AND c.whole AND +e.facets_id IN {context.visible}"
    )
    wanted = set(canonicals)
    return [c for row in context.rows(sql, keys) if (c := Citation(*row)).canonical in wanted]


def guesses(context: Context, codes: Sequence[QueryCode]) -> list[str]:
    """Documented codes nearest to the numbers of ``codes``, for which the base has nothing.

    First the same low word in another facility, then the same facility, nearest number first.
    Only what is certainly an HRESULT has a facility.
    """
    found: list[str] = []
    for code in codes:
        values = [reading.value for reading in code.readings if reading.kind == ReadingKind.EXACT]
        for hresult in filter(None, map(hresult_of, values)):
            found += _same_low_word(context, hresult) + _same_facility(context, hresult)
    return list(dict.fromkeys(found))[:GUESSES]


def _same_low_word(context: Context, hresult: Hresult) -> list[str]:
    if not hresult.code:
        return []
    sql = f"c.low_word = {hresult.code} AND c.value >= {0x80000000} AND c.value <> {hresult.value}"
    return _nearest(context, sql, hresult.value)


def _same_facility(context: Context, hresult: Hresult) -> list[str]:
    first = hresult.value & 0xFFFF0000
    sql = f"c.value BETWEEN {first} AND {first | 0xFFFF} AND c.value <> {hresult.value}"
    return _nearest(context, sql, hresult.value)


def _nearest(context: Context, condition: str, value: int) -> list[str]:
    sql = (
        f"SELECT c.canonical, MIN(ABS(c.value - {value})) {_FROM} WHERE {condition} AND c.whole"
        f" AND c.kind = 'hex' AND +e.facets_id IN {context.visible}"
        f" GROUP BY c.canonical ORDER BY 2, 1 LIMIT {GUESSES}"
    )
    return [row[0] for row in context.rows(sql)]
