"""A form that is open while somebody else acts: what was shown decides, what happened is told."""

import re

import pytest
from django.contrib.admin import site
from django.utils import translation

from tests.web.content import BILINGUAL, DRAFT, write
from tests.web.editors import address, person, posted, revisions
from tests.web.html import Page
from troubleshooting.editing import change_status, revisions_of, trash_articles
from troubleshooting.editing.whole.merging import merge_articles
from troubleshooting.models import Article, PendingRevision, TrashedArticle

pytestmark = pytest.mark.usefixtures("portal")


def article_of(slug: str) -> Article:
    return Article.objects.get(slug=slug)


@pytest.fixture
def rene(client):
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


def opened(article: Article, **changes) -> dict:
    """What the form posts that shows ``article`` as it is now."""
    return {**posted(article, **changes), **revisions(article), "status": article.status}


@pytest.mark.parametrize("way", ["publish"])
def test_what_was_saved_after_the_form_was_opened_is_shown_before_it_goes_live(client, rene, way):
    draft = article_of(DRAFT)
    form = opened(draft, _transition=way)
    write(draft, "fr", "Le Wi-Fi tombe", problem="Depuis lundi.")
    asked = client.post(address("change", draft.pk), form)
    page = Page(client.get(asked.url).content.decode())
    assert "depuis que vous avez ouvert le texte" in page.words
    assert "Depuis lundi" in page.words
    assert article_of(DRAFT).status == "draft"


def test_a_text_in_the_other_language_counts_too(client, rene):
    draft = article_of(DRAFT)
    form = opened(draft, _transition="publish")
    write(draft, "en", "Wi-Fi drops", problem="Since Monday.")
    asked = client.post(address("change", draft.pk), form)
    assert "Since Monday" in Page(client.get(asked.url).content.decode()).words


def test_what_the_editor_wrote_is_no_change_to_be_read(client, rene):
    draft = article_of(DRAFT)
    form = opened(draft, _transition="publish", cause="Ma phrase.")
    asked = client.post(address("change", draft.pk), form)
    page = Page(client.get(asked.url).content.decode())
    assert "depuis que vous avez ouvert" not in page.words
    client.post(asked.url, {"language": "fr", **revisions(article_of(DRAFT))})
    assert article_of(DRAFT).status == "published"


def test_a_schedule_shows_what_the_form_did_not(client, rene):
    draft = article_of(DRAFT)
    shown = Page(client.get(address("change", draft.pk)).content.decode())
    (link,) = {one.get("href") for one in shown.all("a") if "/schedule/" in one.get("href")}
    assert "depuis que vous" not in client.get(link).content.decode()
    write(draft, "fr", "Le Wi-Fi tombe", problem="Depuis lundi.")
    page = Page(client.get(link).content.decode())
    assert "depuis que vous avez ouvert le texte" in page.words
    assert "Depuis lundi" in page.words


def test_who_changed_nothing_is_told_whose_text_is_shown_now(client, rene):
    draft = article_of(DRAFT)
    form = opened(draft)
    write(draft, "fr", "Le Wi-Fi tombe", problem="Depuis lundi.")
    answer = client.post(address("change", draft.pk), form, follow=True)
    said = [str(one) for one in answer.context["messages"]]
    assert "Import a enregistré ce texte entre-temps : la révision 2 est affichée." in said


def test_details_that_an_author_may_not_decide_any_more_are_named(client, rene):
    draft = article_of(DRAFT)
    lea = person("lea", "Author")
    form = opened(draft, title="Autre titre", kind="advice", review_due="2030-01-31")
    change_status(draft, "publish", user=rene, accept_missing=True)
    client.force_login(lea)
    answer = client.post(address("change", draft.pk), form, follow=True)
    (said,) = [str(one) for one in answer.context["messages"] if "rene" in str(one)]
    assert "Type" in said
    assert "Relecture prévue le" in said
    assert PendingRevision.objects.get().texts["title"] == "Autre titre"
    assert article_of(DRAFT).kind == "problem"


