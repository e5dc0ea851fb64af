"""Short texts in ten languages: each in its own, refused under it, or called a guess.

What is filed under another language without a word is what must not happen.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooting.texts.docfx import DocumentError, read_document

#: Languages, texts in them of a few words (in the file a line break is ``\n``), and ``guess`` where
#: they are too short to tell.
LINES = (Path(__file__).parent / "short_texts.tsv").read_text("utf-8").splitlines()
TEXTS = [
    (language, text.replace("\\n", "\n"), mark == ["guess"])
    for language, text, *mark in (line.split("\t") for line in LINES)
]


def read(text: str) -> tuple[str, bool]:
    """Return the language that a text is read in or refused under, and whether it is a guess."""
    try:
        document = read_document(f"# X\n\n{text}".encode(), "a.md")
    except DocumentError as refused:
        return refused.detail, False
    return document.language, "language_guessed" in [each.code for each in document.warnings]


@pytest.mark.parametrize(("language", "text", "is_too_short"), TEXTS)
def test_each_is_told_or_called_a_guess(language: str, text: str, is_too_short: bool):
    found, is_guess = read(text)
    assert is_guess is is_too_short
    assert found == language or is_guess


@pytest.mark.parametrize("text", ["Reboot.", "0x80070005"])
def test_what_tells_nothing_is_a_guess(text: str):
    assert read(text) == ("fr", True)


def test_one_that_is_named_is_none():
    document = read_document(b"# X\n\nReboot.", "a.en.md")
    assert (document.language, [w.code for w in document.warnings if "guess" in w.code]) == (
        "en",
        [],
    )


def test_letters_of_codes_are_no_words():
    assert read("The list is long.\n\n" + "0x8009030:e o\n" * 20) == ("en", False)
