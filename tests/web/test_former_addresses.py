"""An article that gets another address is still found at those it had."""

import pytest

from tests.web.content import BILINGUAL
from troubleshooting.editing import create_article, free_slug, update_article
from troubleshooting.models import Article, FormerAddress

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("portal")]


@pytest.fixture
def moved() -> Article:
    """The article, twice at a new address."""
    article = Article.objects.get(slug=BILINGUAL)
    update_article(article, slug="second")
    update_article(article, slug="third")
    return article


@pytest.mark.parametrize("former", [BILINGUAL, "second"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_leads_to_the_present_one(client, moved, language, former):
    response = client.get(f"/{language}/articles/{former}/?from=mail")
    assert response.status_code == 301
    assert response.url == f"/{language}/articles/third/?from=mail"
    assert client.get(response.url).status_code == 200


def test_not_to_what_the_reader_may_not_see(client, moved):
    Article.objects.filter(pk=moved.pk).update(status=Article.Status.DRAFT)
    hidden, absent = (client.get(f"/fr/articles/{slug}/") for slug in ("second", "absent"))
    assert hidden.status_code == absent.status_code == 404


def test_an_article_may_go_back(client, moved):
    update_article(moved, slug="second")
    assert client.get("/fr/articles/second/").status_code == 200
    assert client.get("/fr/articles/third/").url == "/fr/articles/second/"
    assert FormerAddress.objects.filter(slug="second").count() == 0


def test_an_editor_may_give_it_to_another(client, moved):
    other = Article.objects.exclude(pk=moved.pk).filter(status="published").first()
    update_article(other, slug="second")
    assert client.get("/fr/articles/second/").status_code == 200
    create_article(title="Brouillon", owner=None, slug=BILINGUAL)
    assert client.get(f"/fr/articles/{BILINGUAL}/").status_code == 404


def test_the_portal_gives_it_to_no_other(moved):
    assert free_slug("second") == "second-2"


def test_what_stays_is_not_remembered(moved):
    update_article(moved, slug="third", kind=Article.Kind.ADVICE)
    assert not FormerAddress.objects.filter(slug="third").exists()
