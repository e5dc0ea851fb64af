"""The administration."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from tests.web.content import BILINGUAL, CODE, FRENCH_ONLY
from tests.web.html import Page
from troubleshooting.models import ArticleTranslation, ErrorCode, Revision, SourceDocument, Step

MODELS = ["platform", "article", "articletranslation", "sourcedocument", "errorcode", "revision"]
READ_ONLY = ["sourcedocument", "errorcode", "revision"]


@pytest.fixture
def editor(portal, client):
    """Return the signed-in administrator."""
    user = User.objects.create_superuser("editor")
    client.force_login(user)
    return user


def address(model: str, page: str, *args) -> str:
    with translation.override("fr"):
        return reverse(f"admin:troubleshooting_{model}_{page}", args=args)


def text_of(slug: str, language: str = "fr") -> ArticleTranslation:
    return ArticleTranslation.objects.get(article__slug=slug, language=language)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.usefixtures("editor")
def test_lists_and_forms_open(client, model):
    response = client.get(address(model, "changelist"), {"q": "80cf0440"})
    assert response.status_code == 200
    response = client.get(address(model, "changelist"))
    first = response.context["cl"].result_list[0]
    page = client.get(address(model, "change", first.pk))
    assert page.status_code == 200
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    assert not [e for e in Page(page.content.decode()).elements if e.get("style")]


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.usefixtures("editor")
def test_lists_take_few_queries(client, django_assert_max_num_queries, model):
    with django_assert_max_num_queries(13):
        client.get(address(model, "changelist"))


@pytest.mark.parametrize("model", READ_ONLY)
@pytest.mark.usefixtures("editor")
def test_what_the_portal_writes_cannot_be_edited(client, model):
    assert client.get(address(model, "add")).status_code == 403
    first = client.get(address(model, "changelist")).context["cl"].result_list[0]
    assert client.post(address(model, "change", first.pk), {}).status_code == 403
    assert client.post(address(model, "delete", first.pk), {"post": "yes"}).status_code == 403


def test_saving_a_text_goes_through_the_write_path(client, editor):
    text = text_of(BILINGUAL)
    form = {
        **text.texts(),
        "resolution": "1.  Un.\r\n2.  Deux.\r\n3.  Trois.",
        "comment": "Trois étapes",
    }
    response = client.post(address("articletranslation", "change", text.pk), form)
    assert response.status_code == 302
    revision = Revision.objects.filter(translation=text).latest("number")
    assert (revision.number, revision.author, revision.origin) == (2, editor, "editor")
    assert revision.comment == "Trois étapes"
    assert Step.objects.filter(translation=text).count() == 3
    assert "\r" not in text_of(BILINGUAL).resolution


@pytest.mark.usefixtures("editor")
def test_saving_the_same_text_makes_no_revision(client):
    text = text_of(BILINGUAL)
    form = {**text.texts(), "comment": ""}
    response = client.post(address("articletranslation", "change", text.pk), form, follow=True)
    assert "aucune révision n’a été créée" in response.content.decode()
    assert Revision.objects.filter(translation=text).count() == 1


@pytest.mark.usefixtures("editor")
def test_writing_the_missing_language(client):
    article = text_of(FRENCH_ONLY).article
    page = Page(client.get(address("article", "change", article.pk)).content.decode())
    link = next(a for a in page.all("a") if "language=en" in a.get("href"))
    assert client.get(link.get("href")).status_code == 200
    form = {"article": article.pk, "language": "en", "title": "Profile failed", "problem": "No."}
    response = client.post(address("articletranslation", "add"), form)
    assert response.status_code == 302
    assert client.get(f"/en/articles/{FRENCH_ONLY}/").context["foreign"] is False


@pytest.mark.usefixtures("editor")
def test_a_second_text_in_the_same_language_is_refused(client):
    article = text_of(FRENCH_ONLY).article
    form = {"article": article.pk, "language": "fr", "title": "Encore", "problem": "Non."}
    response = client.post(address("articletranslation", "add"), form)
    assert response.status_code == 200
    assert text_of(FRENCH_ONLY).title != "Encore"


@pytest.mark.usefixtures("editor")
def test_what_was_recognised_is_shown(client):
    text = text_of(BILINGUAL)
    page = Page(client.get(address("articletranslation", "change", text.pk)).content.decode())
    shown = page.one("div", class_="recognised").text
    assert "2 résolutions" in shown
    assert "2 étapes" in shown
    assert CODE in shown


@pytest.mark.usefixtures("editor")
def test_document_shows_its_entries_and_its_text(client):
    document = SourceDocument.objects.get(language="fr")
    page = Page(client.get(address("sourcedocument", "change", document.pk)).content.decode())
    assert page.one("pre", class_="original").text == "# ?"
    assert BILINGUAL in page.words


@pytest.mark.usefixtures("editor")
def test_code_shows_spellings_and_articles(client):
    code = ErrorCode.objects.get(canonical=CODE)
    page = Page(client.get(address("errorcode", "change", code.pk)).content.decode())
    assert "0x80cf0440" in page.words
    assert "Plafond atteint" in page.words


@pytest.mark.usefixtures("editor")
def test_admin_speaks_both_languages(client):
    page = Page(client.get("/fr/admin/").content.decode())
    assert "Portail de dépannage" in page.words
    assert page.all("a", href="/en/admin/")
    assert "Troubleshooting portal" in client.get("/en/admin/").content.decode()
