"""A database of the benchmark's own: articles, translations and the index."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from benchmarks.material.multiply import BenchArticle
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    Platform,
    SourceDocument,
    SourceEntry,
)
from troubleshooting.search.engines.tables import (
    CODE,
    ENTRY,
    FACETS,
    GRAM,
    MESSAGE,
    TERMS,
    TEXT,
    WORD,
)
from troubleshooting.search.index.document import IndexDocument
from troubleshooting.search.index.documents import DocumentText, write_document
from troubleshooting.search.index.writing import rebuild
from troubleshooting.texts.structure import Passage

_BATCH = 2000
#: The tables that ``rebuild`` fills under PostgreSQL.
INDEX = (CODE, ENTRY, FACETS, GRAM, MESSAGE, TERMS, TEXT, WORD)
PLATFORMS = ("android", "ios", "macos", "windows")
_NUMBERS = {"de": 0, "en": 1, "fr": 2}
#: Articles of one document, which are of one kind and about one platform.
_OF_DOCUMENT, _SORTS = 20, 15


def translation_id(article: int, language: str) -> int:
    """Return the key of a translation.

    Documents can be made by it without asking the database.
    """
    return article * 4 + _NUMBERS[language]


def documents(articles: Sequence[BenchArticle]) -> Iterator[IndexDocument]:
    """Yield what the index gets of every translation."""
    for article in articles:
        for language in article.languages:
            yield document(article, language)


def document(article: BenchArticle, language: str) -> IndexDocument:
    """Return what the index gets of one translation."""
    units = [unit.texts[language] for unit in article.units]
    title, *paragraphs = units
    return IndexDocument(
        translation_id=translation_id(article.number, language),
        article_id=article.number,
        language=language,
        title=title.text[:300],
        messages=[message for unit in units for message in unit.messages],
        codes=list(dict.fromkeys(code for unit in units for code in unit.codes)),
        problem="\n".join(paragraph.text for paragraph in paragraphs),
        passages=[
            Passage(f"step-{place}", "problem", paragraph.text)
            for place, paragraph in enumerate(paragraphs)
        ],
    )


def fill(articles: Sequence[BenchArticle]) -> float:
    """Store ``articles`` and build the index; return the seconds that the build took."""
    platforms = [Platform.objects.get_or_create(slug=n, defaults={"name": n})[0] for n in PLATFORMS]
    with transaction.atomic():
        for start in range(0, len(articles), _BATCH):
            _store(articles[start : start + _BATCH], platforms)
        _store_documents(articles)
    _tidy()
    started = time.perf_counter()
    rebuild(connection, documents(articles))
    _tidy(*INDEX)
    return time.perf_counter() - started


def _tidy(*names: str) -> None:
    """Do to ``names``, or to all tables, what PostgreSQL itself would do within minutes."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM ANALYZE {', '.join(names)}")


def _store(articles: Sequence[BenchArticle], platforms: Sequence[Platform]) -> None:
    Article.objects.bulk_create(
        Article(
            pk=a.number,
            slug=f"article-{a.number}",
            kind=("problem", "error", "advice")[a.number % 3],
            status="draft" if a.number % 50 == 0 else "published",
        )
        for a in articles
    )
    through = Article.platforms.through
    through.objects.bulk_create(
        through(article_id=a.number, platform_id=platforms[a.number % 5].pk)
        for a in articles
        if a.number % 5 < 4
    )
    ArticleTranslation.objects.bulk_create(
        ArticleTranslation(
            pk=translation_id(a.number, language),
            article_id=a.number,
            language=language,
            title=a.title.texts[language].text[:300],
            problem="\n".join(unit.texts[language].text for unit in a.paragraphs),
        )
        for a in articles
        for language in a.languages
    )


def _store_documents(articles: Sequence[BenchArticle]) -> None:
    """Make every article a part of some document, which is called as the first of them."""
    of_article = {a.number: _document(a.number) for a in articles}
    first = {of_article[a.number]: a for a in reversed(articles)}
    sources = [
        SourceDocument(
            pk=number,
            key=f"document-{number}",
            language="en",
            title=next(iter(article.title.texts.values())).text[:300],
            preamble="\n".join(next(iter(unit.texts.values())).text for unit in article.paragraphs),
            raw=b"",
        )
        for number, article in sorted(first.items())
    ]
    SourceDocument.objects.bulk_create(sources)
    for source in sources:
        write_document(
            connection, DocumentText(source.pk, source.language, source.title, source.preamble)
        )
    SourceEntry.objects.bulk_create(
        SourceEntry(
            document_id=document,
            article_id=article,
            anchor=f"part-{article}",
            position=article % 30_000,
            first_line=1,
            last_line=1,
        )
        for article, document in of_article.items()
    )


def _document(article: int) -> int:
    return 1 + article // (_OF_DOCUMENT * _SORTS) * _SORTS + article % _SORTS
