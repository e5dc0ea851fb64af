"""What the dialect adds to CommonMark, as plain-text cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cases import read_cases
from troubleshooting.texts.docfx.lines import MARK, preprocess

FILES = {
    "includes/outer.md": "Outer words\n\n[!INCLUDE [Inner](inner.md)]",
    "includes/inner.md": "Inner words\n\n[!INCLUDE [Outer](outer.md)]",
}


@pytest.mark.parametrize(
    ("text", "expected"), read_cases(Path(__file__).parent / "cases/dialect.txt")
)
def test_the_dialect_in_commonmark(text: str, expected: str):
    found = preprocess(text.split("\n"), 0, FILES.get)
    assert "\n".join(found.text).replace(MARK, "") == expected


def test_every_line_remembers_its_own():
    lines = ["---", "---", "a[^1]", "[^1]: b", "[!INCLUDE [x](includes/outer.md)]", "c"]
    found = preprocess(lines, 2, FILES.get)
    assert len(found.text) == len(found.origin)
    assert dict(zip(found.text, found.origin, strict=True)).items() >= {
        ("a (b)", 2),
        ("Outer words", 4),
        ("c", 5),
    }
    assert found.directives == {3, 4}


@pytest.mark.parametrize(("lines", "is_one"), [(2, True), (12, True), (13, False)])
def test_a_mark_is_written_over_a_few_lines(lines: int, is_one: bool):
    written = [":::image source='a.png'", *["border='no'"] * (lines - 2), "alt-text='A':::", "End"]
    found = preprocess(written, 0, FILES.get)
    assert found.text == (["![A](a.png)", "End"] if is_one else ["![](a.png)", *written[1:]])
    assert found.origin[-1] == lines
