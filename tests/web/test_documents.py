"""The page of a document."""

import pytest

from tests.web.content import BILINGUAL, DOCUMENT, DRAFT, FRENCH_ONLY
from tests.web.html import Page
from troubleshooting.models import SourceDocument


@pytest.mark.usefixtures("portal")
def test_outline_with_articles(client):
    page = Page(client.get(f"/fr/documents/{DOCUMENT}/").content.decode())
    links = {link.get("href") for link in page.all("a", class_="row-link")}
    assert {f"/fr/articles/{BILINGUAL}/", f"/fr/articles/{FRENCH_ONLY}/"} <= links
    assert f"/fr/articles/{DRAFT}/" not in links
    assert "Vide" not in page.words
    assert page.all("h2", id="general")


@pytest.mark.usefixtures("portal")
def test_source_is_stated(client):
    page = Page(client.get(f"/en/documents/{DOCUMENT}/").content.decode())
    assert page.one("h1").text == "Fix enrollment"
    for text in ("Nov. 9, 2018", "CC BY 4.0", "Example", "Read the original"):
        assert text in page.one("aside").text


@pytest.mark.usefixtures("portal")
def test_document_in_the_other_language_only(client):
    SourceDocument.objects.filter(language="en").delete()
    page = Page(client.get(f"/en/documents/{DOCUMENT}/").content.decode())
    assert "does not exist in English yet" in page.words
    assert page.one("h1").get("lang") == "fr"


@pytest.mark.usefixtures("portal")
def test_unknown_document(client):
    assert client.get("/fr/documents/no-such-document/").status_code == 404


@pytest.mark.usefixtures("portal")
def test_unknown_platform(client):
    assert client.get("/fr/platforms/toaster/").status_code == 404
