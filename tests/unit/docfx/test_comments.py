"""Words in a comment of a document are told, since nobody sees them."""

from __future__ import annotations

import pytest

from troubleshooting.texts.docfx import read_document

BEGIN = "---\ntitle: T\n---\n# T\n\n## Problem\n\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Run <!-- net use --> now.", [(8, "net use")]),
        ("One.\n\n<!--\nAsk the\nadministrator.\n-->\n\nTwo.", [(10, "Ask the administrator.")]),
        ("One. <!-- Not ended yet\n\nTwo.", []),  # shown: it is no comment
        ("<div>\n<!-- Not ended yet\n</div>", []),
        (f"<!-- {'-' * 80} net use -->", [(8, "-" * 80)]),  # cut, but looked at as a whole
        ("One <!-- 736542 --> <!-- VSO TBA2 --> <!-- ### -->.", []),  # marks of the authors
        ("```\n<!-- in a listing -->\n```", []),
        ("`<!-- in a line -->`", []),
    ],
)
def test_words_of_comments(text: str, told: list[tuple[int, str]]):
    oddities = read_document((BEGIN + text).encode(), "a.md", language="en").warnings
    assert [(one.line, one.detail) for one in oddities if one.code == "comment"] == told
