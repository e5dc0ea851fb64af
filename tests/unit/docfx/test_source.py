"""The bytes of a file: what is read of them, and what is said of those that are no text."""

from __future__ import annotations

import pytest

from troubleshooting.texts.docfx.errors import DocumentError
from troubleshooting.texts.docfx.faq import read_faq
from troubleshooting.texts.docfx.source import MAX_BYTES, decode


@pytest.mark.parametrize(
    ("raw", "text"),
    [(b"\xef\xbb\xbfa", "a"), (b"a\r\nb\rc\n", "a\nb\nc\n"), (b"x" * MAX_BYTES, "x" * MAX_BYTES)],
    ids=["byte order mark", "line ends", "as large as allowed"],
)
def test_a_text_has_line_feeds_alone(raw: bytes, text: str):
    assert decode(raw) == text


@pytest.mark.parametrize(
    ("raw", "code", "line", "detail"),
    [
        (b"", "empty", None, ""),
        (b" \n\t", "empty", None, ""),
        (b"a\nb\xff", "not_utf8", 2, "0xFF"),
        (b"a\n\nb\0", "binary", 3, ""),
        (b"x" * 5_820_000, "too_large", None, "5.6"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(
    raw: bytes, code: str, line: int | None, detail: str
):
    with pytest.raises(DocumentError) as refused:
        decode(raw)
    error = refused.value
    assert (error.code, error.line, error.detail) == (code, line, detail)


@pytest.mark.parametrize(
    ("text", "line"),
    [("### YamlMime:FAQ\ntitle: [a\nsummary: b\n", 3), ("#YamlMime:FAQ\n\ta: b", 2)],
)
def test_questions_in_broken_yaml_are_refused_with_the_line(text: str, line: int):
    with pytest.raises(DocumentError) as refused:
        read_faq(text.split("\n"))
    assert (refused.value.code, refused.value.line) == ("front_matter_broken", line)
