"""What stands in a cell of a table: lists in HTML, counted lines, line breaks."""

from __future__ import annotations

import pytest

from troubleshooting.texts.docfx.articles.tables.cells import cell_blocks, in_list, simple_cell
from troubleshooting.texts.markup import to_markdown

LISTS = [
    ("a<ol><li>b</li><li>c</li></ol>d", "a\n\n1.  b\n2.  c\n\nd"),
    ("<ul><li>a<ol><li>b</li></ol>c</li><li>d</li></ul>", "-   a\n\n    1.  b\n\n    c\n\n-   d"),
    ("<ul><li>a<ul><li>b</li></ul></li></ul>c", "-   a\n    -   b\n\nc"),  # of one name, too
    ("<ol><li>a<li>b", "1.  a\n2.  b"),  # what is not closed ends with the next, or the cell
    ("<ul><li>a</ul>b", "-   a\n\nb"),
    ("a</ul>b</li>c", "a\n\nb\n\nc"),  # what was not opened closes nothing
    ("<p>a</p><p>b</p>", "a\n\nb"),
    ("<li>a", "a"),
    ("<ol>a<li>b</li></ol>", "1.  a\n2.  b"),
    ("a<br>b<br><br>c", "a  \nb\n\nc"),
    ("1. a<br>2. b", "1.  a\n2.  b"),
    ("a<br>(1) b<br>(2) c", "a\n\n1.  b\n2.  c"),
    ("- a<br>- b", "-   a\n-   b"),
    ("1. a", "1. a"),  # one line is no list, nor are lines that do not count from one
    ("1. a<br>3. b", "1. a<br>3. b"),
    ("2. a<br>3. b", "2. a<br>3. b"),
    ("1. a<br>b<br>2. c", "1. a  \nb<br>2. c"),
]


@pytest.mark.parametrize(("cell", "expected"), LISTS)
def test_lists_and_breaks_of_a_cell(cell: str, expected: str):
    found = to_markdown(cell_blocks(cell, (3, 4)))
    assert found.replace("\\.", ".").replace("\\(", "(").replace("\\-", "-") == expected


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("1. a<br><br>2. b<br><br>3. c", [3]),
        ("1. a<br><br>2. b<br><br>4. c", [2, 0]),
        ("1. a<br><br>3. b", [0, 0]),
        ("2. a<br><br>3. b", [0, 0]),
        ("<ol><li>a</li></ol>2. b", [2]),
        ("<ol><li>a</li></ol>3. b", [1, 0]),
    ],
)
def test_counted_paragraphs_are_one_list_that_counts_from_one(cell: str, items: list[int]):
    blocks = in_list(cell_blocks(cell, (3, 4)))
    assert [len(getattr(block, "items", [])) for block in blocks] == items


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<br> a <br/><br>", "a"),
        ('<a name="x"></a>a<span id="y"> </span>', "a"),
        ('<a href="#x">a</a>', '<a href="#x">a</a>'),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a<br>b"),
    ],
)
def test_a_simple_cell_has_no_empty_edges_and_no_names_of_places(cell: str, expected: str):
    assert simple_cell(cell) == expected
