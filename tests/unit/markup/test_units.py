"""The units that revisions are compared and merged by: blocks, and items of lists."""

from __future__ import annotations

import pytest

from troubleshooting.texts.markup import to_markdown
from troubleshooting.texts.markup.units import (
    BLOCK,
    BULLET,
    ORDERED,
    blocks_of,
    unit_from,
    units_of,
)

TEXTS = [
    ("a\n\nb", [(BLOCK, 0, "a"), (BLOCK, 0, "b")]),
    ("3.  a\n4.  b", [(ORDERED, 3, "a"), (ORDERED, 4, "b")]),
    ("-   a\n-   b", [(BULLET, 0, "a"), (BULLET, 0, "b")]),
    ("x\n\n1.  a\n\n    b", [(BLOCK, 0, "x"), (ORDERED, 1, "a\n\nb")]),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_text_is_its_units_and_they_are_the_text(text: str, expected: list[tuple]):
    units = units_of(text)
    assert [(unit.form, unit.number, unit.text) for unit in units] == expected
    assert to_markdown(blocks_of(units)) == text


def test_another_first_number_makes_the_first_item_alone_another():
    """Else a list that begins elsewhere would be compared as one with other items."""
    before, after = units_of("3.  a\n4.  b\n5.  c"), units_of("1.  a\n2.  b\n3.  c")
    assert [one == other for one, other in zip(before, after, strict=True)] == [False, True, True]


@pytest.mark.parametrize(
    ("form", "text", "expected"),
    [
        (BLOCK, "a\n\nb", ["a", "b"]),  # blocks as they are
        (BLOCK, "1.  a\n2.  b", ["a", "b"]),
        (ORDERED, "a\n\nb", ["a\n\nb"]),  # one item, whatever is in it
        (BULLET, "-   a\n-   b", ["-   a\n-   b"]),
        (ORDERED, " ", []),
        (BLOCK, "", []),
    ],
)
def test_what_is_written_in_the_place_of_a_unit(form: str, text: str, expected: list[str]):
    assert [unit.text for unit in unit_from(text, form)] == expected
