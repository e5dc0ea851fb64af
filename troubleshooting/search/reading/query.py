"""What a reader typed -> codes, words, and which of code, message or log it is. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from ...texts.codes import (
    FAMILY_OF,
    CodeMention,
    Reading,
    ReadingKind,
    find_codes,
    parse_code,
    readings,
    without_invisible,
)
from ...texts.codes.arriving import Arrival, arrivals
from ...texts.codes.arriving.surroundings import dates, names_other
from ...texts.codes.families.symbol import parts_of_names
from ..words.folding import Word, spans
from .names import as_part, joined_symbols, published

#: Characters of a query that are read; the rest of a longer one is left out (and said so).
MAX_TEXT = 200_000
#: From here on a text is a log or a ticket, which is searched for what it holds.
LOG_CHARACTERS = 500
#: A query of at most so many words may be codes, each word on its own.
CODE_WORDS = 3
# No code that lost its 0x or its end: those begin with 8, or with the zeros of a whole one.
_LONG_NUMBER = re.compile(r"(?!8)(?!00[0-9]{6}$)[0-9]{6,10}")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: Words of a message or a search that are looked for.
MAX_WORDS = 48


@dataclass(frozen=True, slots=True)
class QueryCode:
    """A code in the query with all its readings, the most plausible first.

    Of one that ``is_words`` the words count as words too.
    """

    spelling: str
    start: int
    end: int
    readings: tuple[Reading, ...]
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query taken apart.

    ``text`` is what was read. A log keeps every character in its place; of other texts accents
    are composed and invisible characters dropped.
    ``kind`` is ``empty``, ``code`` (nothing but codes), ``message`` (words, and maybe codes) or
    ``log``. ``words`` are the folded words outside codes with their places; none for a log.
    ``possible`` are codes that only the base can tell from words; those it knows are in ``codes``
    after ``parse`` was told so. ``cut`` tells that the text was longer than is read, ``capped``
    that it had more words.
    """

    text: str
    kind: str
    codes: tuple[QueryCode, ...] = ()
    possible: tuple[QueryCode, ...] = ()
    words: tuple[Word, ...] = ()
    cut: bool = False
    capped: bool = False


def clean(text: str) -> str:
    """Return what is read of ``text``: its beginning, without characters that no database takes.

    Each such character becomes a space, so that places in the text stay what they are.
    """
    return _UNSTORABLE.sub(" ", text[:MAX_TEXT])


def parse(
    text: str,
    symbols: Collection[str] = (),
    is_known: Callable[[Reading], object] = lambda reading: False,
) -> ParsedQuery:
    """Take ``text`` apart.

    ``symbols`` are symbolic codes that the base knows; ``is_known`` tells whether it knows what
    a reading stands for.
    """
    cut = len(text) > MAX_TEXT
    text = clean(text)
    if not text.strip():
        return ParsedQuery("", "empty", cut=cut)
    if is_log(text):
        return ParsedQuery(text, "log", cut=cut)
    text = without_invisible(unicodedata.normalize("NFC", text.strip()))
    arrived = arrivals(text)
    codes = _codes(text, symbols, [_arrived(text, one) for one in arrived if one.sure])
    perhaps = [code for code in codes if _may_count_anything(code)]
    codes = [code for code in codes if code not in perhaps]
    possible = [*perhaps, *_possible(text, codes, [one for one in arrived if not one.sure])]
    possible = _without_overlaps(possible)
    codes += [code for code in possible if any(map(is_known, code.readings))]
    # The whole of a name, before what it may be a part of or resemble.
    codes = _without_overlaps([*_joined(text, symbols), *codes])
    words = tuple(_outside(text, codes))
    kind = "message" if words or not codes else "code"
    capped = len(words) > MAX_WORDS
    return ParsedQuery(
        text, kind, tuple(codes), tuple(possible), words[:MAX_WORDS], cut=cut, capped=capped
    )


def is_log(text: str) -> bool:
    """Return whether a text was pasted rather than typed: several lines, or very long."""
    stripped = text.strip()
    return len(stripped) > LOG_CHARACTERS or "\n" in stripped


