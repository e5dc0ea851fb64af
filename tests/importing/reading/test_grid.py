"""Small documents in which the ways of telling of problems meet in pairs (``scripts.truth.grid``).

What an editor would make of each follows from what it is composed of. The half that rules are made
with and the half that nobody looks into have a bound each: what was reached.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest

from scripts.truth.grid.measuring import results
from scripts.truth.grid.pairwise import cover
from scripts.truth.grid.ways import ways
from scripts.truth.grid.words import LANGUAGES

#: The share of documents read wholly as an editor would, by kind and half, in each language.
REACHED = {
    ("pages", "guide"): 0.99,
    ("pages", "report"): 0.985,
    ("tables", "guide"): 1.0,
    ("tables", "report"): 1.0,
    ("ways", "guide"): 1.0,
    ("ways", "report"): 1.0,
    ("plain", "guide"): 1.0,
    ("plain", "report"): 0.96,
}


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_documents_are_read_as_an_editor_would(language: str):
    every, right, wrong = Counter(), Counter(), []
    for result in results(language):
        key = result.page.kind, result.page.half
        every[key] += 1
        right[key] += result.right
        if not result.right and result.page.half == "guide":
            wrong.append("\n  ".join([result.page.name, *result.told]))
    shares = {key: right[key] / every[key] for key in REACHED}
    assert not {key for key in REACHED if shares[key] < REACHED[key]}, "\n".join(wrong)


def test_every_two_values_that_may_stand_together_do():
    dimensions = {"a": ("1", "2", "3"), "b": ("1", "2"), "c": ("1", "2", "3")}
    rows = cover(dimensions, lambda row: (row["a"], row["b"]) != ("3", "1"))
    found = {pair for row in rows for pair in combinations(row.items(), 2)}
    assert len(found) == 3 * 2 + 3 * 3 + 2 * 3 - 1
    assert len(rows) < 3 * 2 * 3


def test_a_document_stays_in_its_half():
    halves = [(page.name, page.half) for page in ways("en")]
    assert halves == [(page.name, page.half) for page in ways("en")]
    assert {half for _, half in halves} == {"guide", "report"}
