"""The first tier: what the base knows of the codes of a query, and which entries cite them."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from string import hexdigits
from typing import Any, NamedTuple

from ...texts.codes import Hresult, Note, Reading, ReadingKind, hresult_of, normalise_spelling
from ...texts.codes.arriving.slips import likely_codes
from ...texts.codes.published.documented import is_documented_as_windows
from ..context import SearchContext, filled, marks
from ..engines.statements import RowQuery, Step
from ..engines.tables import CODE, ENTRY, TEXT
from ..reading.query import QueryCode
from .lookups import FROM, KnownCode, Lookups

#: Readings that may fit many codes: they count only where no whole code fits.
WEAK = frozenset(
    {
        ReadingKind.LOW_WORD,
        ReadingKind.ENDING,
        ReadingKind.PREFIX,
        ReadingKind.SYMBOL_PART,
        ReadingKind.SYMBOL_NEAR,
        ReadingKind.NAME_PART,
    }
)
#: Readings of a number in decimal that are of another number: it may as well be no code at all.
_OTHER_NUMBERS = frozenset({Note.LOST_ZEROS, Note.FROM_WIN32})
#: With so many digits a number seldom is by chance that of a code whose zeros were left out.
_SELDOM_BY_CHANCE = 6
#: Nearest codes offered as guesses, and codes of a query for which they are looked for.
GUESSES = 4
_GUESSED = 5
#: Readings whose number is that of a whole code.
_WHOLE = frozenset({ReadingKind.EXACT, ReadingKind.NAMED})
#: Entries of which it is read whose number they cite.
_READ = 40
_HEX_DIGITS = frozenset(hexdigits)
#: Readings that keep the hex digits as typed; in a decimal number one wrong digit changes them all.
_IN_HEX = frozenset({ReadingKind.EXACT, ReadingKind.MISCOUNTED, ReadingKind.PREFIX})
_DECIMAL = frozenset({Note.SIGNED, Note.UNSIGNED, Note.LOST_MINUS, Note.SIGN_EXTENDED})


@dataclass(frozen=True, slots=True)
class CodeAnswer:
    """A reading of a code in the query, and the codes of the base that fit it.

    ``used`` is False where a more definite reading of the same code was found.
    """

    code: QueryCode
    number: int
    reading: Reading
    known_codes: tuple[KnownCode, ...]
    used: bool

    @property
    def id(self) -> str:
        """Return the name of the reading in an address: ``exact:0x8007064c``."""
        return reading_id(self.reading)

    @property
    def is_of_another_number(self) -> bool:
        """Return whether a number was typed, and read as a part or a form of another one."""
        typed, reading = self.code.spelling, self.reading
        if not typed.isdecimal():
            return False
        if reading.note == Note.LOST_ZEROS and len(typed) >= _SELDOM_BY_CHANCE:
            return False
        return reading.kind in WEAK or reading.note in _OTHER_NUMBERS


class Citation(NamedTuple):
    """An entry that cites a code.

    ``others`` is how many codes it cites in all, and ``defines`` (not 0) that it is about this one.
    """

    entry: int
    article: int
    facets: int
    others: int
    defines: int
    language: str
    canonical: str

    @property
    def place(self) -> tuple[int, int, str, int]:
        """Return entry, article, language and facets, as a ``ChosenEntry`` begins."""
        return self.entry, self.article, self.language, self.facets


def reading_id(reading: Reading) -> str:
    """Return the name of a reading by which a reader can remove it."""
    return f"{reading.kind}:{reading.key}"


def needed_readings(lookups: Lookups, codes: Sequence[QueryCode]) -> list[Reading]:
    """Return the readings of ``codes`` to look up.

    Weak ones only where no whole code is known to fit.
    """
    found: list[Reading] = []
    for code in codes:
        strong = [reading for reading in code.readings if reading.kind not in WEAK]
        is_known = any(map(lookups.of, strong))
        found += strong if is_known else code.readings
    return found


def answers_for(
    lookups: Lookups, codes: Sequence[QueryCode], without: Collection[str] = ()
) -> list[CodeAnswer]:
    """Return what the base knows of every reading of ``codes`` but those named in ``without``."""
    found: list[CodeAnswer] = []
    for number, code in enumerate(codes):
        kept = [reading for reading in code.readings if reading_id(reading) not in without]
        looked = [(reading, tuple(lookups.of(reading))) for reading in kept]
        definite = any(known for reading, known in looked if reading.kind not in WEAK)
        for reading, known in looked:
            used = bool(known) and not (definite and reading.kind in WEAK)
            found.append(CodeAnswer(code, number, reading, known, used))
    return found


def citations(context: SearchContext, canonicals: Collection[str]) -> Step[list[Citation]]:
    """Return the entries that cite any of the codes and that the reader may see."""
    if not canonicals:
        return []
    keys = filled(sorted({normalise_spelling(canonical) for canonical in canonicals}))
    cited = _cited(context, f"c.key IN {marks(keys)}", keys)
    yield [cited]
    wanted = set(canonicals)
    return [one for one in _visible(context, cited) if one.canonical in wanted]


def _cited(
    context: SearchContext, condition: str, parameters: Sequence[Any], order: str = ""
) -> RowQuery[Citation]:
    """Ask for the citations of codes ``c`` that meet ``condition``; ``order`` may limit them."""
    others = f"(SELECT COUNT(*) FROM {CODE} o WHERE o.entry_id = c.entry_id AND o.whole)"
    defines = "CASE WHEN c.defines THEN 1 ELSE 0 END"
    return RowQuery(
        Citation,
        ("c.entry_id", "c.article_id", "e.facets_id", others, defines, "e.language", "c.canonical"),
        f"{FROM} WHERE {condition} AND c.whole AND {context.is_visible} {order}",
        tuple(parameters),
    )


def _visible(context: SearchContext, cited: RowQuery[Citation]) -> list[Citation]:
    """Return the citations found; what got new facets since the search began is left out."""
    return [one for one in cited.rows if one.facets in context.scope.visible]


def nearest(
    context: SearchContext, codes: Sequence[QueryCode]
) -> Step[tuple[list[str], list[Citation]]]:
    """Return documented codes nearest to the numbers of ``codes``, and the entries that cite them.

    To be asked when the base has nothing for ``codes``. First the same low word in another
    facility, then the same facility, nearest number first. Only what is certainly an HRESULT has
    a facility. Before them all come the Windows number that an HRESULT wraps, where it is
    documented as one, and the codes that are one slip away from what was typed.
    """
    slips = list(_slips(codes))
    wrapped = [_citing_number(context, number) for number in _wrapped(codes)]
    conditions = [
        (condition, hresult.value)
        for hresult in _hresults(codes)
        for condition in _neighbours(hresult)
    ]
    likely = [_cited(context, _of_values(values), tuple(values)) for values in slips]
    questions = [_cited(context, _closest(context, *one), ()) for one in conditions]
    yield [*likely, *questions, *wrapped]
    numbers = [one for asked in wrapped for one in _visible(context, asked)]
    cited = yield from _of_windows(context, numbers)
    names = dict.fromkeys(one.canonical for one in cited)
    for values, question in zip(slips, likely, strict=True):
        listed = _visible(context, question)
        place = {one.canonical: values.index(int(one.canonical, 16)) for one in listed}
        names |= dict.fromkeys(sorted(place, key=lambda name: (place[name], name)))
        cited += listed
    for (_, value), question in zip(conditions, questions, strict=True):
        listed = _visible(context, question)
        order = {one.canonical: abs(int(one.canonical, 16) - value) for one in listed}
        names |= dict.fromkeys(sorted(order, key=lambda name: (order[name], name)))
        cited += listed
    kept = list(names)[:GUESSES]
    return kept, list(dict.fromkeys(one for one in cited if one.canonical in kept))


def _wrapped(codes: Sequence[QueryCode]) -> list[int]:
    """Return the numbers of Windows that the HRESULTs of ``codes`` wrap."""
    read = (one for code in codes[:_GUESSED] for one in code.readings if one.kind in _WHOLE)
    wholes = (hresult_of(one.value) for one in read if one.value is not None)
    return list(dict.fromkeys(one.win32 for one in wholes if one and one.win32))


class _Said(NamedTuple):
    """What the text of an entry says."""

    entry: int
    title: str
    passages: str


def _citing_number(context: SearchContext, number: int) -> RowQuery[Citation]:
    """Ask for the first entries that cite a decimal number, be it Windows' or another's."""
    order = f"ORDER BY c.entry_id LIMIT {_READ}"
    return _cited(context, "c.kind = 'number' AND c.value = %s", (number,), order)


def _of_windows(context: SearchContext, found: Sequence[Citation]) -> Step[list[Citation]]:
    """Return those of the entries ``found`` that call the number they cite an error of Windows."""
    if not found:
        return []
    entries = filled(sorted({one.entry for one in found}))
    source = f"FROM {TEXT} t WHERE t.entry_id IN {marks(entries)}"
    said = RowQuery(_Said, ("t.entry_id", "t.title", "t.passages"), source, entries)
    yield [said]
    texts = {
        row.entry: "\n".join([row.title, *(text for *_, text in json.loads(row.passages))])
        for row in said.rows
    }
    return [
        one
        for one in found
        if is_documented_as_windows(texts.get(one.entry, ""), int(one.canonical))
    ]


def typed_digits(codes: Sequence[QueryCode]) -> Iterator[str]:
    """Yield the hex digits of each code that was typed in such, whole or not."""
    for code in codes[:_GUESSED]:
        read = (one for one in code.readings if one.kind in _IN_HEX and one.note not in _DECIMAL)
        digits = first.canonical.removeprefix("0x") if (first := next(read, None)) else ""
        if digits and set(digits) <= _HEX_DIGITS:  # no name such as AADSTS1126
            yield digits


def _slips(codes: Sequence[QueryCode]) -> Iterator[list[int]]:
    """Yield for each code the numbers that are one slip away, the likeliest first."""
    yield from filter(None, (list(likely_codes(digits)) for digits in typed_digits(codes)))


def _of_values(values: Sequence[int]) -> str:
    return f"c.kind = 'hex' AND c.value IN {marks(values)}"


def _hresults(codes: Sequence[QueryCode]) -> Iterator[Hresult]:
    for code in codes[:_GUESSED]:
        exact = (one.value for one in code.readings if one.kind == ReadingKind.EXACT)
        yield from filter(None, map(hresult_of, exact))


def _neighbours(hresult: Hresult) -> list[str]:
    """Return conditions for codes with the same low word, if it says anything, and facility."""
    first, value = hresult.value & 0xFFFF0000, hresult.value
    facility = f"n.value BETWEEN {first} AND {first | 0xFFFF} AND n.value <> {value}"
    if not hresult.code:
        return [facility]
    low = f"n.low_word = {hresult.code} AND n.value >= {0x80000000} AND n.value <> {value}"
    return [low, facility]


def _closest(context: SearchContext, condition: str, value: int) -> str:
    """Return the SQL condition that ``c`` is one of the few such codes nearest to ``value``."""
    return (
        f"c.kind = 'hex' AND c.key IN (SELECT n.key FROM {CODE} n"
        f" JOIN {ENTRY} e ON e.translation_id = n.entry_id WHERE {condition}"
        f" AND n.whole AND n.kind = 'hex' AND {context.is_visible} GROUP BY n.key"
        f" ORDER BY MIN(ABS(n.value - {value})), n.key LIMIT {GUESSES})"
    )
