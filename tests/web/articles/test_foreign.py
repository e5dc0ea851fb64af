"""Every fragment in another language says so; dates and numbers are the reader's."""

from datetime import UTC, datetime

import lxml.html
import pytest
from django.utils.translation import override

from tests.web.content import BILINGUAL, CODE, DOCUMENT, FRENCH_ONLY, write
from troubleshooting.models import ArticleTranslation, SourceDocument
from troubleshooting.templatetags.portal import grouped

TITLE = "Échec de l’installation du profil"
PAGES = [
    "",
    "articles/",
    "codes/",
    f"codes/{CODE}/",
    f"documents/{DOCUMENT}/",
    "platforms/ios/",
    "search/?q=installation+profil",
    f"search/?q={CODE}",
    f"articles/{BILINGUAL}/",
    f"articles/{FRENCH_ONLY}/",
]


def tree(client, path: str) -> lxml.html.HtmlElement:
    response = client.get(path)
    assert response.status_code == 200
    return lxml.html.fromstring(response.content.decode())


def language_of(element: lxml.html.HtmlElement) -> str:
    """The nearest ``lang``, as a browser finds it."""
    return element.xpath("ancestor-or-self::*[@lang][1]/@lang")[0]


@pytest.mark.parametrize("path", PAGES)
def test_a_text_in_another_language_says_so(client, portal, path):
    write(portal.articles[FRENCH_ONLY], "fr", TITLE, problem=f"Le profil, code {CODE}, échoue.")
    page = tree(client, f"/en/{path}")
    shown = page.xpath(f"//body//*[text()[contains(., '{TITLE}')]]")
    assert shown
    for element in shown:
        assert language_of(element) == "fr", lxml.html.tostring(element)
    for link in page.xpath(f"//main//a[contains(., '{TITLE}')]"):
        assert link.get("hreflang") == "fr", lxml.html.tostring(link)
    for element in page.xpath("//main//*[@lang]"):
        assert element.get("lang") in ("fr", "en")


@pytest.mark.parametrize("path", ["", "documents/", f"articles/{FRENCH_ONLY}/"])
def test_a_document_in_another_language_says_so(client, portal, path):
    SourceDocument.objects.filter(language="en").delete()
    for link in tree(client, f"/en/{path}").xpath("//main//a[contains(., 'Dépanner')]"):
        assert (language_of(link), link.get("hreflang")) == ("fr", "fr")


@pytest.mark.parametrize(
    ("language", "date", "number"),
    [("fr", "3 février 2024", "1\u00a0234"), ("en", "February 3, 2024", "1,234")],
)
@pytest.mark.usefixtures("portal")
def test_dates_and_numbers_are_those_of_the_language(client, language, date, number):
    ArticleTranslation.objects.update(modified=datetime(2024, 2, 3, 12, tzinfo=UTC))
    for path in ("", "codes/", f"articles/{BILINGUAL}/"):
        page = tree(client, f"/{language}/{path}")
        times = page.xpath("//main//time[starts-with(@datetime, '2024-02-03')]")
        assert times
        assert {time.text_content() for time in times} == {date}, path
    with override(language):
        assert grouped(1234) == number
