"""Where blocks come from: the half-open range of source lines of each, counted from 0."""

from __future__ import annotations

import pytest

from troubleshooting.texts.markup import Block, ListBlock, Table, read_blocks

TEXTS = {
    "a\n\nb\nc": ["a 0-1", "b 2-4"],
    "# a\n\n- b\n\n- c": ["a 0-1", "- 2-5", "- 2-4", "- 4-5"],
    "> a\n> b\n\nc": ["> 0-2", "c 3-4"],
    "a\n\n```\nb\n```": ["a 0-1", "b 2-5"],
    "|a|b|\n|---|---|\n|1|2|\n|3|4|": ["| 0-4", "| 0-1", "| 2-3", "| 3-4"],
}


def ranges(block: Block) -> list[str]:
    if isinstance(block, ListBlock):
        parts = [("-", block.lines), *(("-", item.lines) for item in block.items)]
    elif isinstance(block, Table):
        parts = [("|", one.lines) for one in (block, block.header, *block.rows)]
    else:
        parts = [(getattr(block, "text", ">")[:1], block.lines)]
    return [f"{sign} {start}-{end}" for sign, (start, end) in parts]


@pytest.mark.parametrize(("text", "expected"), TEXTS.items())
def test_a_block_knows_its_lines(text: str, expected: list[str]):
    assert [line for block in read_blocks(text) for line in ranges(block)] == expected


def test_lines_are_those_of_the_file_where_the_text_was_put_together():
    blocks = read_blocks("a\nb\n\nc", [3, 7, 8, 20])
    assert [block.lines for block in blocks] == [(3, 8), (20, 21)]


@pytest.mark.parametrize("line", ["|1|2|3|", "1 | 2 | 3", "1|2|3|", "> |1|2|3|"])
def test_a_row_keeps_the_cells_that_its_header_has_no_column_for(line: str):
    quoted = "> " if line.startswith(">") else ""
    blocks = read_blocks(f"{quoted}|a|b|\n{quoted}|---|---|\n{line}")
    table = blocks[0] if isinstance(blocks[0], Table) else blocks[0].blocks[0]
    assert [table.header.cells, table.rows[0].cells] == [["a", "b", ""], ["1", "2", "3"]]


def test_a_row_is_no_wider_for_empty_cells():
    table = read_blocks("|a|b|\n|---|---|\n|1|2| | |\n|3|")[0]
    assert [row.cells for row in table.rows] == [["1", "2"], ["3", ""]]


@pytest.mark.parametrize("text", ["<!DOCTYPE html>", "<!ELEMENT br EMPTY>", "a\n<!DOCTYPE x>\nb"])
def test_a_declaration_is_words(text: str):
    assert [type(block).__name__ for block in read_blocks(text)] == ["Paragraph"]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a \nb", "a\nb"),  # one blank says nothing
        ("a  \nb", "a  \nb"),
        ("a     \nb", "a  \nb"),  # a break has one form
        ("a\\\nb", "a  \nb"),
        ("a   \\\nb \nc", "a  \nb\nc"),
        ("a\\ \nb", "a\\ \nb"),  # without the blank it would be a break
        ("`a  \nb` \nc", "`a  \nb`\nc"),  # within code there is no break
    ],
)
def test_blanks_at_the_end_of_a_line_are_a_break_or_nothing(written: str, text: str):
    assert [block.text for block in read_blocks(written)] == [text]
