"""What a good editor would make of the shapes in which documents tell of problems.

Below each document stand its articles: kind, title, codes, and the steps of each resolution.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cases import read_cases
from troubleshooting.texts.docfx import Entry, read_document
from troubleshooting.texts.structure import structure_article

CASES = Path(__file__).parent / "cases"


def written(entry: Entry, language: str) -> str:
    found = structure_article(entry.texts, language)
    steps = [
        str(sum(s.resolution == each.anchor and not s.parent for s in found.steps))
        for each in found.resolutions
    ]
    platforms = f" ({' '.join(entry.platforms)})" if entry.platforms else ""
    codes = " ".join(found.distinct_codes())
    said = [f"{entry.kind}{platforms} {entry.title}", codes, ",".join(steps) or "-"]
    return " | ".join(said)


def articles(text: str, language: str) -> str:
    document = read_document(text.encode(), "page.md", language=language)
    assert not [place for place in document.structure if place.section == "unaccounted"]
    lines = [written(entry, language) for entry in document.entries]
    return "\n".join([*lines, *(f"! {oddity.code} {oddity.line}" for oddity in document.warnings)])


ENGLISH = [
    case
    for name in ("kinds", "kinds-wordings", "kinds-apart", "kinds-vendors")
    for case in read_cases(CASES / f"{name}.txt")
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: str):
    assert articles(text, "en") == expected


@pytest.mark.parametrize(("text", "expected"), read_cases(CASES / "kinds-french.txt"))
def test_french(text: str, expected: str):
    assert articles(text, "fr") == expected


@pytest.mark.parametrize(("text", "expected"), read_cases(CASES / "kinds-german.txt"))
def test_german(text: str, expected: str):
    assert articles(text, "de") == expected
