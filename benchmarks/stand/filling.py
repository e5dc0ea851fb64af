"""A portal filled with the articles of a benchmark: texts, pages, first revisions and the index.

``python -m benchmarks.stand.filling DIR SIZE`` fills the database of the environment, which has to
be migrated and empty, and prints what readers may ask for, as JSON: lists of queries by kind. It is
many times faster than an import: the pages are paragraphs and no structure is read from them.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # Django is set up later
    from troubleshooting.models import ArticleTranslation

SEED = 20260101
_BATCH = 2000
_SUMMARY = 200
#: Queries of each kind of the search benchmark.
_EACH = 60


def fill(folder: Path, size: int) -> dict[str, list[str]]:
    """Store ``size`` articles made of the documents in ``folder``, as readers find them.

    Return queries that they answer, by kind: ``code`` and ``words``.
    """
    from django.core.management.color import no_style
    from django.db import connection

    from benchmarks.material import corpus, multiply, queries
    from benchmarks.stand import setup
    from troubleshooting import models

    articles = multiply.multiply(corpus.read(folder), size, SEED)
    setup.fill(articles)
    _write_pages()
    # The articles came with their numbers; those that follow are numbered by the database.
    numbered = [models.Article, models.ArticleTranslation, models.SourceDocument]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), numbered):
            cursor.execute(statement)
    asked: dict[str, list[str]] = {"code": [], "words": []}
    for query in queries.make(articles, _EACH, SEED):
        asked["code" if query.kind in queries.CODES else "words"].append(query.text)
    return asked


def _write_pages() -> None:
    """Store of each text what readers see, and its first revision."""
    from django.utils.html import format_html_join

    from troubleshooting.models import ArticleTranslation, RenderedTranslation, Revision
    from troubleshooting.texts.structure import STRUCTURE_VERSION

    ArticleTranslation.objects.update(revision_number=1)
    for batch in _batches(ArticleTranslation.objects.order_by("pk").iterator(_BATCH)):
        RenderedTranslation.objects.bulk_create(
            RenderedTranslation(
                pk=text.pk,
                structure_version=STRUCTURE_VERSION,
                problem=format_html_join(
                    "\n", "<p>{}</p>", ((p,) for p in text.problem.split("\n"))
                ),
                summary=text.problem[:_SUMMARY],
            )
            for text in batch
        )
        Revision.objects.bulk_create(
            Revision(
                translation_id=text.pk, number=1, origin=Revision.Origin.IMPORT, **text.texts()
            )
            for text in batch
        )


def _batches(texts: Iterable[ArticleTranslation]) -> Iterator[Sequence[ArticleTranslation]]:
    remaining = iter(texts)
    while batch := list(islice(remaining, _BATCH)):
        yield batch


def main(folder: str, size: str) -> None:
    """Fill the database that the environment names."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kbportal.settings")
    import django

    django.setup()
    gc.disable()  # nothing of it is garbage before the end
    print(json.dumps(fill(Path(folder), int(size))))


if __name__ == "__main__":
    main(*sys.argv[1:])
