"""The header of a document: what its fields say, and where the text begins behind a broken one."""

from __future__ import annotations

import pytest

from troubleshooting.texts.docfx.front_matter import (
    date_of,
    is_draft,
    is_for_staff,
    read_front_matter,
)

#: The text, its fields, the lines of its header, and what is odd: a code and its line.
HEADERS = [
    ("---\na: 1\n---\nText", {"a": "1"}, 3, []),
    ("\n---\na: 1\n---\nText", {"a": "1"}, 4, []),
    ("---\n---\nText", {}, 2, []),
    ("Text\n---\na: 1\n---", {}, 0, []),
    ("", {}, 0, []),
    ("---\nA line without a field", {}, 0, []),  # a rule
    ("---\nSome words\na: 1", {}, 0, []),
    ("---\na: 1\nb:\n  - c\nText", {"a": "1", "b": ["c"]}, 4, [("front_matter_open", 1)]),
    ("\n---\na: 1", {"a": "1"}, 3, [("front_matter_open", 2)]),
    ("---\na: 'x\nb: 2\n---\nT", {"a": "x", "b": "2"}, 4, [("front_matter_broken", 3)]),
    ("---\n- a\n---\nText", {}, 3, [("front_matter_broken", 2)]),
    ("---\na: [\nb:\n- c\n- d\n---\nT", {"a": "[", "b": ["c", "d"]}, 6,
     [("front_matter_broken", 4)]),
    ("+++\na = 1\nb = [2]\n[c]\nd = true\n+++\nT", {"a": "1", "b": ["2"], "c": {"d": "True"}}, 6,
     []),
    ("+++\na = \n+++\nText", {}, 3, [("front_matter_broken", 1)]),
    ("+++\na = 1", {}, 0, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "fields", "length", "odd"), HEADERS)
def test_a_header_is_read_as_far_as_it_can_be(
    text: str, fields: dict[str, object], length: int, odd: list[tuple[str, int]]
):
    found, end, oddities = read_front_matter(text.split("\n") if text else [])
    assert (found, end) == (fields, length)
    assert [(one.code, one.line) for one in oddities] == odd


@pytest.mark.parametrize(
    ("fields", "draft", "staff", "day"),
    [
        ({}, False, False, ""),
        ({"draft": "True", "audience": "Staff", "date": "2024-02-03"}, True, True, "2024-02-03"),
        ({"draft": "no", "audience": "all", "ms.date": "02/03/2024"}, False, False, "2024-02-03"),
        ({"draft": None, "audience": None, "ms.date": "2024-02-03"}, False, False, "2024-02-03"),
        ({"draft": "1", "date": "soon", "ms.date": "2/3/2024"}, True, False, "2024-02-03"),
    ],
)
def test_what_fields_say(fields: dict[str, object], draft: bool, staff: bool, day: str):
    assert (is_draft(fields), is_for_staff(fields)) == (draft, staff)
    assert str(date_of(fields) or "") == day
