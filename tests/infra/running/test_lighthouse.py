"""`make lighthouse`: its table says what the reports do, and the script what is missing."""

import shutil

import pytest

from scripts.browsing import lighthouse


def report(score: float) -> dict:
    audits = {
        audit: {"score": score, "numericValue": 1000.0} for _, audit, *_ in lighthouse.FIGURES
    }
    weighed = [{"id": "largest-contentful-paint", "weight": 1}]
    categories = {name: {"score": score, "auditRefs": weighed} for name in lighthouse.SCORES}
    return {"categories": categories, "audits": audits}


def test_the_median_counts_and_what_is_weak_is_named():
    runs = {"home": [report(1), report(0.5), report(1)], "code": [report(0.9)] * 3}
    assert "| home | 100 | 100 | 100 | 100 | 1000.000 | 1000 | 1000 | 1.0 |" in lighthouse.table(
        runs
    )
    weak = lighthouse.weaknesses(runs)
    assert [line.split(":")[0] for line in weak] == ["code"] * 4
    assert weak[0] == "code: performance 90 (largest-contentful-paint)"


@pytest.mark.parametrize(
    ("missing", "word"),
    [("node", "Node.js"), ("npm", "Node.js"), (("chrom", "google"), "Chromium")],
)
def test_says_what_is_missing(monkeypatch, missing, word):
    def which(name):  # Chromium has several names
        return None if name.startswith(missing) else f"/{name}"

    monkeypatch.setattr(shutil, "which", which)
    with pytest.raises(SystemExit, match=word):
        lighthouse._programs()
