"""Score what the importer reads against what an editor would make of 60 real documents.

The tables are in ``tests/importing/truth/``, the documents in ``../shared/corpus``, outside of the
project. Every document counts once.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path

from scripts.truth_scoring import MEASURES, Made, Score, code_key, expected_of, mean, score
from troubleshooting.texts.docfx import Entry, read_document
from troubleshooting.texts.structure import structure_article

ROOT = Path(__file__).resolve().parents[1]
TABLES = ROOT / "tests" / "importing" / "truth"
CORPUS = ROOT.parent / "shared" / "corpus"
LANGUAGES = ("fr", "en", "de")
PLATFORMS = frozenset({"android", "ios", "macos", "windows"})


def rows() -> dict[str, list[dict[str, str]]]:
    """Return the rows of all tables by document, in the order of the tables."""
    documents: dict[str, list[dict[str, str]]] = {}
    for path in sorted(TABLES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                documents.setdefault(row["path"], []).append(row)
    return documents


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
