"""The index of codes and the pages of single codes."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from tests.web.content import BILINGUAL, CODE, DRAFT_CODE, FRENCH_ONLY, write
from tests.web.html import Page
from troubleshooting.models import SearchLog


@pytest.mark.parametrize(
    "spelling",
    [
        "0x80cf0440",
        "80CF0440",
        "0X80CF0440",
        "-2133916608",
        "2161050688",
        "2133916608",
        "0xFFFFFFFF80CF0440",
        "hr=0x80CF0440",
    ],
)
@pytest.mark.usefixtures("portal")
def test_other_spellings_lead_to_the_page(client, spelling):
    response = client.get(f"/fr/codes/{spelling}/")
    assert response.headers["Location"] == f"/fr/codes/{CODE}/"


@pytest.mark.parametrize(
    "text", [DRAFT_CODE, "0xDEADBEEF", "no such code", "%00", "a" * 3000, "%FF"]
)
@pytest.mark.usefixtures("portal")
def test_what_no_public_article_cites_has_no_page(client, text):
    assert client.get(f"/fr/codes/{text}/").status_code == 404


@pytest.mark.usefixtures("portal")
def test_a_code_that_lost_its_zeros_and_the_number_of_windows(client, portal):
    text = "Erreurs 0x00240005 et 0x8007064c."
    write(portal.articles["conseils"], "fr", "Premières vérifications", problem=text)
    for spelling in ("240005", "0x240005", "2359301"):
        response = client.get(f"/fr/codes/{spelling}/")
        assert response.headers["Location"] == "/fr/codes/0x00240005/"
    assert client.get("/fr/codes/1612/").headers["Location"] == "/fr/codes/0x8007064C/"
    words = Page(client.get("/fr/codes/0x8007064C/").content.decode()).words
    for spelling in ("-2147023284", "2147944012", "1612"):
        assert spelling in words


@pytest.mark.parametrize("text", [DRAFT_CODE, "80070005", "-2147024891"])
@pytest.mark.usefixtures("portal")
def test_an_undocumented_code_is_taken_apart(client, text):
    response = client.get(f"/fr/codes/{text}/")
    assert response.status_code == 404
    page = Page(response.content.decode())
    assert page.one("h1").text == f"{DRAFT_CODE} n’est pas documenté"
    assert "WIN32 (7)" in page.words
    assert page.one("input", id="id_subject").get("value") == DRAFT_CODE
    assert not page.all("section", class_="guesses")
    near = Page(client.get("/fr/codes/0x80CF0041/").content.decode())
    assert near.one("section", class_="guesses").text.count(CODE) == 1


@pytest.mark.usefixtures("portal")
def test_what_is_no_hresult_is_not_decoded(client):
    for text in ("0xC0000005", "AADSTS50020", "5.7.124"):
        page = Page(client.get(f"/fr/codes/{text}/").content.decode())
        assert "Ce n’est pas un HRESULT" in page.words
        assert "Gravité" not in page.words


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("1603", "ERROR_INSTALL_FAILURE", "Comme erreur Windows"),
        ("ERROR_INSTALL_FAILURE", "ERROR_INSTALL_FAILURE", "0x80070643"),
        ("INSTALL_FAILURE", "ERROR_INSTALL_FAILURE", "Noms Windows avec ces mots"),
        ("0x80240024", "WU_E_NO_UPDATE", "Il n’y a pas de mise à jour."),
    ],
)
@pytest.mark.usefixtures("portal")
def test_the_name_of_a_code_is_shown_and_is_no_article(client, text, name, said):
    for address in (f"/fr/codes/{text}/", f"/fr/search/?q={text}"):
        page = Page(client.get(address).content.decode())
        (shown,) = page.all("ul", class_="code-names")
        assert name in shown.text
        assert said in page.words
        assert page.all("a", rel="license")
        assert not page.all("h2", class_="hit-title")
    assert page.all("p", class_="result-count")[0].text == "Aucun article"


@pytest.mark.usefixtures("portal")
def test_a_name_leads_to_what_is_written_of_its_value(client, portal):
    text = "L’erreur 0x8007064c s’affiche."
    write(portal.articles["conseils"], "fr", "Premières vérifications", problem=text)
    name = "ERROR_INSTALL_SOURCE_ABSENT"
    response = client.get(f"/fr/codes/{name}/")
    assert response.headers["Location"] == "/fr/codes/0x8007064C/"
    page = Page(client.get(f"/fr/search/?q={name}").content.decode())
    assert "Premières vérifications" in page.one("strong", class_="code-answer-title").text
    assert "erreur Windows de ce nom" in page.words
    card = page.one("section", class_="card code-answer")
    assert name in card.text


@pytest.mark.usefixtures("portal")
def test_page_of_a_code(client):
    page = Page(client.get(f"/fr/codes/{CODE}/").content.decode())
    assert CODE in page.one("h1").text
    assert "0x80cf0440" in page.words
    assert "1 article cite ce code" in page.words
    assert page.all("a", href=f"/fr/articles/{BILINGUAL}/")
    assert "Première action" in page.words
    step = f"/fr/articles/{BILINGUAL}/#resolution-1-step-1"
    assert page.one("a", href=step).text.endswith("Ouvrez Paramètres › Comptes.")


def titles_of(client, address: str) -> list[str]:
    page = Page(client.get(address).content.decode())
    return [title.text for title in page.all("h3", class_="hit-title")]


def test_articles_of_a_code_are_in_the_readers_language_first_and_on_pages(
    client, portal, monkeypatch
):
    monkeypatch.setattr("troubleshooting.views.indexes.codes.PAGE_SIZE", 2)
    for slug, title in (("conseils", "Checks"), (FRENCH_ONLY, "Échec")):
        language = "en" if title == "Checks" else "fr"
        write(portal.articles[slug], language, title, other=f"{CODE}", resolution="1. Wait.")
    first = titles_of(client, f"/en/codes/{CODE}/")
    assert sorted(first) == ["Checks", "Limit reached"]
    assert titles_of(client, f"/en/codes/{CODE}/?page=2") == ["Échec"]
    page = Page(client.get(f"/en/codes/{CODE}/").content.decode())
    assert "3 articles cite this code" in page.words
    assert page.words.count("First action") == 1  # the others only mention the code


@pytest.mark.usefixtures("portal")
def test_index_hides_codes_of_drafts(client):
    words = Page(client.get("/fr/codes/").content.decode()).words
    assert CODE in words
    assert DRAFT_CODE not in words


@pytest.mark.parametrize(("platform", "found"), [("android", True), ("ios", False)])
@pytest.mark.usefixtures("portal")
def test_index_of_a_platform(client, platform, found):
    page = Page(client.get(f"/fr/codes/?platform={platform}").content.decode())
    assert bool(page.all("a", class_="code-chip")) is found


@pytest.mark.usefixtures("portal")
def test_home_lists_the_codes_that_are_searched_most(client, portal, monkeypatch):
    monkeypatch.setattr("troubleshooting.views.home.FEWEST_CODES", 2)
    text = "Erreurs 0x80070001, 0x80070002 et 0x80070003."
    write(portal.articles["conseils"], "fr", "Premières vérifications", problem=text)
    yesterday = timezone.now() - timedelta(days=1)
    for code, number in (("0x80070003", 3), ("0x80070001", 2), (DRAFT_CODE, 9)):
        for _ in range(number):
            SearchLog.objects.create(kind="code", codes=[code], language="fr", created=yesterday)
    assert "Codes les plus cités" in Page(client.get("/fr/").content.decode()).words
    for _ in range(4):
        SearchLog.objects.create(kind="code", codes=[CODE], language="fr", created=yesterday)
    cache.clear()
    page = Page(client.get("/fr/").content.decode())
    assert "Codes les plus recherchés" in page.words
    assert [chip.text for chip in page.all("a", class_="code-chip")] == [CODE, "0x80070003"]
