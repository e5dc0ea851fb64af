"""Documents as a facet: hundreds of values, of which the most frequent are shown at first."""

from __future__ import annotations

import re

import pytest

from tests.kept import inserted
from tests.web.content import BILINGUAL, DOCUMENT, Portal, write
from tests.web.documents import OTHERS, document, make_documents
from tests.web.html import Page
from troubleshooting.models import Article, SourceDocument, SourceEntry

SHOWN = 6


def results(client, query: str, language: str = "fr") -> Page:
    return Page(client.get(f"/{language}/search/?{query}").content.decode())


def part(page: Page, pattern: str) -> Page:
    """The part of a page that a pattern cuts out; an empty one where there is none."""
    found = re.search(pattern, page.html, re.DOTALL)
    return Page(found[0] if found else "")


def panel(page: Page) -> Page:
    return part(page, r'<section[^>]*id="facet-document".*?</section>')


def more(page: Page) -> list[str]:
    """Words and address of the link below the documents."""
    cut = part(panel(page), r'<p class="facet-more">.*?</p>')
    return [text for link in cut.all("a") for text in (link.text, link.get("href"))]


def chosen(page: Page) -> Page:
    return part(page, r'<ul class="chosen".*?</ul>')


def offered(page: Page) -> dict[str, int]:
    """Names and counts of the documents that a page offers."""
    facet = panel(page)
    names = [one.text for one in facet.all("span", class_="facet-name")]
    counts = [int(one.text) for one in facet.all("span", class_="facet-count")]
    return dict(zip(names, counts, strict=True))


def titles(page: Page) -> list[str]:
    return [one.text for one in page.all("h2", class_="hit-title")]


@pytest.fixture
def portal(db) -> Portal:
    """A portal whose articles beyond the first come from many documents."""
    return inserted("many documents", make_documents)


@pytest.mark.usefixtures("portal")
class TestOffered:
    def test_the_most_frequent_at_first(self, client):
        found = offered(results(client, "q=tampon"))
        assert list(found.values()) == [30, 29, 28, 27, 26, 25]
        assert "Guide 00" in found

    def test_the_others_behind_a_link(self, client):
        page = results(client, "q=tampon&platform=android")
        words, address = more(page)
        assert "24 de plus" in words
        assert address.endswith("more=document#facet-document")
        whole = results(client, address.partition("#")[0].lstrip("?"))
        assert len(offered(whole)) == OTHERS
        words, address = more(whole)
        assert "Afficher moins" in words
        assert address.partition("#")[0] == "?q=tampon&platform=android"

    def test_one_that_is_chosen_is_shown_however_rare(self, client):
        page = results(client, "q=tampon&document=guide-29")
        assert len(offered(page)) == SHOWN + 1
        assert "Guide 29" in chosen(page).html
        assert len(titles(page)) == 1

    def test_a_few_more_are_shown_at_once(self, client):
        SourceDocument.objects.filter(key__gte="guide-08", key__startswith="guide").delete()
        page = results(client, "q=tampon")
        assert len(offered(page)) == SHOWN + 2
        assert more(page) == []

    def test_in_the_list_of_articles_too(self, client):
        page = Page(client.get("/fr/articles/?document=guide-28").content.decode())
        assert "2 articles" in page.words
        assert list(offered(page).values()) == [30, 29, 28, 27, 26, 25, 2]

    def test_removing_all_filters_forgets_the_long_list(self, client):
        page = results(client, "q=tampon&document=guide-29&more=document&page=1")
        links = chosen(page).all("a", class_="link")
        assert [link.get("href") for link in links] == ["?q=tampon"]


@pytest.mark.usefixtures("portal")
class TestNames:
    def test_in_the_language_of_the_reader(self, client):
        assert "Dépanner l’inscription" in offered(results(client, "q=plafond"))
        assert "Fix enrollment" in offered(results(client, "q=limit+reached", "en"))

    def test_in_another_where_there_is_none_and_marked(self, client):
        page = results(client, "q=stamp", "en")
        name, *_ = panel(page).all("span", class_="facet-name")
        assert (name.text, name.get("lang")) == ("Guide 00", "fr")

    def test_two_of_one_title_are_told_apart(self, client):
        SourceDocument.objects.filter(key="guide-01").update(title="Guide 00")
        names = list(offered(results(client, "q=tampon")))
        assert names[:2] == ["Guide 00 (guide-00)", "Guide 00 (guide-01)"]
        assert "Guide 02" in names

    def test_of_the_facet_itself(self, client):
        for language, name in (("fr", "Document"), ("en", "Document")):
            assert panel(results(client, "q=plafond", language)).one("h2").text == name


