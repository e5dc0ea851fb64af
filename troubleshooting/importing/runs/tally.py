"""The texts that the report of an import tells of, each with the article that it is a text of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ...models import ImportRun
from ..report import ImportOutcome


class ToldText(NamedTuple):
    """A text of a report; those of one article have one ``slug``, in a rehearsal too."""

    slug: str
    language: str
    title: str
    path: str
    outcome: ImportOutcome


def told_texts(run: ImportRun) -> Iterator[ToldText]:
    """Yield the texts that the report of ``run`` tells of, file by file."""
    rows = run.documents.values_list("report__path", "report__language", "report__articles")
    for path, language, articles in rows.iterator(chunk_size=200):
        for one in articles or ():
            outcome = ImportOutcome(one["outcome"])
            yield ToldText(one["slug"], language, one["title"], path, outcome)
