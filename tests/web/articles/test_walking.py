"""Lists that are walked: what sorting all articles gives, read by the page."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from troubleshooting import walking
from troubleshooting.access import Reader
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    Platform,
    SourceDocument,
    SourceEntry,
)

DAY = datetime(2026, 5, 1, tzinfo=UTC)
#: Where each article stands: documents by key and language, with the place there.
SOURCES = {
    "both-languages": [("b", "fr", 2), ("b", "en", 2)],
    "english-part": [("b", "en", 1)],
    "same-place-z": [("b", "en", 3)],
    "same-place-a": [("b", "fr", 3)],
    "two-documents": [("c", "fr", 1), ("a", "fr", 9)],
    "later-in-english": [("c", "fr", 2), ("c", "en", 7)],
    "earlier-in-english": [("d", "fr", 5), ("d", "en", 1)],
    "written-here-b": [],
    "written-here-a": [],
    "draft": [("a", "fr", 1)],
    "for-staff": [("a", "fr", 2)],
    "without-text": [("a", "fr", 3)],
}
BY_DOCUMENT = [
    "two-documents",
    "english-part",
    "both-languages",
    "same-place-a",
    "same-place-z",
    "later-in-english",
    "earlier-in-english",
    "written-here-a",
    "written-here-b",
]
#: Days on which the texts were changed, by language; on one day, addresses decide.
CHANGES = {
    "both-languages": {"fr": 3, "en": 9},
    "english-part": {"en": 8},
    "same-place-z": {"en": 4},
    "same-place-a": {"fr": 4},
    "two-documents": {"fr": 6, "en": 6},
    "later-in-english": {"fr": 7, "en": 1},
    "earlier-in-english": {"de": 12, "en": 2},
    "written-here-b": {"fr": 5},
    "written-here-a": {"de": 10},
    "draft": {"fr": 20},
    "for-staff": {"fr": 19},
}
BY_CHANGE = [
    "earlier-in-english",
    "written-here-a",
    "both-languages",
    "english-part",
    "later-in-english",
    "two-documents",
    "written-here-b",
    "same-place-a",
    "same-place-z",
]
FRENCH_FIRST = [
    "both-languages",
    "later-in-english",
    "two-documents",
    "written-here-b",
    "same-place-a",
    "earlier-in-english",
    "written-here-a",
    "english-part",
    "same-place-z",
]
ORDERS = {
    "document": (walking.in_document_order, BY_DOCUMENT),
    "change": (walking.recently_changed, BY_CHANGE),
    "own language": (
        lambda articles, total: walking.own_language_first(articles, total, "fr"),
        FRENCH_FIRST,
    ),
}


@pytest.fixture
def articles(db):
    """What the public may read of a small base with every kind of tie."""
    for slug, sources in SOURCES.items():
        status = "draft" if slug == "draft" else "published"
        audience = "staff" if slug == "for-staff" else "public"
        article = Article.objects.create(slug=slug, status=status, audience=audience)
        for key, language, position in sources:
            document, _ = SourceDocument.objects.get_or_create(key=key, language=language, raw=b"")
            SourceEntry.objects.create(
                document=document, article=article, position=position, first_line=1, last_line=1
            )
        for language, day in CHANGES.get(slug, {}).items():
            ArticleTranslation.objects.create(
                article=article, language=language, title=slug, modified=DAY.replace(day=day)
            )
    SourceDocument.objects.create(key="b-empty", language="fr", raw=b"")
    return Article.objects.visible_to(Reader.PUBLIC).with_text()


@pytest.fixture(params=[walking.FEW, 0], ids=["few", "many"])
def ways(request, monkeypatch):
    """Both ways to the same list: few articles are sorted, many are walked."""
    monkeypatch.setattr(walking, "FEW", request.param)


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize("order", ORDERS)
def test_every_slice_is_that_of_the_whole_list(articles, order):
    ordered, expected = ORDERS[order]
    found = ordered(articles, len(expected))
    for start in range(len(expected) + 2):
        for stop in range(start, len(expected) + 2):
            page = [article.slug for article in found[start:stop]]
            assert page == expected[start:stop], (start, stop)


@pytest.mark.usefixtures("ways")
def test_a_list_may_be_narrowed(articles):
    android = Platform.objects.create(slug="t-android", name="T-Android")
    for slug in ("written-here-a", "same-place-a", "two-documents", "draft"):
        Article.objects.get(slug=slug).platforms.add(android)
    found = walking.in_document_order(articles.filter(platforms=android), 3)
    assert [article.slug for article in found[0:9]] == [
        "two-documents",
        "same-place-a",
        "written-here-a",
    ]


@pytest.mark.usefixtures("ways")
@pytest.mark.parametrize("order", ORDERS)
def test_nothing_is_a_list_too(db, order):
    assert list(ORDERS[order][0](Article.objects.none(), 0)[0:20]) == []


@pytest.mark.parametrize(
    ("start", "statements"), [(0, 2), (2, 2), (7, 2), (5, 3)],
    ids=["first", "next", "last", "over the end of the documents"],
)  # fmt: skip
def test_a_page_costs_as_many_statements_wherever_it_is(articles, monkeypatch, start, statements):
    monkeypatch.setattr(walking, "FEW", 0)
    found = walking.in_document_order(articles, len(BY_DOCUMENT))
    with CaptureQueriesContext(connection) as asked:
        assert [article.slug for article in found[start : start + 3]] == BY_DOCUMENT[
            start : start + 3
        ]
    assert len(asked) == statements


@pytest.mark.sqlite
@pytest.mark.parametrize("order", ORDERS)
def test_a_walk_sorts_no_more_than_what_shares_a_place(articles, monkeypatch, order):
    """Else the first page takes as long as all of them."""
    monkeypatch.setattr(walking, "FEW", 0)
    found = ORDERS[order][0](articles, len(BY_DOCUMENT))
    with CaptureQueriesContext(connection) as asked:
        list(found[0:3])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = [row[-1] for row in cursor.fetchall()]
    assert plan[0].startswith("SCAN"), plan
    assert "INDEX" in plan[0], plan
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan
