"""The entries of the supplied document and of both fixtures against the hand-counted table."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.reading.table import NUMBERS, Row, rows
from troubleshooting.texts.docfx import DocfxDocument, Entry, read_document
from troubleshooting.texts.structure import structure_article

ROOT = Path(__file__).resolve().parents[3]
SUPPLIED = ROOT.parent / "shared/documents/troubleshoot-device-enrollment.fr.md"
FIXTURES = ROOT / "fixtures"
needs_supplied = pytest.mark.skipif(not SUPPLIED.exists(), reason="needs ../shared")
PATHS = [
    pytest.param(SUPPLIED, marks=needs_supplied, id="supplied"),
    pytest.param(FIXTURES / "device-enrollment.fr.md", id="fr"),
    pytest.param(FIXTURES / "device-enrollment.en.md", id="en"),
]


def read(path: Path) -> DocfxDocument:
    return read_document(path.read_bytes(), path.name)


def counted(entry: Entry, language: str) -> Row:
    structured = structure_article(entry.texts, language)
    counts = structured.counts()
    return Row(
        entry.anchor,
        tuple(entry.platforms),
        tuple(counts[name] for name in NUMBERS),
        tuple(structured.distinct_codes()),
    )


@pytest.mark.parametrize("path", PATHS)
def test_entries_are_those_counted_by_hand(path: Path):
    document = read(path)
    found = [counted(entry, document.language) for entry in document.entries]
    assert found == rows()


def test_the_table_agrees_with_the_totals_of_the_document():
    table = rows()
    codes = {code for row in table for code in row.codes}
    totals = {name: sum(row.numbers[i] for row in table) for i, name in enumerate(NUMBERS)}
    assert len(table) == 44
    assert len({code for code in codes if code.startswith("0x")}) == 33
    assert len({code for code in codes if not code.startswith("0x")}) == 7
    assert (totals["images"], totals["alerts"]) == (11, 3)


@pytest.mark.parametrize("path", PATHS)
def test_every_line_is_accounted_for(path: Path):
    document = read(path)
    held = {
        number
        for placement in document.structure
        for number in range(placement.lines[0], placement.lines[1] + 1)
    }
    held |= {
        number
        for entry in document.entries
        for placement in entry.placements
        for number in range(placement.lines[0], placement.lines[1] + 1)
    }
    assert held == set(range(1, document.line_count + 1))
    assert not [place for place in document.structure if place.section == "unaccounted"]


@needs_supplied
def test_the_broken_link_of_the_original_is_reported_with_its_line():
    oddities = read(SUPPLIED).warnings
    assert [(o.code, o.detail) for o in oddities] == [
        ("broken_link", "ttps://www.digicert.com/help/")
    ]
    line = SUPPLIED.read_text("utf-8").splitlines()[oddities[0].line - 1]
    assert "ttps://www.digicert.com/help/" in line


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_edition_gives_no_warning(language: str):
    assert read(FIXTURES / f"device-enrollment.{language}.md").warnings == []


@needs_supplied
def test_the_edition_has_the_anchors_of_the_original():
    originals = [(e.anchor, e.platforms, e.row) for e in read(SUPPLIED).entries]
    for language in ("fr", "en"):
        edition = read(FIXTURES / f"device-enrollment.{language}.md").entries
        assert [(e.anchor, e.platforms, e.row) for e in edition] == originals
