"""What holds for every page in both languages."""

import re

import pytest
from django.utils import translation

from kbportal import catalogues
from tests.infra.project import ROOT
from tests.web.content import BILINGUAL, CODE, DOCUMENT, FRENCH_ONLY, LANGUAGES
from tests.web.html import Page

PAGES = {
    "": 200,
    "articles/": 200,
    "articles/?platform=ios": 200,
    "search/": 200,
    "search/?q=plafond+atteint": 200,
    "search/?q=limit+reached&platform=android": 200,
    "search/?q=-2133916608": 200,
    "search/?q=0x80180014": 200,
    "search/?q=nothing+like+this": 200,
    "gaps/": 200,
    "gaps/thanks/": 200,
    f"articles/{BILINGUAL}/": 200,
    f"articles/{FRENCH_ONLY}/": 200,
    f"articles/{BILINGUAL}/feedback/": 200,
    f"articles/{BILINGUAL}/error/": 200,
    f"articles/{BILINGUAL}/thanks/": 200,
    "offline/": 200,
    "documents/": 200,
    f"documents/{DOCUMENT}/": 200,
    "codes/": 200,
    "codes/?platform=android": 200,
    "codes/?family=hex&sort=articles": 200,
    "messages/": 200,
    f"codes/{CODE}/": 200,
    "platforms/android/": 200,
    "platforms/macos/": 200,
    "no-such-page/": 404,
    "articles/no-such-article/": 404,
    "codes/0x80180014/": 404,
}
EVERY_PAGE = pytest.mark.parametrize(
    ("language", "path"), [(language, path) for language in LANGUAGES for path in PAGES]
)


@EVERY_PAGE
@pytest.mark.usefixtures("portal")
def test_page(client, language, path):
    response = client.get(f"/{language}/{path}")
    assert response.status_code == PAGES[path]
    assert response.headers["Content-Language"] == language
    page = Page(response.content.decode())
    assert page.one("html").get("lang") == language
    assert page.one("title").text.strip(" –")
    assert page.one("h1").text.strip()
    assert page.one("main")


@EVERY_PAGE
@pytest.mark.usefixtures("portal")
def test_nothing_inline_and_nothing_from_elsewhere(client, language, path):
    response = client.get(f"/{language}/{path}")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    page = Page(response.content.decode())
    assert not page.all("style")
    for element in page.elements:
        assert not [name for name in element.attributes if name == "style" or name[:2] == "on"]
        source = element.get("src") or (element.tag == "link" and element.get("href")) or "/"
        assert source.startswith(("/", "http://testserver/"))
    for script in page.all("script"):
        if script.get("type") != "application/ld+json":  # data, never executed
            assert script.get("src").startswith("/static/")
            assert not script.text


@EVERY_PAGE
@pytest.mark.usefixtures("portal")
def test_ids_are_unique_and_labels_resolve(client, language, path):
    page = Page(client.get(f"/{language}/{path}").content.decode())
    ids = [element.get("id") for element in page.elements if element.get("id")]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        assert not element.get("aria-labelledby") or element.get("aria-labelledby") in ids
        if element.tag == "a" and element.get("href").startswith("#"):
            assert element.get("href")[1:] in ids


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("portal")
def test_french_pages_hold_no_english_text(client, path):
    words = Page(client.get(f"/fr/{path}").content.decode()).words
    catalogue = catalogues.read(ROOT / "troubleshooting/locale/fr/LC_MESSAGES/django.po")
    for message in catalogue:
        text = message.id if isinstance(message.id, str) else message.id[0]
        if len(text) > 12 and "%(" not in text and text != message.string:
            assert text not in words


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.usefixtures("portal")
def test_french_typography(client, path):
    html = client.get(f"/fr/{path}").content.decode()
    words = Page(re.sub(r"<kbd>.*?</kbd>", "", html)).words  # the key "?" ends no question
    assert not re.findall(r"\w+ [;!?»]|« \w+|\w+'\w+", words.replace("inscription.fr.md", ""))


@pytest.mark.parametrize("path", [path for path, status in PAGES.items() if status == 200])
@pytest.mark.usefixtures("portal")
def test_language_switch_stays_on_the_page(client, path):
    page = Page(client.get(f"/fr/{path}").content.decode())
    link = next(link for link in page.all("a", hreflang="en") if link.get("lang") == "en")
    assert link.get("href") == f"/en/{path}"
    assert client.get(link.get("href")).status_code == 200


@pytest.mark.usefixtures("portal")
def test_alternates_name_the_languages_there_are(client):
    def languages(path):
        page = Page(client.get(path).content.decode())
        return {
            link.get("hreflang"): link.get("href")
            for link in page.all("link", rel="alternate")
            if not link.get("type")  # the article as Markdown is no other language
        }

    assert languages(f"/fr/articles/{BILINGUAL}/") == {
        "fr": f"http://testserver/fr/articles/{BILINGUAL}/",
        "en": f"http://testserver/en/articles/{BILINGUAL}/",
    }
    assert set(languages(f"/en/articles/{FRENCH_ONLY}/")) == {"fr"}
    assert set(languages(f"/fr/documents/{DOCUMENT}/")) == {"fr", "en"}


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", "articles/", "codes/", "documents/"])
def test_an_empty_portal_says_what_to_do(client, language, path):
    page = Page(client.get(f"/{language}/{path}").content.decode())
    assert page.all("section", class_="empty card")
    if path in ("", "documents/"):
        assert "import_docs" in page.words


@pytest.mark.usefixtures("portal")
def test_dates_follow_the_language(client):
    assert "9 novembre 2018" in client.get(f"/fr/documents/{DOCUMENT}/").content.decode()
    assert "November 9, 2018" in client.get(f"/en/documents/{DOCUMENT}/").content.decode()


@pytest.mark.usefixtures("portal")
def test_a_new_language_needs_no_code(client, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    with translation.override("de"):
        page = Page(client.get("/de/").content.decode())
    named = {link.get("hreflang") for link in page.all("link", rel="alternate")}
    assert named - {""} == {"fr", "en", "de"}  # the feed names none
