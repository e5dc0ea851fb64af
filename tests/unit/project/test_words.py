"""One thing has one word: no text of the interface uses a word that ``docs/words.md`` rules out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from kbportal import catalogues

ROOT = Path(__file__).parents[3]


def ruled_out(column: int) -> list[str]:
    """Return the words of a column of the table, one or more a row."""
    lines = (ROOT / "docs/words.md").read_text("utf-8").splitlines()
    rows = [line.strip("|").split("|") for line in lines if line.startswith("|")][2:]
    return [word.strip() for row in rows for word in row[column].split(",") if word.strip()]


def texts(catalogue: Catalog, side: str) -> Iterator[str]:
    for message in catalogue:
        if message.id:
            value = message.id if side == "id" else message.string
            yield from value if isinstance(value, list | tuple) else (str(value),)


def found(word: str, side: str) -> list[str]:
    """Return the texts of the French catalogue, sources ("id") or translations, with the word.

    What stands between backticks is a value that programs read.
    """
    catalogue = catalogues.read(ROOT / "troubleshooting/locale/fr/LC_MESSAGES/django.po")
    pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
    return [text for text in texts(catalogue, side) if pattern.search(re.sub(r"`[^`]*`", "", text))]


@pytest.mark.parametrize("word", ruled_out(2))
def test_no_english_text_uses_another_word(word: str):
    assert found(word, "id") == []


@pytest.mark.parametrize("word", ruled_out(3))
def test_no_french_text_uses_another_word(word: str):
    assert found(word, "string") == []


#: What French typography rules out.
UNTYPOGRAPHIC = {
    "a plain space before a sign": r" [:;?!»]|« ",
    "no space before a sign": r"[^\W\d_][;?!»](\s|$)|[^\W\d_]:(\s|$)",
    "a plain space before a unit": r"\d (Mo|Go|octets)\b|[nN]° ",
    "a straight apostrophe": r"[^\W\d_]'[^\W\d_]",
    "three points": r"\.\.\.",
}
#: What is written as programs read it: addresses, names of values, code, elements, patterns.
AS_WRITTEN = re.compile(
    r"https?://\S+|%\(\w+\)[sd]|\{\w+\}|<[^>]+>|``[^`]*``|`[^`]*`|\S*\*\S*|!\[|::1"
)


@pytest.mark.parametrize("pattern", UNTYPOGRAPHIC.values(), ids=UNTYPOGRAPHIC.keys())
def test_french_is_typeset_as_french(pattern: str):
    catalogue = catalogues.read(ROOT / "troubleshooting/locale/fr/LC_MESSAGES/django.po")
    shown = [AS_WRITTEN.sub("X", text) for text in texts(catalogue, "string")]
    assert [text for text in shown if re.search(pattern, text)] == []


def test_a_word_of_the_texts_would_be_found():
    assert found("result", "id")
    assert found("résultat", "string")
