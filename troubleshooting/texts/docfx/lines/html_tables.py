"""Tables and lists of definitions in HTML -> tables of Markdown.

A cell keeps what is in it, tags of line breaks and lists too, as cells of Markdown have them. A
list of definitions becomes a table where most of its terms are codes: ``<dt>`` names it, what is
nested below (another code, a text) is told of it. Everything else stays as it was.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ...codes import find_codes, parse_code
from ...shares import half_of
from ..anchors import plain

_OPEN = re.compile(r"\s*<(table|dl)\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(table|thead|tbody|tfoot|tr|th|td|dl|dt|dd)\b([^<>]*)>", re.IGNORECASE)
_SPAN = re.compile(r"(col|row)span=[\"']?(\d{1,2})", re.IGNORECASE)
_ANCHOR = re.compile(r"<(span|a)\s+(?:id|name)=[^<>]*>\s*</\1>", re.IGNORECASE)
# The name of an error as the anchor of its entry, which no translation touches.
_SYMBOL = re.compile(r"<(?:span|a)\s+(?:id|name)=[\"']([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)[\"']")
# A name or a number and the same in brackets: "TG_E_BUSY (0x80200001)".
_WITH_NUMBER = re.compile(r"([^\s()]+) ?\(([^\s()]+)\)")
# A term that goes on after its code: "E1001 - No connection".
_LEAD = re.compile(r"([^\s()<>]{3,40}?)\s{0,2}(?::|[-–—](?=\s))\s+(?=\S)")
_DROPPED = re.compile(r"</?(?:div|span|colgroup|col|caption|font)\b[^<>]*>", re.IGNORECASE)
#: More columns than any table has.
MOST_COLUMNS = 20

_BREAK = re.compile(r"<br\b[^<>]*>", re.IGNORECASE)
_BOLD = re.compile(r"</?(?:b|strong)>", re.IGNORECASE)

Piece = tuple[str, str, str, int]
"""The closing mark, the tag, the attributes or the text, and the line."""

Line = tuple[str, int]
"""A line of Markdown, and how many lines after the first of the region it begins."""


def regions(lines: list[str]) -> dict[int, int]:
    """Return the lines at which tables and lists of definitions begin, each with the line after it.

    Only those count that begin and end with a line; the time grows with the length of the text.
    """
    found: dict[int, int] = {}
    open_at: dict[str, list[int]] = {"table": [], "dl": []}
    for number, line in enumerate(lines):
        if "<" not in line:
            continue
        first = _OPEN.match(line)
        for tag in _TAG.finditer(line):
            name = tag[2].lower()
            if name not in open_at:
                continue
            if not tag[1]:
                begins = first is not None and tag.start() == first.end() - len(first[1]) - 1
                open_at[name].append(number if begins else -1)
            elif open_at[name]:
                start = open_at[name].pop()
                if start >= 0 and not line[tag.end() :].strip():
                    found[start] = number + 1
    return found


def as_markdown(lines: list[str]) -> list[Line] | None:
    """Return the lines of a table for those of a region, or None where it cannot be one."""
    match = _OPEN.match(lines[0])
    if match is None:
        return None
    pieces = list(_pieces(lines))
    rows = _rows(pieces) if match[1].lower() == "table" else _definition_rows(pieces)
    if not rows or not 1 < len(rows[0].cells) <= MOST_COLUMNS:
        return None
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    width = len(rows[0].cells)
    out: list[Line] = []
    for position, (cells, number) in enumerate(rows):
        padded = [*cells, *[""] * width][:width]
        out.append((f"{indent}| {' | '.join(padded)} |", number))
        if not position:
            out.append((f"{indent}|{'---|' * width}", number))
    return out


def _pieces(lines: list[str]) -> list[Piece]:
    """Return (closing mark, tag, attributes or text, line) of all tags and texts."""
    found: list[Piece] = []
    for number, line in enumerate(lines):
        end = 0
        for tag in _TAG.finditer(line):
            found.append(("", "", line[end : tag.start()], number))
            found.append((tag[1], tag[2].lower(), tag[3], number))
            end = tag.end()
        found.append(("", "", line[end:], number))
    return [piece for piece in found if piece[1] or piece[2].strip()]


def _cell(texts: list[str]) -> str:
    text = _DROPPED.sub("", _ANCHOR.sub("", " ".join(t.strip() for t in texts)))
    return re.sub(r"(?<!\\)\|", r"\\|", " ".join(text.split()))


class Row(NamedTuple):
    """The cells of a row as text, and the line at which it begins."""

    cells: list[str]
    line: int


Term = tuple[list[str], list[str], int]


def _rows(pieces: list[Piece]) -> list[Row]:
    """Return the rows of a table; of one that frames others, a row for each of its own."""
    nested = sum(name == "table" and not closing for closing, name, _, _ in pieces) > 1
    return _framed_rows(pieces) if nested else _table_rows(pieces)


def _framed_rows(pieces: list[Piece]) -> list[Row]:
    """Return the rows of a table in whose cells tables stand that name and tell one thing each.

    The first cell of each inner table names its column: "Code", "Cause", "Mitigation". Every row
    has to hold the same; otherwise nothing is returned.
    """
    told = [(line, [list(map(_told, inner)) for inner in row]) for line, row in _frames(pieces)]
    if not told or any(len(inner) < 2 for _, row in told for inner in row):
        return []
    heads = [inner[0] for inner in told[0][1]]
    if len(heads) < 2 or any([inner[0] for inner in row] != heads for _, row in told):
        return []
    body = [Row([" <br> ".join(inner[1:]) for inner in row], line) for line, row in told]
    return [Row(heads, told[0][0]), *body]


def _told(cell: list[str]) -> str:
    return _BOLD.sub("", _cell(cell)).strip()


def _frames(pieces: list[Piece]) -> list[tuple[int, list[list[list[str]]]]]:
    """Return the line of each row of the outer table, and the cells of the tables in it.

    Nothing is returned where words or further tables stand elsewhere.
    """
    rows: list[tuple[int, list[list[list[str]]]]] = []
    depth = 0
    for closing, name, text, line in pieces:
        inner = rows[-1][1] if rows else []
        if name == "table":
            depth += -1 if closing else 1
            if depth == 2 and not closing:
                inner.append([])
        elif name == "tr" and not closing and depth == 1:
            rows.append((line, []))
        elif name in ("td", "th") and not closing and depth == 2 and inner:
            inner[-1].append([])
        elif not name and depth == 2 and inner and inner[-1]:
            inner[-1][-1].append(text)
        elif depth > 2 or (not name and _BREAK.sub("", text).strip()):
            return []
    return rows


def _table_rows(pieces: list[Piece]) -> list[Row]:
    """Return the rows of a table without tables inside."""
    rows: list[Row] = []
    hanging: dict[int, tuple[int, str]] = {}
    cell: list[str] | None = None
    spans = {"col": 1, "row": 1}

    def finish() -> None:
        nonlocal cell
        if cell is not None and rows:
            text = _cell(cell)
            if spans["row"] > 1:
                hanging[len(rows[-1].cells)] = (spans["row"] - 1, text)
            rows[-1].cells.extend([text, *[""] * (min(spans["col"], MOST_COLUMNS) - 1)])
        cell = None

    for closing, name, text, number in pieces:
        if name in ("th", "td"):
            finish()
            if not closing:
                if rows:
                    _hang(rows[-1].cells, hanging)
                spans = {"col": 1, "row": 1, **{k.lower(): int(v) for k, v in _SPAN.findall(text)}}
                cell = []
        elif name == "tr":
            finish()
            if not closing:
                rows.append(Row([], number))
        elif name in ("dl", "dt", "dd") and cell is not None:
            cell.append(f"<{closing}{name}>")
        elif not name and cell is not None:
            cell.append(text)
    finish()
    return [row for row in rows if any(row.cells)]


def _hang(cells: list[str], hanging: dict[int, tuple[int, str]]) -> None:
    """Repeat the cells of former rows that reach down to this one."""
    while len(cells) in hanging:
        left, text = hanging.pop(len(cells))
        if left > 1:
            hanging[len(cells)] = (left - 1, text)
        cells.append(text)


def _definition_rows(pieces: list[Piece]) -> list[Row]:
    """Return a header, then code and text of every term; none where most terms are no codes."""
    terms = _terms(pieces)
    if not half_of(names for names, _, _ in terms):
        return []
    rows = [
        Row(["<br>".join(names), "<br><br>".join(texts)], number) for names, texts, number in terms
    ]
    return [Row(["Code", "Description"], rows[0].line), *rows]


def _terms(pieces: list[Piece]) -> list[Term]:
    """Return (codes, texts, line) of every term of the outer list.

    A name and its number are terms of one description.
    """
    terms: list[Term] = []
    depth = 0
    waiting: list[str] = []

    def finish() -> None:
        text = _cell(waiting)
        anchor = _SYMBOL.search(" ".join(waiting))
        symbol = anchor[1] if anchor else ""
        waiting.clear()
        if text and terms:
            words = plain(text)
            codes, texts, _ = terms[-1]
            is_code = _is_code(words, is_named=bool(codes))
            pieces = _pieces_of(text) if is_code else [text]
            if symbol and not is_code and not codes and find_codes(symbol):
                codes.append(symbol)
            elif not codes and not is_code and (lead := _code_first(text)):
                codes.append(lead[1])
                pieces = [text[lead.end() :]]
            (codes if is_code else texts).extend(pieces)

    for closing, name, text, number in pieces:
        if not name:
            waiting.append(text)
            continue
        finish()
        if name == "dl":
            depth += -1 if closing else 1
        elif name == "dt" and not closing and depth == 1:
            terms.append(([], [], number))
    finish()
    return _joined(terms)


def _is_code(words: str, *, is_named: bool) -> bool:
    """Return whether words are codes and nothing else: ``0x80200001``, ``TG_E_BUSY (0x80200001)``.

    ``is_named`` says that the term has a name, so that a bare number is one as well.
    """
    all_codes = all(parse_code(piece) is not None for piece in _pieces_of(words))
    return all_codes and bool(is_named or find_codes(words))


def _code_first(text: str) -> re.Match[str] | None:
    """Return the code that a term goes on after with words: ``E1001 - No connection``."""
    match = _LEAD.match(text)
    code = parse_code(match[1]) if match else None
    known = code is not None and (code.kind == "product" or find_codes(match[1] if match else ""))
    return match if known else None


def _pieces_of(text: str) -> list[str]:
    """Return a name and the number in brackets behind it, or the whole of another text."""
    match = _WITH_NUMBER.fullmatch(text)
    return [match[1], match[2]] if match else [text]


def _joined(terms: list[Term]) -> list[Term]:
    """Return ``terms`` with those that nothing describes in the next one."""
    out: list[Term] = []
    waiting: list[Term] = []
    for codes, texts, number in terms:
        if codes and not texts:
            waiting.append((codes, texts, number))
            continue
        if len(waiting) == 1 and codes:
            names, _, number = waiting.pop()
            codes = [*names, *codes]
        out += [*waiting, (codes, texts, number)]
        waiting = []
    return [*out, *waiting]
