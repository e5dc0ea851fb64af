"""The canonical form: what it looks like, and that readers see the structure that was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.cases import read_cases
from tests.unit.markup.shapes import shape_of_blocks, shape_of_html
from troubleshooting.texts.markup import canonical, read_blocks

CASES = read_cases(Path(__file__).parent / "cases/canonical.txt")


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_canonical_form(text: str, expected: str):
    assert canonical(text) == expected


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_readers_see_the_structure_that_was_read(text: str, expected: str):
    assert shape_of_html(expected) == shape_of_blocks(read_blocks(text))


WORDS = st.sampled_from(["install", "the app", "**bold**", "`code`", "l’appareil", "0x80CF0437"])
LINE = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def nested(depth: int):
    """Blocks of Markdown as authors write them: lists of three indents, quotes, code."""
    if depth == 0:
        return LINE
    inner = nested(depth - 1)
    indent = st.sampled_from([2, 3, 4])

    def items(drawn) -> str:
        marker, width, texts = drawn
        width = max(width, len(marker) + 1)
        return "\n\n".join(
            f"{marker} ".ljust(width) + text.replace("\n", "\n" + " " * width) for text in texts
        )

    lists = st.tuples(
        st.sampled_from(["-", "1."]), indent, st.lists(inner, min_size=1, max_size=3)
    ).map(items)
    quotes = inner.map(lambda text: "> [!NOTE]\n> " + text.replace("\n", "\n> "))
    code = LINE.map(lambda text: f"```\n{text}\n```")
    pairs = st.tuples(LINE, st.one_of(lists, quotes, code)).map("\n\n".join)
    return st.one_of(LINE, pairs)


@settings(max_examples=200, deadline=None)
@given(nested(3))
def test_canonical_of_canonical_is_the_same(text: str):
    once = canonical(text)
    assert canonical(once) == once


@settings(max_examples=200, deadline=None)
@given(nested(3))
def test_readers_see_the_structure_of_any_text(text: str):
    form = canonical(text)
    assert shape_of_html(form) == shape_of_blocks(read_blocks(form))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_canonical_form(text: str):
    once = canonical(text)
    assert canonical(once) == once


@pytest.mark.parametrize("marker", ["-", "+", "*", "1.", "12)"])
@pytest.mark.parametrize("blank", ["\x1f", "\x0c", "\x85", "\u2003"])
def test_a_marker_before_a_blank_that_ends_no_word_stays_text(marker: str, blank: str):
    """Only space and tab make an item of it; once the blank is gone it must not become one."""
    once = canonical(marker + blank)
    assert marker in once.replace("\\", "")
    assert canonical(once) == once
    assert canonical(f"In\n{marker}{blank}") == canonical(canonical(f"In\n{marker}{blank}"))
