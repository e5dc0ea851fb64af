"""Codes in the columns of a table that an article shows: "Error code | Description"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement as Element

from ..codes import CodeMention, find_codes, parse_code
from ..languages import Labels
from ..rendering import plain_text

# A name in capitals beside a code is the code's: "FLAG_INVALID_CERT | 0x00000002".
_NAME = re.compile(r"[A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,12}")
#: A longer cell says more than a code.
LONGEST = 60


def codes_in_columns(tree: Element, labels: Labels) -> Iterator[CodeMention]:
    """Yield each code in a column whose header announces codes.

    A small number is one there, such as ``29`` below "Error code", which alone could count pages.
    """
    for table in tree.iter("table"):
        rows = [[plain_text(cell) for cell in row.iter("th", "td")] for row in table.iter("tr")]
        headers = rows[0] if rows else []
        coded = [i for i, header in enumerate(headers) if _announces(header, labels)]
        for cells in rows[1:] if coded else []:
            yield from _codes_in_row(cells, headers, coded)


def _announces(header: str, labels: Labels) -> bool:
    return labels.column(header) == "code" and bool(labels.column_words.names_codes(header))


def _codes_in_row(cells: list[str], headers: list[str], coded: list[int]) -> Iterator[CodeMention]:
    found = [m for i in coded if i < len(cells) for m in _announced(headers[i], cells[i])]
    yield from found
    names = [cell for cell in cells if _NAME.fullmatch(cell)] if found else []
    for name in names:
        if code := parse_code(name):
            yield CodeMention(code, name, 0, len(name))


def _announced(header: str, cell: str) -> list[CodeMention]:
    """Return the codes that a cell consists of; its header is the word before them."""
    before = f"{header}: "
    if len(cell) > LONGEST:
        return []
    found = find_codes(before + cell)
    # (The label of an event is part of how it is spelt.)
    return found if found and found[0].start <= len(before) < found[0].end else []
