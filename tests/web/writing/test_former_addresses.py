"""An article that gets another address is still found at those it had."""

import pytest
from django.core.exceptions import ValidationError

from tests.web.content import BILINGUAL
from tests.web.editors import address, person, posted
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


def test_no_other_article_takes_it(client, moved):
    """A draft there would give readers 404 at once, a published article another text."""
    other = Article.objects.exclude(pk=moved.pk).filter(status="published").first()
    with pytest.raises(ValidationError, match="third"):
        update_article(other, slug="second")
    with pytest.raises(ValidationError, match="third"):
        create_article(title="Brouillon", owner=None, slug=BILINGUAL)
    for former in ("second", BILINGUAL):
        assert client.get(f"/fr/articles/{former}/").url == "/fr/articles/third/"


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_not_while_its_article_is_hidden(moved, status):
    Article.objects.filter(pk=moved.pk).update(status=status)
    with pytest.raises(ValidationError):
        create_article(title="Brouillon", owner=None, slug="second")


def test_the_form_says_at_the_field_whose_it_is(client, moved):
    client.force_login(person("rene", "Reviewer"))
    other = Article.objects.exclude(pk=moved.pk).filter(status="published").first()
    for target, form in (
        (address("add"), posted(None, title="Brouillon", slug="second")),
        (address("change", other.pk), posted(other, slug="second")),
    ):
        response = client.post(target, form)
        assert "third" in str(response.context["details"].errors["slug"])
    assert client.get("/fr/articles/second/").url == "/fr/articles/third/"


def test_the_portal_gives_it_to_no_other(moved):
    assert free_slug("second") == "second-2"


def test_what_stays_is_not_remembered(moved):
    update_article(moved, slug="third", kind=Article.Kind.ADVICE)
    assert not FormerAddress.objects.filter(slug="third").exists()
