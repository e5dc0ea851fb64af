"""A label that no language has yet, added as CONTRIBUTING says: a word in the list of its part."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from troubleshooting.texts import languages
from troubleshooting.texts.languages.matching import label_of

#: Each: language, part, the word as it is added, how a document writes it.
LABELS = [
    ("fr", "cause", "d'où ça vient", "**D’où ça vient :**"),
    ("fr", "resolution", "coups? de main", "**COUPS DE MAIN #2 :**"),
    ("en", "problem", "what hurts", "<strong>What hurts:</strong>"),
    ("en", "resolution", "cures?", "**Cure 1**:"),
    ("de", "cause", "wurzeln?", "__Wurzel:__"),
]
#: A header alone, whole and in any order of its words.
HEADERS = [
    ("columns", "cause", "whence it came", "Whence it came", "cause"),
    ("column_words", "resolution", "cures?", "Suggested cures (tested)", "resolution"),
]

Add = Callable[[str, str, str, str], None]


@pytest.fixture
def add(tmp_path: Path, monkeypatch) -> Add:
    """Return what adds a word to a list in a copy of the languages."""
    folder = tmp_path / "languages"
    shutil.copytree(str(languages.FOLDER), folder)
    monkeypatch.setattr(languages, "FOLDER", folder)
    for remembered in ("labels_for", "_documents"):
        monkeypatch.setattr(languages, remembered, getattr(languages, remembered).__wrapped__)

    def add(language: str, table: str, part: str, word: str) -> None:
        file = folder / language / "documents.toml"
        head, table_head, rest = file.read_text("utf-8").partition(f"\n[{table}]\n")
        before, name, after = f"\n{rest}".partition(f"\n{part} = [")
        assert table_head
        assert name
        file.write_text(f'{head}{table_head}{before[1:]}{name}"{word}", {after}', "utf-8")

    return add


def part_of(label: str, language: str) -> str | None:
    """Return what the portal takes a bold line for."""
    found = label_of(f"{label} text", languages.labels_for(language))
    return found.part if found else None


@pytest.mark.parametrize(("language", "part", "word", "written"), LABELS)
def test_a_label_is_one_word_in_one_list(language, part, word, written, add: Add):
    assert part_of(written, language) is None
    add(language, "labels", part, word)
    assert part_of(written, language) == part


@pytest.mark.parametrize(("table", "kind", "word", "header", "expected"), HEADERS)
def test_a_header_is_one_word_in_one_list(table, kind, word, header, expected, add: Add):
    assert languages.labels_for("en").column(header) is None
    add("en", table, kind, word)
    assert languages.labels_for("en").column(header) == expected
