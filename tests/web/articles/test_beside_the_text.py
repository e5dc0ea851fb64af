"""What an article shows beside its text: chips, kin, freshness, the other language's changes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.web.content import BILINGUAL, CODE, FRENCH_ONLY, Portal, make_portal, write
from tests.web.html import Page
from troubleshooting.models import Article, Platform

MESSAGE = "L’erreur **Plafond atteint** s’affiche, 0x80cf0440."


def page_of(client, slug=BILINGUAL, language="fr") -> Page:
    return Page(client.get(f"/{language}/articles/{slug}/").content.decode())


def links(page: Page, path: str) -> list:
    return [link for link in page.all("a") if link.get("href") == path]


def another(slug: str, platform: str, problem: str) -> Article:
    article = Article.objects.create(slug=slug, status="published")
    article.platforms.set(Platform.objects.filter(slug=platform))
    write(article, "fr", f"Titre de {slug}", problem=problem)
    return article


@pytest.fixture
def quoted(portal: Portal) -> Portal:
    """Return the portal, the first article of which quotes a message."""
    write(portal.articles[BILINGUAL], "fr", "Plafond atteint", problem=MESSAGE)
    return portal


@pytest.mark.usefixtures("quoted")
def test_messages_and_codes_are_chips_that_lead_on_and_are_copied(client):
    page = page_of(client)
    assert page.one("a", class_="code-chip").get("href") == f"/fr/codes/{CODE}/"
    message = page.one("a", class_="message-chip")
    assert message.text == "Plafond atteint"
    assert message.get("href") == "/fr/search/?q=Plafond%20atteint"
    copied = [button.get("data-copy") for button in page.all("button") if button.get("data-copy")]
    assert copied == ["Plafond atteint", CODE]


@pytest.mark.usefixtures("quoted")
def test_the_same_message_on_another_platform(client):
    another("ailleurs", "ios", MESSAGE)
    page = page_of(client)
    assert "iOS/iPadOS" in page.one("nav", aria_labelledby="elsewhere").text
    assert len(links(page, "/fr/articles/ailleurs/")) == 2
    assert "Même message" in page.one("nav", aria_labelledby="related").text
    assert not links(page_of(client, FRENCH_ONLY), "/fr/articles/ailleurs/")


@pytest.mark.usefixtures("quoted")
def test_the_same_code_on_the_same_platform_is_related_only(client):
    another("pareil", "android", f"Erreur {CODE}.")
    page = page_of(client)
    assert not page.all("nav", aria_labelledby="elsewhere")
    assert len(links(page, "/fr/articles/pareil/")) == 1


@pytest.mark.usefixtures("quoted")
def test_what_the_reader_may_not_see_is_not_related(client):
    secret = another("secret", "ios", MESSAGE)
    Article.objects.filter(pk=secret.pk).update(status="draft")
    assert not links(page_of(client), "/fr/articles/secret/")


@pytest.mark.django_db
def test_related_by_platform_are_the_nearest_in_the_document(client):
    make_portal(extra=12)
    page = page_of(client, "autre-006")
    related = page.one("nav", aria_labelledby="related").text
    assert "Autre 4" in related
    assert "Autre 8" in related
    assert "Autre 0" not in related


@pytest.mark.usefixtures("portal")
def test_overdue_review_is_said(client):
    articles = Article.objects.filter(slug=BILINGUAL)
    articles.update(review_due=timezone.localdate() - timedelta(days=1))
    assert "Needs review" in page_of(client, language="en").one("aside").text
    assert "notice-warning" in client.get(f"/en/articles/{BILINGUAL}/").content.decode()
    articles.update(review_due=timezone.localdate())
    words = page_of(client, language="en").words
    assert "Needs review" not in words
    assert "Review due" in words


@pytest.mark.usefixtures("portal")
def test_a_text_that_another_language_overtook_says_so(client, portal):
    assert "newer" not in page_of(client, language="en").words
    write(portal.articles[BILINGUAL], "fr", "Plafond atteint", problem="Autre chose.", cause="X.")
    page = page_of(client, language="en")
    notice = page.one("div", data_newer="fr").text
    assert "The text in French is newer" in notice
    assert "Problem, Cause, Resolution" in notice
    assert page.all("a", hreflang="fr", lang="fr", href=f"/fr/articles/{BILINGUAL}/")
    assert not page_of(client).all("div", data_newer="en")