def _codes(text: str, symbols: Collection[str], arrived: Sequence[QueryCode]) -> list[QueryCode]:
    """Return codes by the rules for free text; in a short query each word may be one as well.

    What ``arrived`` in no form of a document counts where it takes more of the text.
    """
    mentions = find_codes(text, symbols=symbols)
    codes = _without_overlaps([*map(code_of_mention, mentions), *arrived])
    pieces = text.split()
    if len(pieces) <= CODE_WORDS:
        codes += _of_pieces(text, pieces, codes)
    return sorted(codes, key=lambda code: code.start)


def _arrived(text: str, one: Arrival) -> QueryCode:
    return QueryCode(text[one.start : one.end], one.start, one.end, one.readings)


def _possible(text: str, codes: Sequence[QueryCode], arrived: Sequence[Arrival]) -> list[QueryCode]:
    """Return what is a code if the base knows it: cut ones, and names that Windows documents."""
    found = [_arrived(text, one) for one in arrived]
    found += [QueryCode(text[a:b], a, b, read, True) for (_, a, b, _), read in published(text)]
    if place := as_part(text):
        words = text[slice(*place)]
        found.append(QueryCode(words, *place, tuple(parts_of_names(words)), is_words=True))
    return [one for one in _without_overlaps(found) if not _overlaps(one, codes)]


def _joined(text: str, symbols: Collection[str]) -> list[QueryCode]:
    """Return the known symbols that are written as several words."""
    return [
        QueryCode(text[run.start : run.end], run.start, run.end, tuple(readings(name)), True)
        for run, name in joined_symbols(text, symbols)
    ]


def _overlaps(code: QueryCode, others: Iterable[QueryCode]) -> bool:
    return any(other.start < code.end and code.start < other.end for other in others)


def _without_overlaps(codes: Iterable[QueryCode]) -> list[QueryCode]:
    """Return the codes in the order of the text.

    Of two in one place that which takes more of it.
    """
    kept: list[QueryCode] = []
    for code in sorted(codes, key=lambda code: (code.start - code.end, code.start)):
        if not _overlaps(code, kept):
            kept.append(code)
    return sorted(kept, key=lambda code: code.start)


def code_of_mention(mention: CodeMention) -> QueryCode:
    """Read a code found in context by its spelling.

    Its canonical spelling always counts.
    """
    found: dict[tuple[str, str], Reading] = {}
    for reading in (*readings(mention.spelling), *readings(mention.code.canonical)):
        found.setdefault((reading.kind, reading.key), reading)
    return QueryCode(
        without_invisible(mention.spelling), mention.start, mention.end, tuple(found.values())
    )


def _of_pieces(text: str, pieces: list[str], query_codes: list[QueryCode]) -> list[QueryCode]:
    """Return each word that may be a code. Beside words a bare number is none: ``Office 365``."""
    codes, place, plain = [], 0, False
    for piece in pieces:
        start = text.index(piece, place)
        place = end = start + len(piece)
        if any(code.start < end and start < code.end for code in query_codes):
            continue
        found = () if _is_other(text, start, end) else tuple(readings(piece))
        plain = plain or not found
        if found:
            codes.append(QueryCode(piece, start, end, found))
    return [code for code in codes if not plain or _unmistakable(code.spelling)]


def _is_other(text: str, start: int, end: int) -> bool:
    """Return whether a date stands there, or the number of a ticket, a room, a build."""
    in_date = any(date < end and start < date_end for date, date_end in dates(text))
    return in_date or names_other(text, start)


def _may_count_anything(code: QueryCode) -> bool:
    """Return whether a code is six digits or more that are as well an article, a date, a telephone.

    What begins as a failure is none of these, in hexadecimal or in decimal.
    """
    return _LONG_NUMBER.fullmatch(code.spelling) is not None and not any(
        one.kind == ReadingKind.EXACT and one.value and one.value >> 31 for one in code.readings
    )


def _unmistakable(piece: str) -> bool:
    """Return whether a word beside others is a code by its form.

    Names are, if the base knows them.
    """
    code = parse_code(piece)
    return code is not None and FAMILY_OF[code.kind].stands_out


def _outside(text: str, codes: list[QueryCode]) -> list[Word]:
    taken = [(code.start, code.end) for code in codes if not code.is_words]
    return [
        word
        for word in spans(text)
        if not any(start < word.end and word.start < end for start, end in taken)
    ]