@pytest.mark.usefixtures("portal")
class TestSearchWithinADocument:
    def test_from_its_page(self, client):
        page = Page(client.get(f"/fr/documents/{DOCUMENT}/").content.decode())
        form = page.one("form", class_="search-within")
        assert form.get("action") == f"/fr/search/?document={DOCUMENT}"
        response = client.post(form.get("action"), {"q": "plafond"})
        assert response.url == f"/fr/search/?document={DOCUMENT}&q=plafond"
        assert titles(results(client, response.url.partition("?")[2])) == ["Plafond atteint"]
        assert titles(results(client, f"document={DOCUMENT}&q=tampon")) == []

    def test_a_pasted_text_stays_out_of_the_address(self, client):
        lines = "\n".join(["10:00 heartbeat"] * 9 + ["10:01 failed 0x80CF0440"])
        response = client.post(f"/fr/search/?document={DOCUMENT}", {"q": lines})
        assert response.status_code == 200
        page = Page(response.content.decode())
        assert page.one("strong", class_="code-answer-title").text == "Plafond atteint"
        removing = chosen(page).all("button", class_="tag tag-remove")
        assert [button.get("formaction") for button in removing] == ["?"]

    def test_a_document_in_two_languages_is_one(self, client):
        found = offered(results(client, "q=plafond"))
        assert found == {"Dépanner l’inscription": 1}


class TestFollows:
    """The combination of an article follows its documents, whoever writes."""

    @pytest.fixture(autouse=True)
    def _portal(self, portal):
        self.article = portal.articles[BILINGUAL]

    def documents(self, client) -> set[str]:
        return set(offered(results(client, "q=plafond")))

    def test_one_that_is_deleted(self, client):
        document("neuf", "fr", "Neuf", [self.article])
        assert "Neuf" in self.documents(client)
        SourceDocument.objects.filter(key="neuf").delete()
        assert "Neuf" not in self.documents(client)

    def test_one_that_is_renamed(self, client):
        SourceDocument.objects.filter(key=DOCUMENT).update(title="Tout neuf", key="neuf")
        assert titles(results(client, "q=plafond&document=neuf")) == ["Plafond atteint"]
        assert self.documents(client) == {"Tout neuf"}

    def test_an_entry_that_leads_to_another_article(self, client):
        other = Article.objects.create(slug="zebre", status="published")
        write(other, "fr", "Zèbre", problem="Rayé.")
        SourceEntry.objects.filter(article=self.article).update(article=other)
        assert offered(results(client, "q=zebre")) == {"Dépanner l’inscription": 1}
        assert offered(results(client, "q=plafond")) == {}


#: An address as somebody might write it, whether its document is known, and the hits it leaves.
ADDRESSES = [
    ("document=inscription", True, 1),
    ("document=inscription&document=guide-03", True, 1),
    ("document=inscription&document=nowhere", False, 1),
    ("document=", False, 1),
    ("document=nowhere", False, 1),
    ("document=INSCRIPTION", False, 1),
    ("document=%00", False, 1),
    ("document=%ff%fe", False, 1),
    ("document=" + "x" * 5000, False, 1),
    ("document=all", False, 1),
    ("document=1", False, 1),
    ("document='%20OR%201=1--", False, 1),
    ("document=%22%5D%7D", False, 1),
    ("document[]=inscription", True, 1),
    ("document=" + "&document=".join(f"d{number}" for number in range(300)), False, 1),
    ("more=document&more=document", True, 1),
    ("more=nowhere", True, 1),
    ("more=%00", True, 1),
    ("document=guide-03", True, 0),
    ("document=guide-03&platform=ios", True, 0),
]


@pytest.mark.usefixtures("portal")
@pytest.mark.parametrize(("query", "is_known", "hits"), ADDRESSES)
def test_any_address_has_an_answer(client, query, is_known, hits):
    for path in ("/fr/search/?q=plafond&", "/fr/articles/?"):
        response = client.get(path + query)
        assert response.status_code == 200
        words = Page(response.content.decode()).words
        said = re.search(r"n’est pas prise? en compte\s?: Document", words)
        assert bool(said) is not is_known, path
    assert len(titles(results(client, f"q=plafond&{query}"))) == hits
