"""The tables of inputs that people wrote are whole: halves, columns, languages, kinds."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[2]
PEOPLE = TESTS / "search" / "people.tsv"
TRUTH = sorted((TESTS / "importing" / "truth").glob("*.tsv"))
ASKED_ONCE = sorted((TESTS / "importing" / "truth" / "asked_once").glob("*.tsv"))


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table by the names of its columns; quotation marks are characters."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_queries_are_split_evenly_in_every_kind():
    queries = rows(PEOPLE)
    assert len({query["id"] for query in queries}) == len(queries) >= 300
    assert {query["language"] for query in queries} == {"fr", "en"}
    halves = Counter((query["kind"], query["half"]) for query in queries)
    for kind in {query["kind"] for query in queries}:
        assert abs(halves[kind, "tune"] - halves[kind, "report"]) <= 2, kind
    assert all(query["query"].strip() and query["expected"].strip() for query in queries)


@pytest.mark.parametrize("path", TRUTH, ids=lambda path: path.stem)
def test_documents_are_split_evenly_and_their_articles_are_numbered(path: Path):
    articles = rows(path)
    half_of: dict[str, str] = {}
    numbers: dict[str, list[int]] = {}
    for article in articles:
        assert half_of.setdefault(article["path"], article["half"]) == article["half"]
        numbers.setdefault(article["path"], []).append(int(article["article"]))
    halves = Counter(half_of.values())
    assert set(halves) == {"guide", "report"}
    assert abs(halves["guide"] - halves["report"]) <= 1
    assert all(found in ([0], list(range(1, len(found) + 1))) for found in numbers.values())


@pytest.mark.parametrize("path", ASKED_ONCE, ids=lambda path: path.stem)
def test_documents_that_are_asked_once_are_reported_alone(path: Path):
    assert {article["half"] for article in rows(path)} == {"report"}
