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
    for text in ("November 9, 2018", "CC BY 4.0", "Example", "Read the original"):
        assert text in page.one("aside").text


@pytest.mark.usefixtures("portal")
def test_of_a_document_whose_source_is_not_known_none_is_stated(client):
    unknown = {"source_url": "", "licence": "", "licence_url": "", "attribution": "", "date": None}
    SourceDocument.objects.update(**unknown)
    page = Page(client.get(f"/en/documents/{DOCUMENT}/").content.decode())
    assert not page.all("aside")


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


@pytest.fixture
def many(portal):
    """Return 60 further documents: their titles begin with letters of either kind."""
    titles = [f"{'ÉAZ'[number % 3]}tude {number:02}" for number in range(60)]
    for number, title in enumerate(titles):
        SourceDocument.objects.create(
            key=f"d{number}", language="fr", path="d.md", sha256="", raw=b"", title=title
        )
    return titles


def rows_of(client, address: str) -> list[str]:
    page = Page(client.get(address).content.decode())
    return [row.text for row in page.all("a", class_="row-link")]


def test_documents_are_rows_from_a_to_z_on_pages(client, many):
    first = rows_of(client, "/fr/documents/")
    second = rows_of(client, "/fr/documents/?page=2")
    assert (len(first), len(second)) == (50, 11)
    assert first[0].startswith("Atude")
    ends = [title[0] for title in first + second]
    assert ends.index("É") < ends.index("Z")


@pytest.mark.parametrize(
    ("typed", "count"),
    [("etude 0", 5), ("ETUDE", 20), ("xyz", 0), ("xyz%00", 0), ("%00", 50), ("", 50)],
)
def test_documents_are_narrowed_by_words_of_the_title(client, many, typed, count):
    assert len(rows_of(client, f"/fr/documents/?q={typed}")) == count


def test_home_shows_five_documents_and_leads_to_all(client, many):
    page = Page(client.get("/fr/").content.decode())
    shown = {link.get("href") for link in page.all("a", class_="row-link")}
    assert sum("/documents/" in address for address in shown) == 5
    assert "Voir les 61 documents" in page.words


def test_a_document_of_the_other_language_says_so(client, many):
    assert "French" in Page(client.get("/en/documents/").content.decode()).words


@pytest.mark.usefixtures("portal")
def test_what_grows_is_on_pages(client, monkeypatch):
    monkeypatch.setattr("troubleshooting.views.indexes.documents.PAGE_SIZE", 1)
    document = SourceDocument.objects.get(key=DOCUMENT, language="fr")
    below = {"level": 3, "anchor": "b", "title": "B", "articles": [BILINGUAL, FRENCH_ONLY]}
    document.outline = [
        {"level": 2, "anchor": "a", "title": "A", "intro_html": "<p>Intro</p>", "articles": []},
        below,
        {"level": 2, "anchor": "c", "title": "C", "articles": ["conseils"]},
    ]
    document.save()
    seen: list[str] = []
    for number, headings in (1, "AB"), (2, "AB"), (3, "C"):
        address = f"/fr/documents/{DOCUMENT}/?page={number}"
        page = Page(client.get(address).content.decode())
        titles = [title for title in page.all("h2") + page.all("h3") if title.get("id")]
        assert "".join(title.text for title in titles if len(title.text) == 1) == headings
        assert ("Intro" in page.words) is (number == 1)
        links = [str(link.get("href")) for link in page.all("a")]
        assert [link for link in links if link[-2:] in ("#a", "#c")] == [
            "#a" if number == 1 else "?page=1#a",
            "#c" if number == 3 else "?page=3#c",
        ]
        seen += rows_of(client, address)
    assert len(seen) == len(set(seen)) == 3
