"""Twenty tasks as callers put them: the first answer cites the step that solves each.

``tasks.tsv`` was written by somebody who saw the documents of ``fixtures/`` and not the program:
the task, its language, words of the title of the right article, words of the right step. The
assistant asks by the official client, once; the words must stand in what the first article is
quoted with, in one place (a step, or the steps of one resolution), with number and revision.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.integrations.assistants.assistant import session
from tests.kept import inserted
from troubleshooting.models import Article
from troubleshooting.search.words.folding import words

ROOT = Path(__file__).resolve().parents[3]
TASKS = list(csv.DictReader((Path(__file__).parent / "tasks.tsv").open(), delimiter="\t"))


def places(sentences: list[dict]) -> dict[str, set[str]]:
    """Return the words of each place: a section, a resolution with its steps, a step."""
    found: dict[str, set[str]] = {}
    for one in sentences:
        for place in {one["anchor"], one["anchor"].partition("-step-")[0]}:
            found.setdefault(place, set()).update(words(one["text"]))
    return found


@pytest.fixture
def documents(db):
    def fill() -> None:
        call_command(
            "import_docs", *sorted(map(str, (ROOT / "fixtures").glob("*.md"))), verbosity=0
        )

    inserted("fixtures", fill)


def test_the_first_answer_to_each_task_cites_the_step(documents):
    async def ask(client):
        return [
            await client.call_tool("search", {"query": one["task"], "language": one["language"]})
            for one in TASKS
        ]

    missed = []
    for task, found in zip(TASKS, session(ask), strict=True):
        first, *_ = found.structured_content["articles"]
        sentences = [
            one
            for one in found.structured_content["sentences"]
            if one["article"] == first["article"]
        ]
        wanted = set(words(task["step"]))
        is_cited = any(place and wanted <= said for place, said in places(sentences).items())
        if not (is_cited and {*words(task["article"])} <= {*words(first["title"])}):
            missed.append(task["task"])
        assert {one["revision"] for one in sentences} == {1}
        assert Article.objects.filter(pk=first["article"]).exists()
    assert missed == []