LANGUAGES = {
    "fr": "ada a mis « {title} » à la corbeille",
    "en": "ada put “{title}” into the trash",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_save_into_the_trash_says_who_and_when_and_shows_what_was_typed(client, rene, language):
    article = article_of(BILINGUAL)
    title = article.translations.get(language=language).title
    form = opened(article, cause="Ce que j’ai écrit.")
    url, key = address("change", article.pk, language=language), article.pk
    admin = person("ada", "Administrator")
    trash_articles([article], user=admin)
    answer = client.post(url, form)
    assert answer.status_code == 410
    page = Page(answer.content.decode())
    assert LANGUAGES[language].format(title=title) in page.words
    assert "Ce que j’ai écrit." in page.words
    banner = client.post(address("presence", key, "fr"), {})
    assert banner.status_code == 410
    assert "ada" in banner.content.decode()


#: What the addresses of pages below an article take besides its key.
PLACES = {"language": "fr", "transition": "publish"}
#: Django's own, which leads to the form.
LEADS_ON = "<path:object_id>/"


def below_an_article(key: int) -> list[str]:
    """Every address of the administration that has an article's key in it."""
    routes = [str(one.pattern) for one in site._registry[Article].get_urls()]
    base = address("changelist")
    return [
        base + re.sub(r"<\w+:(\w+)>", lambda name: str(PLACES.get(name[1], key)), route)
        for route in routes
        if route.startswith("<") and route != LEADS_ON
    ]


def test_every_address_of_an_article_that_is_gone_says_what_became_of_it(client):
    ada = person("ada", "Administrator")
    client.force_login(ada)
    article = article_of(BILINGUAL)
    key = article.pk
    trash_articles([article], user=ada)
    places = below_an_article(key)
    assert len(places) > 12
    for place in places:
        for answer in (client.get(place), client.post(place, {"act": "say"})):
            assert answer.status_code in (405, 410), place
        assert answer.status_code == 410, place
        assert "no-store" in answer.headers["Cache-Control"], place


def test_what_was_typed_row_by_row_or_said_is_shown_where_it_cannot_be_saved(client, rene):
    article = article_of(BILINGUAL)
    key = article.pk
    trash_articles([article], user=person("ada", "Administrator"))
    rows = {"form-cause": ["block:0", "block:0"], "text-cause": ["Une ligne.", "Une autre."]}
    page = Page(client.post(address("translate", key, "fr"), rows).content.decode())
    assert "Une ligne. Une autre." in page.words
    said = client.post(address("comments", key, "fr"), {"act": "say", "text": "À revoir ?"})
    assert "À revoir ?" in Page(said.content.decode()).words


def test_where_it_was_merged_the_page_leads_to_the_other(client, rene):
    article, other = article_of(BILINGUAL), article_of(DRAFT)
    key = other.pk
    seen = revisions_of(article), revisions_of(other)
    merge_articles(article, other, user=rene, seen=seen)
    page = Page(client.get(address("change", key)).content.decode())
    assert [one for one in page.all("a") if one.get("href") == address("change", article.pk)]


def test_what_was_deleted_for_good_is_named_by_the_audit(client, rene):
    article = article_of(BILINGUAL)
    url, key = address("change", article.pk), article.pk
    administrator = person("ada", "Administrator")
    client.force_login(administrator)
    client.post(address("delete", key), {"post": "yes"})
    TrashedArticle.objects.all().delete()
    answer = client.get(url)
    assert answer.status_code == 410
    assert "ada a supprimé" in Page(answer.content.decode()).words


def test_an_article_that_never_was_is_no_page(client, rene):
    assert client.get(address("change", 987654), follow=True).status_code == 200
    assert client.post(address("presence", 987654, "fr"), {}).status_code == 404


def test_the_open_form_is_told_what_others_did(client, rene):
    draft = article_of(DRAFT)
    shown = {"status": draft.status, "base_revision": 1}
    write(draft, "fr", "Le Wi-Fi tombe", problem="Depuis lundi.")
    change_status(article_of(DRAFT), "publish", user=rene, accept_missing=True)
    client.force_login(person("max", "Author"))
    said = Page(
        f"<body>{client.post(address('presence', draft.pk, 'fr'), shown).content.decode()}</body>"
    ).words
    assert "l’article est devenu « Publié » (rene," in said
    assert "révision 2 (Import," in said
    assert "révision en attente" in said
    with translation.override("en"):
        english = client.post(address("presence", draft.pk, "fr", language="en"), shown)
    assert "has become “Published” (rene," in english.content.decode()
