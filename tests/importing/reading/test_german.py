"""German, whose words the portal ships: it takes a setting and a catalogue, and no code."""

from __future__ import annotations

import pytest
from django.utils.translation import trans_real

from kbportal import catalogues
from tests.conftest import SHARED
from tests.web.html import Page
from troubleshooting.importing import ImportOutcome, import_paths
from troubleshooting.models import ArticleTranslation, CodeCitation, Step, Symptom
from troubleshooting.texts.codes import find_codes

DOCUMENT = SHARED / "corpus/intune-2019-07/de/intune/troubleshoot-device-enrollment-in-intune.md"
TITLE = "MDM-Autorität nicht definiert"
needs_supplied = pytest.mark.skipif(not DOCUMENT.exists(), reason="needs ../shared")
CATALOGUE = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "Articles"
msgstr "Artikel"
"""


def _forget() -> None:
    trans_real._translations = {}
    trans_real._default = None


@pytest.fixture
def german(db, settings, tmp_path, same_process):
    """The portal set up for German, whose words it ships, with a catalogue of one text."""
    texts = tmp_path / "locale" / "de" / "LC_MESSAGES"
    texts.mkdir(parents=True)
    (texts / "django.po").write_text(CATALOGUE, encoding="utf-8")
    catalogues.compile_file(texts / "django.po")
    settings.LANGUAGES = [*settings.LANGUAGES, ("de", "Deutsch")]
    settings.LANGUAGE_CODE = "en"
    settings.LOCALE_PATHS = [str(tmp_path / "locale")]
    _forget()
    yield
    _forget()


@needs_supplied
def test_a_german_document_is_read_shown_and_found(german, client):
    (report,) = import_paths([str(DOCUMENT)]).documents
    assert (report.outcome, report.language) == (ImportOutcome.CREATED, "de")
    _check_structure()
    article = ArticleTranslation.objects.get(title=TITLE).article
    _check_pages(client, article.slug, report.key)
    _check_other_languages(client, article.slug)
    for asked in (TITLE, "mdm autoritat", "80CF0440"):
        assert _hits(client, asked), asked
    assert TITLE in _hits(client, "mdm autoritat")[0]


def _check_structure() -> None:
    texts = ArticleTranslation.objects.filter(language="de").select_related("rendered")
    assert len(texts) > 30
    one = texts.get(title=TITLE)
    assert "Fehlermeldung" in one.problem
    assert "DirSync" in one.resolution
    assert Symptom.objects.get(translation=one).text == TITLE
    assert Step.objects.filter(translation=one).count() == 11  # 3, and 4 below each of two
    assert Step.objects.filter(translation=one, anchor="resolution-1-step-2-4").exists()
    with_causes = texts.get(title__startswith="Ein registriertes iOS-Gerät wird nicht")
    assert with_causes.rendered.counts["causes"] == 3
    with_two = texts.get(title="Android-Zertifikatsprobleme")
    assert with_two.rendered.counts["resolutions"] == 2
    assert "Lösung 1" in with_two.rendered.resolution
    codes = set(CodeCitation.objects.values_list("code__canonical", flat=True))
    assert {"DeviceCapReached", "0x80CF0440"} <= codes


def _check_pages(client, slug: str, document: str) -> None:
    for path in (
        *("", "articles/", "codes/", "codes/0x80CF0440/", "messages/", "documents/", "search/"),
        *(f"documents/{document}/", f"articles/{slug}/", "platforms/android/", "offline/"),
        *("gaps/", f"articles/{slug}/feedback/"),
    ):
        response = client.get(f"/de/{path}")
        assert response.status_code == 200, path
        page = Page(response.content.decode())
        assert page.one("html").get("lang") == "de"
        switch = page.one("nav", class_="language-switch").text
        assert all(name in switch for name in ("Français", "English", "Deutsch"))
    article = Page(client.get(f"/de/articles/{slug}/").content.decode())
    assert article.one("h1").text == TITLE
    navigation = article.one("nav", class_="site-nav").text
    assert "Artikel" in navigation  # as the catalogue has it
    assert "Documents" in navigation  # which the catalogue has not: English
    assert client.get(f"/de/articles/{slug}/steps.json").json()["language"] == "de"
    assert 'xml:lang="de"' in client.get("/de/recent.atom").content.decode()


def _check_other_languages(client, slug: str) -> None:
    page = Page(client.get(f"/fr/articles/{slug}/").content.decode())
    assert page.one("h1").get("lang") == "de"
    alternates = {link.get("hreflang") for link in page.all("link", rel="alternate")}
    assert alternates - {""} == {"de"}  # Markdown is no other language
    assert "allemand" in page.words


def _hits(client, asked: str) -> list[str]:
    page = Page(client.get("/de/search/", {"q": asked}).content.decode())
    cards = page.all("strong", class_="code-answer-title")
    return [title.text for title in (*cards, *page.all("h2", class_="hit-title"))]


def test_without_the_supplied_documents_too(german, client, tmp_path):
    path = tmp_path / "fehler.de.md"
    path.write_text(
        "# Fehler\n\n## Gerät wird nicht registriert\n\n**Problem:** Die Fehlermeldung **Profil"
        " fehlt** und der Code 0x80CF0440 erscheinen.\n\n**Lösung:**\n\n1. Starten Sie neu.\n",
        "utf-8",
    )
    (report,) = import_paths([str(path)]).documents
    assert (report.outcome, report.language) == (ImportOutcome.CREATED, "de")
    text = ArticleTranslation.objects.get()
    assert text.rendered.counts["steps"] == 1
    assert [symptom.text for symptom in text.symptoms.all()] == ["Profil fehlt"]
    page = Page(client.get("/de/").content.decode())
    assert "Gerät wird nicht registriert" in page.words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Fehler 1603 beim Installieren", "1603"),
        ("Fehlercode: 1618", "1618"),
        ("Der Rückgabecode 3010", "3010"),
        ("Ereignis-ID 4010", "Event 4010"),
    ],
)
def test_codes_after_german_words(german, text, code):
    assert [mention.code.canonical for mention in find_codes(text)] == [code]


@pytest.mark.parametrize("text", ["3 Fehler in 20 Zeilen", "Fehlerfrei seit 2019", "Version 1603"])
def test_other_numbers_are_no_codes(german, text):
    assert find_codes(text) == []
