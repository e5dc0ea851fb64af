"""What a reader typed -> codes, words, and which of code, message or log it is. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from ...texts.codes import (
    FAMILY_OF,
    CodeMention,
    Reading,
    find_codes,
    parse_code,
    readings,
    without_invisible,
)
from ..words.folding import Word, spans

#: Characters of a query that are read; the rest of a longer one is left out (and said so).
MAX_TEXT = 200_000
#: From here on a text is a log or a ticket, which is searched for what it holds.
LOG_CHARACTERS = 500
#: A query of at most so many words may be codes, each word on its own.
CODE_WORDS = 3
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
#: Words of a message or a search that are looked for.
MAX_WORDS = 48


@dataclass(frozen=True, slots=True)
class QueryCode:
    """A code in the query with all its readings, the most plausible first."""

    spelling: str
    start: int
    end: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query taken apart.

    ``text`` is what was read. A log keeps every character in its place; of other texts accents
    are composed and invisible characters dropped.
    ``kind`` is ``empty``, ``code`` (nothing but codes), ``message`` (words, and maybe codes) or
    ``log``. ``words`` are the folded words outside codes with their places; none for a log.
    ``cut`` tells that the text was longer than is read, ``capped`` that it had more words.
    """

    text: str
    kind: str
    codes: tuple[QueryCode, ...] = ()
    words: tuple[Word, ...] = ()
    cut: bool = False
    capped: bool = False


def clean(text: str) -> str:
    """What is read of ``text``: its beginning, without characters that no database takes.

    Each such character becomes a space, so that places in the text stay what they are.
    """
    return _UNSTORABLE.sub(" ", text[:MAX_TEXT])


def parse(text: str, symbols: Collection[str] = ()) -> ParsedQuery:
    """Take ``text`` apart. ``symbols`` are symbolic codes that the base knows."""
    cut = len(text) > MAX_TEXT
    text = clean(text)
    if not text.strip():
        return ParsedQuery("", "empty", cut=cut)
    if is_log(text):
        return ParsedQuery(text, "log", cut=cut)
    text = without_invisible(unicodedata.normalize("NFC", text.strip()))
    codes = _codes(text, symbols)
    words = tuple(_outside(text, codes))
    kind = "message" if words or not codes else "code"
    capped = len(words) > MAX_WORDS
    return ParsedQuery(text, kind, tuple(codes), words[:MAX_WORDS], cut, capped)


def is_log(text: str) -> bool:
    """Whether a text was pasted rather than typed: several lines, or very long."""
    stripped = text.strip()
    return len(stripped) > LOG_CHARACTERS or "\n" in stripped


def _codes(text: str, symbols: Collection[str]) -> list[QueryCode]:
    """Codes by the rules for free text; in a short query each word may be one as well."""
    mentions = find_codes(text, symbols=symbols)
    codes = [code_of_mention(mention) for mention in mentions]
    pieces = text.split()
    if len(pieces) <= CODE_WORDS:
        codes += _of_pieces(text, pieces, codes)
    return sorted(codes, key=lambda code: code.start)


def code_of_mention(mention: CodeMention) -> QueryCode:
    """A code found in context is read by its spelling; its canonical spelling always counts."""
    found: dict[tuple[str, str], Reading] = {}
    for reading in (*readings(mention.spelling), *readings(mention.code.canonical)):
        found.setdefault((reading.kind, reading.key), reading)
    return QueryCode(
        without_invisible(mention.spelling), mention.start, mention.end, tuple(found.values())
    )


def _of_pieces(text: str, pieces: list[str], known: list[QueryCode]) -> list[QueryCode]:
    """Each word that may be a code. Beside words a bare number is none: ``Office 365``."""
    codes, place, plain = [], 0, False
    for piece in pieces:
        start = text.index(piece, place)
        place = end = start + len(piece)
        if any(code.start < end and start < code.end for code in known):
            continue
        found = tuple(readings(piece))
        plain = plain or not found
        if found:
            codes.append(QueryCode(piece, start, end, found))
    return [code for code in codes if not plain or _unmistakable(code.spelling)]


def _unmistakable(piece: str) -> bool:
    """Whether a word beside others is a code by its form; names are, if the base knows them."""
    code = parse_code(piece)
    return code is not None and FAMILY_OF[code.kind].stands_out


def _outside(text: str, codes: list[QueryCode]) -> list[Word]:
    taken = [(code.start, code.end) for code in codes]
    return [
        word
        for word in spans(text)
        if not any(start < word.end and word.start < end for start, end in taken)
    ]
