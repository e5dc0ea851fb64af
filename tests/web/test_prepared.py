"""Queries whose SQL is built once."""

import pytest
from django.contrib.auth.models import AnonymousUser, User

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY
from troubleshooting.caching.queries import Prepared
from troubleshooting.models import Article, ArticleTranslation

ANYONE = AnonymousUser()


def texts(user, slug: str, language: str):
    found = ArticleTranslation.objects.visible_to(user).filter(article__slug=slug)
    names = ("pk", "article__slug", "language", "modified", "rendered__counts")
    return found.best_first(language).values_list(*names)


@pytest.mark.usefixtures("portal")
def test_gives_what_the_queryset_gives(django_assert_num_queries):
    prepared = Prepared(texts)
    for slug in (BILINGUAL, FRENCH_ONLY, BILINGUAL, "nothing"):
        for language in ("fr", "en"):
            with django_assert_num_queries(1):
                found = prepared(ANYONE, slug=slug, language=language)
            assert [row[1] for row in found] == [slug] * len(found)
            assert [tuple(row) for row in found] == list(texts(None, slug, language))


@pytest.mark.usefixtures("portal")
def test_is_built_once_and_for_anonymous_readers_alone():
    built = []
    prepared = Prepared(lambda user, **values: built.append(user) or texts(user, **values))
    editor = User.objects.create_superuser("editor")
    for _ in range(3):
        assert not list(prepared(ANYONE, slug=DRAFT, language="fr"))
        assert list(prepared(editor, slug=DRAFT, language="fr"))
    assert built == [None, editor, editor, editor]


@pytest.mark.usefixtures("portal")
def test_numbers_and_rows_of_values(portal):
    prepared = Prepared(
        lambda user, first, second: Article.objects.filter(pk__in=[first, second]).values_list(
            "slug"
        )
    )
    one, other = portal.articles[BILINGUAL].pk, portal.articles[DRAFT].pk
    assert {slug for (slug,) in prepared(None, first=one, second=other)} == {BILINGUAL, DRAFT}
    assert [slug for (slug,) in prepared(None, first=one, second=one)] == [BILINGUAL]


@pytest.mark.django_db
def test_a_value_that_is_not_compared_with_is_refused():
    prepared = Prepared(lambda user, slug: Article.objects.filter(slug=slug.upper()).values_list())
    with pytest.raises(ValueError, match="Not in the SQL: slug"):
        prepared(ANYONE, slug="a")


@pytest.mark.django_db
def test_model_instances_are_refused():
    with pytest.raises(ValueError, match="values_list"):
        Prepared(lambda user, slug: Article.objects.filter(slug=slug))(ANYONE, slug="a")
