"""Error tables: tables of which each row is a problem of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...codes import find_codes, parse_code
from ...languages import Labels
from ...markup import Block, Paragraph, Quote, Table
from ...markup.blocks import Lines
from ...plain import first_sentence
from ...sections import SECTIONS
from ..anchors import plain
from .cells import cell_blocks

_SEPARATORS = re.compile(r"\s*(?:,|;|<br\s*/?>|\s/\s|\bou\b|\bor\b|\boder\b)\s*", re.IGNORECASE)
LONGEST_TITLE = 160
SHOWN_CODES = 3


@dataclass(slots=True)
class ErrorRow:
    """A row of an error table: blocks by part, the codes it is about, a title made of it."""

    lines: Lines
    title: str
    codes: list[str]
    parts: dict[str, list[Block]] = field(default_factory=dict)


def error_columns(table: Table, labels: Labels) -> list[str | None] | None:
    """Return the kinds of the columns, or None where ``table`` is no error table.

    An error table names a code or a message and, beside it, something to say of it.
    """
    kinds = [labels.column(cell) for cell in table.header.cells]
    keys = [kind for kind in kinds if kind in ("code", "message")]
    told = [kind for kind in kinds if kind in SECTIONS]
    return kinds if keys and (told or len(set(keys)) > 1) else None


def error_rows(table: Table, kinds: list[str | None], colon: str) -> list[ErrorRow]:
    """Return one ``ErrorRow`` for each row; a row without a key belongs to the row before it."""
    rows: list[ErrorRow] = []
    for source in table.rows:
        cells = [(kind, cell) for kind, cell in zip(kinds, source.cells, strict=False) if cell]
        if not cells:
            continue
        row = _read_row(cells, source.lines)
        keyed = row.codes or any(kind in ("code", "message") for kind, _ in cells)
        if rows and not keyed:
            _continue(rows[-1], row)
            continue
        row.title = _title(row, cells, colon)
        rows.append(row)
    return rows


def _continue(row: ErrorRow, more: ErrorRow) -> None:
    for part, blocks in more.parts.items():
        row.parts.setdefault(part, []).extend(blocks)
    row.lines = (row.lines[0], more.lines[1])


def _read_row(cells: list[tuple[str | None, str]], lines: Lines) -> ErrorRow:
    row = ErrorRow(lines, "", [])
    for kind, cell in cells:
        if kind in ("code", "message"):
            _read_key(row, kind, cell)
        else:
            row.parts.setdefault(kind or "other", []).extend(cell_blocks(cell, lines))
    return row


def _read_key(row: ErrorRow, kind: str, cell: str) -> None:
    codes, rest = _codes_alone(cell)
    problem = row.parts.setdefault("problem", [])
    keys = [block for block in problem if isinstance(block, Paragraph | Quote)]
    if codes and not rest:
        row.codes += codes
        problem.insert(len(keys), Paragraph(", ".join(f"`{c}`" for c in codes), row.lines))
    elif kind == "message":
        row.codes += [m.spelling for m in find_codes(plain(cell))]
        problem.insert(len(keys), Quote(cell_blocks(cell, row.lines), row.lines))
    else:
        row.codes += [m.spelling for m in find_codes(plain(cell))]
        problem[len(keys) : len(keys)] = cell_blocks(cell, row.lines)


def _codes_alone(cell: str) -> tuple[list[str], bool]:
    """(the codes that a cell lists, whether it holds anything else)."""
    pieces = [plain(piece) for piece in _SEPARATORS.split(cell)]
    pieces = [piece for piece in pieces if piece]
    codes = [piece for piece in pieces if parse_code(piece)]
    return codes, len(codes) != len(pieces)


def _title(row: ErrorRow, cells: list[tuple[str | None, str]], colon: str) -> str:
    """The codes and what is said of them, or the first line of the message."""
    message = next((cell for kind, cell in cells if kind == "message"), "")
    if message and _codes_alone(message)[1]:
        return _shorten(first_sentence(plain(re.split(r"<br\s*/?>", message)[0])))
    said = next(
        (c for wanted in ("problem", "cause", "message", "other", "resolution")
         for k, c in cells if k == wanted and _codes_alone(c)[1]), ""
    )  # fmt: skip
    shown = ", ".join(row.codes[:SHOWN_CODES]) + (", …" if len(row.codes) > SHOWN_CODES else "")
    sentence = first_sentence(plain(re.split(r"<(?:br|p|ul|ol)\b[^>]*>", said)[0]))
    if not shown:
        key = next(cell for kind, cell in cells if kind in ("code", "message"))
        shown = first_sentence(plain(key))
    return _shorten(f"{shown}{colon}{sentence}" if sentence else shown)


def _shorten(title: str) -> str:
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" \u00a0,;:") + "…"
