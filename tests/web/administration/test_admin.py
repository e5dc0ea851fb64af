"""The administration."""

import json
import re

import pytest
from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils import translation

from tests.web.content import CODE
from tests.web.html import Page
from troubleshooting.models import ArticleTranslation, ErrorCode, Source, SourceDocument

MODELS = ["platform", "article", "sourcedocument", "errorcode", "revision"]
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


@pytest.mark.usefixtures("editor")
def test_document_shows_its_entries_and_its_text(client):
    document = SourceDocument.objects.get(language="fr")
    page = Page(client.get(address("sourcedocument", "change", document.pk)).content.decode())
    assert page.one("pre", class_="original").text == "# ?"
    assert "Plafond atteint" in page.words


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


def test_an_address_typed_without_a_scheme_is_read_as_https(editor, rf):
    request = rf.get("/")
    request.user = editor
    for page in admin.site._registry.values():
        form = page.get_form(request, None, fields=None)
        addresses = [f for f in form.base_fields.values() if isinstance(f, forms.URLField)]
        for field in addresses:
            assert field.clean("docs.example.org/fr") == "https://docs.example.org/fr", page
            assert field.clean("http://docs.example.org") == "http://docs.example.org", page


@pytest.mark.usefixtures("editor")
def test_an_address_of_a_source_is_kept_with_its_scheme(client):
    said = {
        "name": "Docs",
        "slug": "docs",
        "kind": "folder",
        "location": "/srv/docs",
        "status": "draft",
        "link_base": "docs.example.org/fr",
        "licence_url": "http://licences.example.org/4.0",
    }
    assert client.post(address("source", "add"), said).status_code == 302
    made = Source.objects.get()
    assert made.link_base == "https://docs.example.org/fr"
    assert made.licence_url == "http://licences.example.org/4.0"


def test_scripts_of_django_speak_with_printed_apostrophes(admin_client):
    script = admin_client.get("/fr/admin/jsi18n/").content.decode()
    texts = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", script, re.DOTALL)[1])
    assert texts["Today"] == "Aujourd’hui"
    assert not re.search(r"\w'\w", str([*texts.values()]))
