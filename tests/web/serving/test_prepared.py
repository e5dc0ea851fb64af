"""Queries whose SQL is built once."""

import pytest

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY
from troubleshooting.access import Reader
from troubleshooting.caching.queries import Prepared
from troubleshooting.models import Article, ArticleTranslation


def texts(reader, slug: str, language: str):
    found = ArticleTranslation.objects.visible_to(reader).filter(article__slug=slug)
    names = ("pk", "article__slug", "language", "modified", "rendered__counts")
    return found.best_first(language).values_list(*names)


@pytest.mark.usefixtures("portal")
def test_gives_what_the_queryset_gives(django_assert_num_queries):
    prepared = Prepared(texts)
    for slug in (BILINGUAL, FRENCH_ONLY, BILINGUAL, "nothing"):
        for language in ("fr", "en"):
            with django_assert_num_queries(1):
                found = prepared(Reader.PUBLIC, slug=slug, language=language)
            assert [row[1] for row in found] == [slug] * len(found)
            assert [tuple(row) for row in found] == list(texts(Reader.PUBLIC, slug, language))


@pytest.mark.usefixtures("portal")
def test_is_built_once_for_each_kind_of_reader():
    built = []
    prepared = Prepared(lambda reader, **values: built.append(reader) or texts(reader, **values))
    for _ in range(3):
        assert not list(prepared(Reader.PUBLIC, slug=DRAFT, language="fr"))
        assert not list(prepared(Reader.STAFF, slug=DRAFT, language="fr"))
        assert list(prepared(Reader.EDITOR, slug=DRAFT, language="fr"))
    assert built == [Reader.PUBLIC, Reader.STAFF, Reader.EDITOR]


@pytest.mark.usefixtures("portal")
def test_numbers_and_rows_of_values(portal):
    prepared = Prepared(
        lambda user, first, second: Article.objects.filter(pk__in=[first, second]).values_list(
            "slug"
        )
    )
    one, other = portal.articles[BILINGUAL].pk, portal.articles[DRAFT].pk
    assert {slug for (slug,) in prepared(Reader.PUBLIC, first=one, second=other)} == {
        BILINGUAL,
        DRAFT,
    }
    assert [slug for (slug,) in prepared(Reader.PUBLIC, first=one, second=one)] == [BILINGUAL]


@pytest.mark.django_db
def test_a_value_that_is_not_compared_with_is_refused():
    prepared = Prepared(lambda user, slug: Article.objects.filter(slug=slug.upper()).values_list())
    with pytest.raises(ValueError, match="Not in the SQL: slug"):
        prepared(Reader.PUBLIC, slug="a")


@pytest.mark.django_db
def test_model_instances_are_refused():
    with pytest.raises(ValueError, match="values_list"):
        Prepared(lambda user, slug: Article.objects.filter(slug=slug))(Reader.PUBLIC, slug="a")
