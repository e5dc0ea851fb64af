"""Score what the importer reads against what an editor would make of real documents.

The tables are in ``tests/importing/truth/``. The documents of most are in ``../shared/corpus``,
outside of the project; ``--public DIR`` scores those of public repositories instead, which are in
the folders ``en``, ``fr`` and ``other`` of DIR, below the name of their repository. Every document
counts once.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.truth.reading import CORPUS, LANGUAGES, include_from, made_of
from scripts.truth.scoring import MEASURES, Score, expected_of, mean, score
from troubleshooting.texts.docfx import read_document

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tests" / "importing" / "truth"
#: The readings by their tables; who wrote a later one knew nothing of the results before.
READINGS = {
    "first": ("other-families", "support-families"),
    "second": ("second-reading",),
    "third": ("third-reading",),
    "fourth": ("fourth-reading",),
    "fifth": ("fifth-reading",),
}
#: Readings of public documents; the last word of a name is the folder in which these are.
PUBLIC = {
    "en": ("public-en",),
    "fr": ("public-fr",),
    "other": ("public-other",),
    "plain en": ("asked_once/en",),
    "plain fr": ("asked_once/fr",),
    "later en": ("later/en",),
    "later fr": ("later/fr",),
    "later other": ("later/other",),
    "fresh all": ("fresh/all",),
    "fresh more": ("fresh/more",),
    "fresh latest": ("fresh/latest",),
    "fresh newest": ("fresh/newest",),
    "fresh ninth": ("fresh/ninth",),
    "fresh tenth": ("fresh/tenth",),
    "fresh eleventh": ("fresh/eleventh",),
}
HALVES = {"guide": "Guiding", "report": "Reported"}


def rows(tables: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of ``tables`` by document, in the order of the tables."""
    documents: dict[str, list[dict[str, str]]] = {}
    for name in tables:
        with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                documents.setdefault(row["path"], []).append(row)
    return documents


def score_document(path: Path, relative: str, table: list[dict[str, str]]) -> Score:
    """Return the measures of the document at ``path``; ``table`` holds its rows."""
    document = read_document(
        path.read_bytes(),
        relative,
        languages=LANGUAGES,
        include=lambda name: include_from(Path(name), path),
    )
    made = [made_of(entry, document.language) for entry in document.entries]
    return score([expected_of(row) for row in table if row["article"] != "0"], made)


def show(half: str, scores: Mapping[str, list[Score]]) -> None:
    """Print the averages over the documents of a half, of each reading and of all."""
    columns = {**scores, "all": [each for found in scores.values() for each in found]}
    print(f"\n{HALVES[half] + ' half':<16}" + "".join(f"{name:>13}" for name in columns))
    print(f"{'documents':<16}" + "".join(f"{len(found):>13}" for found in columns.values()))
    for measure in MEASURES:
        values = [mean(each.values[measure] for each in found) for found in columns.values()]
        shown = "".join(f"{'-' if value is None else f'{value:.3f}':>13}" for value in values)
        print(f"{measure:<16}{shown}")


def show_details(relative: str, result: Score) -> None:
    """Print what differs in a document."""
    shown = "  ".join(f"{n} {v:.2f}" for n, v in result.values.items() if v is not None)
    print(f"\n{relative}\n  {shown}", *result.differences[:12], sep="\n  ")


def main() -> None:
    """Score both halves; ``--details`` shows the guiding half alone, with its differences."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--public", type=Path, help="folder of public documents, instead")
    parser.add_argument("--details", action="store_true", help="differences, guiding half alone")
    options = parser.parse_args()
    folder = options.public or options.corpus
    if not folder.is_dir():
        print(f"Skipped: there are no documents in {folder}.")
        return
    scores: dict[str, dict[str, list[Score]]] = {}
    for reading, tables in (PUBLIC if options.public else READINGS).items():
        base = folder / reading.split()[-1] if options.public else folder
        for relative, table in rows(tables).items():
            half = table[0]["half"]
            if options.details and half != "guide":
                continue
            result = score_document(base / relative, relative, table)
            scores.setdefault(half, {}).setdefault(reading, []).append(result)
            if options.details and result.differences:
                show_details(relative, result)
    for half in HALVES:
        if half in scores:
            show(half, scores[half])


if __name__ == "__main__":
    main()
