"""What the importer makes of a real document, in the terms of the tables of truth."""

from __future__ import annotations

from pathlib import Path

from scripts.truth.scoring import PLATFORMS, Made, code_key
from troubleshooting.texts.docfx import Entry
from troubleshooting.texts.structure import structure_article

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LANGUAGES = ("fr", "en", "de")


def include_from(path: Path, base: Path) -> str | None:
    """Return the text of a file beside the document at ``base``; None where there is none."""
    file = (base.parent / str(path).removeprefix("~/")).resolve()
    return file.read_text("utf-8-sig") if file.is_file() else None


def made_of(entry: Entry, language: str) -> Made:
    """Return the article that ``entry`` becomes."""
    found = structure_article(entry.texts, language)
    steps = [step for step in found.steps if not step.parent]
    return Made(
        title=entry.title,
        codes=frozenset(code_key(name) for name in found.distinct_codes()),
        platforms=frozenset(entry.platforms) & PLATFORMS,
        resolutions=tuple(
            sum(step.resolution == resolution.anchor for step in steps)
            for resolution in found.resolutions
        ),
        problem=entry.kind != "advice",
    )
