"""The index of codes and the pages of single codes."""

import pytest

from tests.web.content import BILINGUAL, CODE, DRAFT_CODE
from tests.web.html import Page


@pytest.mark.parametrize(
    "spelling", ["0x80cf0440", "80CF0440", "0X80CF0440", "-2133916608", "2161050688"]
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
def test_page_of_a_code(client):
    page = Page(client.get(f"/fr/codes/{CODE}/").content.decode())
    assert CODE in page.one("h1").text
    assert "0x80cf0440" in page.words
    assert "1 article cite ce code" in page.words
    assert page.all("a", href=f"/fr/articles/{BILINGUAL}/")


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
def test_index_of_an_unknown_platform_says_so(client):
    page = Page(client.get("/fr/codes/?platform=toaster").content.decode())
    assert "Cette plateforme est inconnue" in page.words
    assert page.all("a", class_="code-chip")
