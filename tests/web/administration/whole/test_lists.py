"""The trash, the guide, and lists that name articles by their titles."""

import pytest

from tests.web.administration.whole.pages import page_of, words
from tests.web.content import BILINGUAL
from tests.web.editors import address, person
from tests.web.html import Page
from troubleshooting.editing import delete_platforms, trash_articles
from troubleshooting.models import Article, FormerAddress, Outcome, Platform, TrashedArticle

pytestmark = pytest.mark.usefixtures("portal")


def test_a_deleted_article_is_restored_from_its_message(client, administrator):
    article = Article.objects.get(slug=BILINGUAL)
    delete = address("delete", article.pk)
    assert "à la corbeille ?" in words(client.get(delete))
    page = Page(client.post(delete, {"post": "yes"}, follow=True).content.decode())
    assert TrashedArticle.objects.count() == 1
    listed = words(client.get(page_of("trashedarticle_changelist")))
    assert "Publié" in listed
    (form,) = [one for one in page.all("form") if one.get("class") == "undo"]
    answer = client.post(form.get("action"), follow=True)
    assert "L’article a été rétabli : « Publié »" in words(answer)
    assert Article.objects.get(slug=BILINGUAL).pk == article.pk


def test_the_list_of_the_trash_brings_back_and_no_page_there_has_a_history(client, administrator):
    [trashed] = trash_articles([Article.objects.get(slug=BILINGUAL)], user=administrator)
    listed = Page(client.get(page_of("trashedarticle_changelist")).content.decode())
    button = listed.one("button", class_="button")
    assert button.get("aria-label") == "Rétablir «\u00a0Plafond atteint\u00a0»"
    one = client.get(page_of("trashedarticle_change", trashed.pk))
    assert "Article dans la corbeille" in words(one)
    assert "Historique" not in words(one)
    client.post(button.get("formaction"))
    assert Article.objects.get(slug=BILINGUAL).status == "published"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_at_the_address_of_what_is_in_the_trash_editors_are_told_so(
    client, administrator, language: str
):
    article = Article.objects.get(slug=BILINGUAL)
    FormerAddress.objects.create(slug="plafond", article=article)
    trash_articles([article], user=administrator)
    for slug in (BILINGUAL, "plafond", str(article.pk)):
        answer = client.get(f"/{language}/articles/{slug}/")
        assert answer.status_code == 410
        page = Page(answer.content.decode())
        assert ("in the trash since" if language == "en" else "à la corbeille depuis") in page.words
        assert "ada" in page.one("footer", class_="site-footer").text
    form = page.one("form", class_="error-actions")
    client.post(form.get("action"))
    assert Article.objects.get(slug=BILINGUAL).status == "published"
    assert client.get(f"/{language}/articles/{BILINGUAL}/").status_code == 200


def test_only_who_may_restore_is_offered_to_and_readers_are_told_nothing(client, portal):
    trash_articles([Article.objects.get(slug=BILINGUAL)], user=person("ada", "Administrator"))
    path = f"/fr/articles/{BILINGUAL}/"
    nothing = client.get("/fr/articles/nothing/")
    assert client.get(path).content == nothing.content.replace(b"nothing", BILINGUAL.encode())
    client.force_login(person("lea"))
    assert client.get(path).status_code == 404
    client.force_login(person("rene", "Reviewer"))
    page = Page(client.get(path).content.decode())
    assert "Un administrateur peut le rétablir" in page.words
    assert not page.all("form", class_="error-actions")
    client.logout()
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "ada deleted “Limit reached” at"),
        ("fr", "ada a supprimé «\xa0Plafond atteint\xa0» le"),
    ],
)
def test_at_the_address_of_what_has_left_the_trash_editors_are_told_so(
    client, administrator, language: str, said: str
):
    article = Article.objects.get(slug=BILINGUAL)
    FormerAddress.objects.create(slug="plafond", article=article)
    FormerAddress.objects.create(slug="limite", article=article)
    client.post(address("delete", article.pk, language=language), {"post": "yes"})
    TrashedArticle.objects.all().delete()
    paths = [f"/{language}/articles/{one}/" for one in (BILINGUAL, "plafond", "limite", article.pk)]
    for path in (*paths, f"/{language}/admin/troubleshooting/article/{article.pk}/change/"):
        answer = client.get(path)
        assert answer.status_code == 410
        told = Page(answer.content.decode()).words
        assert said in told
        assert ("no longer in the trash" if language == "en" else "plus dans la corbeille") in told
    assert client.get(f"/{language}/articles/plaf/").status_code == 404
    told = Page(client.get(f"/{language}/admin/troubleshooting/auditentry/").content.decode()).words
    assert "limite; plafond" in told
    client.logout()
    assert {client.get(path).status_code for path in paths} == {404}


def test_the_trash_is_the_administrators(client, reviewer):
    assert client.get(page_of("trashedarticle_changelist")).status_code == 403
    assert client.post(page_of("trashedarticle_restore", 1)).status_code == 403


@pytest.mark.parametrize(("language", "heading"), [("fr", "Rédiger"), ("en", "Writing")])
def test_the_guide_is_a_page_with_its_pictures(client, reviewer, language: str, heading: str):
    page = Page(client.get(f"/{language}/admin/guide/").content.decode())
    assert heading in page.words
    assert "editing.fr.md" not in page.words
    pictures = [image.get("src") for image in page.all("img") if "/guide/" in image.get("src")]
    assert pictures
    for picture in pictures:
        assert client.get(picture).headers["Content-Type"] == "image/png"
    for name in ("absent", "..%2f..%2fscreenshots%2fadmin-fr"):
        assert client.get(f"/{language}/admin/guide/{name}.png").status_code == 404


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_guide_begins_with_its_contents(client, reviewer, language: str):
    page = Page(client.get(f"/{language}/admin/guide/").content.decode())
    assert page.one("nav", class_="contents")
    chapters = [f"#{heading.get('id')}" for heading in page.all("h2") if heading.get("id")]
    places = [link.get("href") for link in page.all("a") if link.get("href") in chapters]
    assert len(places) > 9
    assert [place for place in chapters if place in places] == places


def test_what_readers_say_is_listed_by_titles(client, reviewer):
    article = Article.objects.get(slug=BILINGUAL)
    Outcome.objects.create(article=article, language="en", revision_number=1, verdict="stuck",
                           anchor="resolution-1-step-2")  # fmt: skip
    page = words(client.get(page_of("outcome_changelist")))
    assert "Limit reached · Résolution 1, étape 2" in page
    assert BILINGUAL not in page


def test_a_document_names_its_articles_by_titles(client, reviewer, portal):
    page = words(client.get(page_of("sourcedocument_change", portal.document.pk)))
    for entry in portal.document.entries.select_related("article"):
        text = entry.article.translations.best_first(portal.document.language).first()
        assert (text.title if text else entry.article.slug) in page


def test_why_an_article_comes_back_as_a_draft_is_said(client, administrator):
    article = Article.objects.get(slug=BILINGUAL)
    only = Platform.objects.create(slug="zos", name="z/OS")
    article.platforms.set([only])
    [trashed] = trash_articles([article], user=administrator)
    delete_platforms([only], user=administrator)
    answer = client.post(page_of("trashedarticle_restore", trashed.pk), follow=True)
    assert "rétabli comme brouillon" in words(answer)
