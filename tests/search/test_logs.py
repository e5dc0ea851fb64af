"""Logs of real formats with invented content: what is marked, what is not, which article leads.

``logs/expected.tsv`` says for each file which codes and messages of the base must be marked, what
must not be marked as one (``never``), and what the first article is about (``-``: no article is
found; ``@ios`` after it: that of the platform). Half of the files was held back while the rules
were made.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.search.conftest import ask
from troubleshooting.models import ArticleTranslation
from troubleshooting.search import SearchResult
from troubleshooting.search.words.folding import words

pytestmark = pytest.mark.django_db

LOGS = Path(__file__).with_name("logs")
FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@dataclass(frozen=True)
class ExpectedLog:
    file: str
    half: str
    language: str
    codes: tuple[str, ...]
    messages: tuple[str, ...]
    never: tuple[str, ...]
    first: str

    @property
    def text(self) -> str:
        return (LOGS / self.file).read_text("utf-8")


def read() -> list[ExpectedLog]:
    """Return the rows of the table."""
    with (LOGS / "expected.tsv").open(encoding="utf-8", newline="") as file:
        return [
            ExpectedLog(
                row["file"],
                row["half"],
                row["language"],
                *(
                    tuple(filter(None, row[name].split("|")))
                    for name in ("codes", "messages", "never")
                ),
                row["first"],
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def wrong(expected: ExpectedLog, result: SearchResult) -> list[str]:
    """Return what an answer to a log misses or has too much."""
    text, found = expected.text, []
    marked = {one.what: set() for one in result.evidence} | {"code": set(), "message": set()}
    for one in result.evidence:
        value = one.value.casefold() if one.what == "code" else " ".join(words(one.value))
        marked[one.what].add(value)
    known = {one.value.casefold() for one in result.evidence if one.known and one.what == "code"}
    found += [f"code {code}" for code in expected.codes if code.casefold() not in known]
    for message in expected.messages:
        if " ".join(words(message)) not in marked["message"]:
            found.append(f"message {message}")
    shown = {text[one.start : one.end].casefold() for one in result.evidence}
    for never in expected.never:
        if any(never.casefold() in one for one in shown):
            found.append(f"never {never}")
    return found + _wrong_first(expected, result)


def _wrong_first(expected: ExpectedLog, result: SearchResult) -> list[str]:
    hits = [*result.hits, *result.guesses]
    if expected.first == "-":
        return [f"hit {hit.title}" for hit in result.hits[:1]]
    name, _, platform = expected.first.partition("@")
    if not hits:
        return ["no article"]
    texts = ArticleTranslation.objects.filter(article=hits[0].article_id).prefetch_related(
        "citations"
    )
    titles = {text.title for text in texts if text.language == "en"}
    codes = {one.spelling.casefold() for text in texts for one in text.citations.all()}
    right = name in titles or name.casefold() in codes
    if not right or (platform and platform not in hits[0].platforms):
        return [f"first {hits[0].title}"]
    return []


@pytest.fixture
def fixtures(db):
    """The articles that are shipped."""
    call_command("import_docs", *sorted(map(str, FIXTURES.glob("*.md"))), verbosity=0)


@pytest.mark.usefixtures("fixtures")
def test_logs():
    answers = {one.file: wrong(one, ask(one.text, one.language)) for one in read()}
    assert {file: found for file, found in answers.items() if found} == {}
