"""Score what the importer reads against what an editor would make of 60 real documents.

The tables are in ``tests/importing/truth/``, the documents in ``../shared/corpus``, outside of the
project. Every document counts once.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from scripts.truth.reading import CORPUS, LANGUAGES, include_from, made_of
from scripts.truth.scoring import MEASURES, Score, expected_of, mean, score
from troubleshooting.texts.docfx import read_document

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "tests" / "importing" / "truth"


def rows() -> dict[str, list[dict[str, str]]]:
    """Return the rows of all tables by document, in the order of the tables."""
    documents: dict[str, list[dict[str, str]]] = {}
    for path in sorted(TABLES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
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


def show(name: str, scores: list[Score]) -> None:
    """Print the averages over documents."""
    print(f"\n{name} half, {len(scores)} documents")
    for measure in MEASURES:
        value = mean(each.values[measure] for each in scores)
        print(f"  {measure:<16}{'-' if value is None else f'{value:.3f}'}")


def main() -> None:
    """Score both halves; ``--details`` prints the differences in the guiding half alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--details", action="store_true", help="differences, guiding half alone")
    options = parser.parse_args()
    if not options.corpus.is_dir():
        print(f"Skipped: there are no documents in {options.corpus}.")
        return
    halves: dict[str, list[Score]] = {"guide": [], "report": []}
    for relative, table in rows().items():
        result = score_document(options.corpus / relative, relative, table)
        halves[table[0]["half"]].append(result)
        if options.details and table[0]["half"] == "guide" and result.differences:
            shown = "  ".join(f"{n} {v:.2f}" for n, v in result.values.items() if v is not None)
            print(f"\n{relative}\n  {shown}", *result.differences[:12], sep="\n  ")
    for name, scores in halves.items():
        show({"guide": "Guiding", "report": "Reported"}[name], scores)


if __name__ == "__main__":
    main()
