"""The samples, and what a good editor makes of them (``expected.txt``)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.importing.formats.word import samples as word_samples
from troubleshooting.texts.converting import Converted, ProductPage
from troubleshooting.texts.converting.formats import convert
from troubleshooting.texts.docfx import DocfxDocument, Entry, read_document
from troubleshooting.texts.structure import structure_article

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"


class Row(NamedTuple):
    """An article of a sample."""

    sample: str
    document: str
    language: str
    title: str
    codes: str
    platforms: str
    steps: str
    alerts: str
    images: str


def expected() -> list[Row]:
    """Return the rows of the table."""
    lines = (HERE / "expected.txt").read_text("utf-8").splitlines()
    rows = (line.split(" | ") for line in lines if line and not line.startswith("#"))
    return [Row(*(cell.strip(" |") for cell in _cells(row))) for row in rows]


def _cells(row: list[str]) -> list[str]:
    """Return nine cells: an empty one leaves its two bars side by side."""
    return [cell.strip() for cell in " | ".join(row).replace("| |", "|  |").split("|")]


@cache
def sample(name: str) -> list[Converted]:
    """Return the documents of a sample; a Markdown file is one as it is."""
    folder = SAMPLES / name.split("/")[0]
    files = [p for p in folder.rglob("*") if p.is_file()] if folder.is_dir() else []
    names = frozenset(path.relative_to(folder).as_posix() for path in files)
    raw = word_samples()[name] if name.endswith(".docx") else (SAMPLES / name).read_bytes()
    found = convert(ProductPage(raw, name.split("/", 1)[1], names))
    return [Converted(raw.decode())] if found is None else found


def read(name: str, converted: Converted) -> DocfxDocument:
    """Return what the importer makes of a document."""
    path = f"{converted.number}.md" if converted.number else name.rsplit("/", 1)[-1]
    return read_document(converted.text.encode(), path)


def made(name: str) -> Iterator[Row]:
    """Yield the articles of a sample."""
    for converted in sample(name):
        document = read(name, converted)
        for entry in document.entries:
            yield _row(name, converted.number or "-", document.language, entry)


def _row(name: str, number: str, language: str, entry: Entry) -> Row:
    found = structure_article(entry.texts, language)
    steps = [step for step in found.steps if not step.parent]
    counts = (sum(s.resolution == r.anchor for s in steps) for r in found.resolutions)
    return Row(
        name,
        number,
        language,
        entry.title.replace("\u00a0", " "),
        " ".join(found.distinct_codes()),
        " ".join(entry.platforms),
        " ".join(map(str, counts)),
        str(found.alerts),
        str(found.images),
    )
