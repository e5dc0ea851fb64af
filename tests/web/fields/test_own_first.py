"""Where fields are in force, what is one's own comes first, and the rest is said to be others'."""

import pytest

from tests.web import editors
from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, STAFF
from tests.web.editors import address
from tests.web.html import Page
from troubleshooting.editing import save_pending, submit_pending
from troubleshooting.models import Article, Platform, Responsibility, StatusChange

OUTSIDE = "Hors de votre domaine"
TITLES = ("Brouillon secret", "Article interne", "Plafond atteint", "Échec de l’installation")


@pytest.fixture
def rene(portal, client, settings):
    """Return a reviewer of the articles about iOS, signed in."""
    settings.ROLES_BY_FIELD = True
    user = editors.person("rene", "Reviewer")
    ios = Platform.objects.get(slug="ios")
    Responsibility.objects.create(user=user, role="reviewer", scope="platform", platform=ios)
    client.force_login(user)
    return user


def send_to_review(*slugs: str) -> None:
    """Have articles wait for a review, the first of ``slugs`` for the longest time."""
    for slug in slugs:
        article = Article.objects.get(slug=slug)
        Article.objects.filter(pk=article.pk).update(status="in_review")
        StatusChange.objects.create(article=article, before="draft", after="in_review")


def lines_of(client, section: str) -> list[tuple[str, bool]]:
    """Return the titles of a part of the first page, each with whether it is called others'."""
    page = Page(client.get("/fr/admin/").content.decode())
    text = page.one("section", aria_labelledby=section).text
    places = sorted((text.index(title), title) for title in TITLES if title in text)
    ends = [*(place for place, _title in places[1:]), len(text)]
    return [
        (title, OUTSIDE in text[place:end])
        for (place, title), end in zip(places, ends, strict=True)
    ]


def test_what_waits_in_ones_field_comes_first(client, rene, settings):
    send_to_review(STAFF, DRAFT)  # of Android, of iOS
    assert lines_of(client, "waiting") == [("Brouillon secret", False), ("Article interne", True)]
    settings.ROLES_BY_FIELD = False
    assert lines_of(client, "waiting") == [("Article interne", False), ("Brouillon secret", False)]


def test_so_do_revisions_that_wait(client, rene):
    author = editors.person("lea", "Author")
    for slug in (BILINGUAL, FRENCH_ONLY):
        article = Article.objects.get(slug=slug)
        texts = {**article.translations.get(language="fr").texts(), "cause": "Autre."}
        save_pending(article=article, language="fr", texts=texts, author=author, base_revision=1)
        submit_pending(article.pending.get(), user=author)
    assert [is_others for _title, is_others in lines_of(client, "submitted")] == [False, True]


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        (DRAFT, ""),
        (STAFF, "vous pouvez le lire et le commenter."),
        (BILINGUAL, "vous pouvez le commenter et proposer une modification"),
        (FRENCH_ONLY, ""),
    ],
)
def test_the_form_says_whose_an_article_is(client, rene, slug: str, said: str):
    send_to_review(STAFF)
    article = Article.objects.get(slug=slug)
    words = Page(client.get(address("change", article.pk)).content.decode()).words
    assert ("hors de votre domaine de responsabilité" in words) == bool(said)
    assert said in words
    assert "seuls les relecteurs le modifient" not in words


def test_who_is_bound_by_no_field_is_told_nothing(client, rene):
    client.force_login(editors.person("ada", "Administrator"))
    send_to_review(STAFF)
    article = Article.objects.get(slug=STAFF)
    words = Page(client.get(address("change", article.pk)).content.decode()).words
    assert "hors de votre domaine" not in words
    assert lines_of(client, "waiting") == [("Article interne", False)]
