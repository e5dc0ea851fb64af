"""The cell of an error table that names its row: codes, a name and a number, words beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ....codes import code_in_list, find_codes, parse_code, without_invisible
from ....languages import joining_words
from ...anchors import plain

_SEPARATORS = re.compile(
    rf"\s*(?:,|;|<br\s*/?>|\s/\s|\b(?:{'|'.join(joining_words('or'))})\b"
    rf"|(?<=[0-9A-F])\s(?:{'|'.join(joining_words('and', 'to'))})\s(?=[A-Z]{{0,8}}-?[0-9]))\s*",
    re.IGNORECASE,
)
# Between a number and its other spelling, or between a name and its number.
_INNER = re.compile(r"\s*[()|=]\s*|\s+(?:[-–]\s+)?")


# The mark of a note behind a code or a word.
NOTE_MARK = re.compile(
    r"\s?<sup>[^<]{1,4}</sup>|[¹²³⁴-⁹]+|(?<=\w)\s?\\?\[[0-9*]{1,2}\\?\](?!\()|(?<=[0-9A-Z])\\?\*(?!\*)$"
)
_NUMBER_FIRST = re.compile(r"(0x[0-9A-Fa-f]{3,8}|[0-9]{3,10})(?: [-–])? (?=[^\W\d_])")
# "418 (Already exists)", "(507) Error".
_IN_BRACKETS = re.compile(r"([0-9]{3,10}) (?=\([^\W\d_])|\(([0-9]{3,5})\) (?=[^\W\d_])")


@dataclass(slots=True)
class Key:
    """What such a cell says.

    ``codes`` are all codes in it as they are spelt; ``alone`` those that stand alone, and
    ``rest`` the cell (Markdown) without them, empty where nothing else is in it.
    """

    codes: list[str]
    alone: list[str]
    rest: str


def read_key(cell: str, *, sure: bool = False) -> Key:
    """Read a cell; ``sure`` says that it stands in a column of codes."""
    cell = without_invisible(cell).replace("&nbsp;", "\u00a0")
    cell = NOTE_MARK.sub("", cell) if sure else cell
    pieces = [(piece, plain(piece)) for piece in _SEPARATORS.split(cell)]
    pieces = [(piece, words) for piece, words in pieces if words.strip("\u00a0")]
    listed = [(words, _codes_of(words, sure=sure)) for _, words in pieces]
    alone = [code for _, codes in listed for code in codes]
    if pieces and all(codes for _, codes in listed):
        return Key(alone, alone, "")
    first = pieces[0][1] if sure and not alone and len(pieces) == 1 else ""
    if number := _number_first(first):
        return Key([number], [number], cell)
    if sure and alone:
        rest = [piece for (piece, _), (_, codes) in zip(pieces, listed, strict=True) if not codes]
        more = [m.spelling for piece in rest for m in find_codes(plain(piece))]
        return Key([*alone, *more], alone, "<br>".join(rest))
    return Key([m.spelling for m in find_codes(plain(cell))], [], cell)


def _codes_of(words: str, *, sure: bool) -> list[str]:
    """Return the codes that ``words`` consist of, one or a name and its numbers."""
    if (code_in_list if sure else parse_code)(words):
        return [words.strip(" ()[].,;:")]
    parts = [part for part in _INNER.split(words) if part]
    return parts if len(parts) > 1 and all(parse_code(part) for part in parts) else []


def _number_first(words: str) -> str:
    """Return the number that a cell of codes begins with: ``418 (Exists)``, ``(507) Error``."""
    if match := _NUMBER_FIRST.match(words):
        return match[1]
    match = None if find_codes(words) else _IN_BRACKETS.match(words)
    return match[1] or match[2] if match else ""
