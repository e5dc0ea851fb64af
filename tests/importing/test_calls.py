"""How often a document is handed to the processes that read texts, each time with its cost."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from troubleshooting.importing import import_paths
from troubleshooting.models import ArticleTranslation, RenderedTranslation
from troubleshooting.texts.bounded import UnrenderableText
from troubleshooting.texts.bounded.pool import Pool

pytestmark = pytest.mark.django_db


@pytest.fixture
def calls(monkeypatch) -> Counter[str]:
    """Return how often each job was asked for."""
    counted: Counter[str] = Counter()
    call = Pool.call

    def counting(self, job, *arguments, **options):
        counted[job] += 1
        return call(self, job, *arguments, **options)

    monkeypatch.setattr(Pool, "call", counting)
    return counted


def rows() -> list[object]:
    texts = ArticleTranslation.objects.order_by("pk")
    shown = RenderedTranslation.objects.order_by("pk").values_list("resolution", "counts")
    return [[text.texts() for text in texts], list(shown)]


def test_all_texts_of_a_document_are_read_in_one_call(document: Path, calls):
    import_paths([str(document)])
    assert calls == {"document": 1, "readings": 1, "words": 1, "structures": 1}
    calls.clear()
    import_paths([str(document)])
    assert calls == {"document": 1, "readings": 1, "words": 1}


def test_where_a_batch_is_refused_each_text_is_read_for_itself(
    document: Path, tmp_path: Path, monkeypatch, calls
):
    import_paths([str(document)])
    whole = rows()
    ArticleTranslation.objects.get(article__slug="stuck").article.delete()
    ArticleTranslation.objects.all().delete()
    call = Pool.call

    def refuses(self, job, *arguments, **options):
        if job in ("readings", "structures"):
            raise UnrenderableText("", "too_slow")
        return call(self, job, *arguments, **options)

    monkeypatch.setattr(Pool, "call", refuses)
    report = import_paths([str(document)])
    assert not report.failed
    assert calls["structure"] > 2
    assert rows()[1] == whole[1]
