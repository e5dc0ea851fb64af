"""The indexes of codes and messages: what they list, count, narrow and order, and how fast."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection

from tests.web.content import BILINGUAL, DRAFT, FRENCH_ONLY, STAFF, make_portal, write
from tests.web.html import Page
from troubleshooting.caching import version
from troubleshooting.models import (
    Article,
    ArticleTranslation,
    CodeCitation,
    ErrorCode,
    Platform,
    Symptom,
)

NEVER = "Message d’un brouillon"


@pytest.fixture
def quoting(portal):
    """The portal with one message in three articles, two more, and one of a draft."""
    same = "L’erreur **Profil introuvable** s’affiche."
    articles = portal.articles
    write(articles[FRENCH_ONLY], "fr", "Premier", problem=f"{same} Code 0x80CF0440.")
    write(articles["conseils"], "fr", "Deuxième", problem=same.upper().replace("ERREUR", "erreur"))
    write(articles["conseils"], "en", "Second", problem="The error **No profile** appears.")
    write(articles[BILINGUAL], "fr", "Troisième", problem=f"{same} Le message **Aa** de 0x5.")
    write(articles[DRAFT], "fr", "Brouillon", problem=f"L’erreur **{NEVER}** s’affiche.")
    write(articles[STAFF], "fr", "Interne", problem="L’erreur **Message interne** s’affiche.")
    return portal


def read(client, address: str) -> Page:
    response = client.get(address)
    assert response.status_code == 200
    return Page(response.content.decode())


def names(page: Page) -> list[str]:
    """The rows of the table, by their first cells."""
    return [cell.text.split("\n")[0].strip() for cell in page.all("th", scope="row")]


def counts(page: Page) -> dict[str, int]:
    """Each value of each facet with its count."""
    texts = [part.text for part in page.all("span", class_="facet-name")]
    numbers = [int(part.text) for part in page.all("span", class_="facet-count")]
    return dict(zip(texts, numbers, strict=True))


@pytest.mark.usefixtures("quoting")
def test_messages_alike_are_one_and_lead_to_their_articles(client):
    page = read(client, "/fr/messages/")
    assert len(names(page)) == len(set(names(page)))
    row = next(name for name in names(page) if name.casefold() == "profil introuvable")
    assert row
    links = {link.get("href") for link in page.all("a", class_="block-link")}
    for slug in (FRENCH_ONLY, "conseils", BILINGUAL):
        assert f"/fr/articles/{slug}/" in links
    found = page.one("a", class_="block-link message-name", href=_search(page)).get("href")
    assert client.get(found).status_code == 200


def _search(page: Page) -> str:
    links = page.all("a", class_="block-link message-name")
    return next(link.get("href") for link in links if link.text.casefold() == "profil introuvable")


@pytest.mark.usefixtures("quoting")
def test_messages_are_those_of_the_language(client):
    assert "No profile" in names(read(client, "/en/messages/"))
    assert "No profile" not in names(read(client, "/fr/messages/"))


@pytest.mark.usefixtures("quoting")
def test_what_a_reader_may_not_see_is_not_there(client):
    words = read(client, "/fr/messages/").words
    assert NEVER not in words
    assert "Message interne" not in words
    client.force_login(User.objects.create_superuser("editor"))
    assert {NEVER, "Message interne"} <= set(names(read(client, "/fr/messages/")))
    client.logout()
    assert NEVER not in read(client, "/fr/messages/").words


@pytest.mark.parametrize("path", ["codes", "messages"])
@pytest.mark.usefixtures("quoting")
def test_every_count_is_the_number_of_rows_that_choosing_shows(client, path):
    page = read(client, f"/fr/{path}/")
    facets = {
        element.text: link.get("href")
        for element, link in zip(
            page.all("span", class_="facet-name"),
            [link for link in page.all("a", rel="nofollow") if "facet-box" in _inside(page, link)],
            strict=True,
        )
    }
    assert facets
    for label, number in counts(page).items():
        narrowed = read(client, f"/fr/{path}/{facets[label]}")
        assert len(names(narrowed)) == number, label
        assert label in narrowed.one("ul", class_="chosen").text


def _inside(page: Page, link) -> str:
    """The classes of the element right after ``link``: what it begins with."""
    return page.elements[page.elements.index(link) + 1].get("class")


@pytest.mark.usefixtures("quoting")
def test_facets_are_narrowed_by_each_other(client):
    of_ios = counts(read(client, "/fr/codes/?platform=ios"))
    assert of_ios["Android"] == counts(read(client, "/fr/codes/"))["Android"]
    assert of_ios["Codes hexadécimaux"] == len(names(read(client, "/fr/codes/?platform=ios")))


@pytest.mark.usefixtures("quoting")
def test_what_applies_to_all_platforms_shows_for_each(client, portal):
    write(portal.articles["conseils"], "fr", "Partout", problem="Le code 0x8007064C.")
    for platform in ("ios", "android", "macos"):
        assert "0x8007064C" in " ".join(names(read(client, f"/fr/codes/?platform={platform}")))


@pytest.mark.usefixtures("quoting")
def test_a_facility_is_chosen_by_its_name(client, portal):
    write(portal.articles["conseils"], "fr", "Win32", problem="Les codes 0x8007064C et 0xC0000005.")
    page = read(client, "/fr/codes/?facility=WIN32")
    assert [name[:10] for name in names(page)] == ["0x8007064C"]


@pytest.mark.usefixtures("quoting")
def test_order(client, portal):
    write(portal.articles["conseils"], "fr", "Neuf", problem="Le code 0x8007064C.")
    by_name = [name[:10] for name in names(read(client, "/fr/codes/"))]
    assert by_name == sorted(by_name, key=lambda code: int(code, 16))
    assert names(read(client, "/fr/codes/?sort=recent"))[0].startswith("0x8007064C")
    by_number = names(read(client, "/fr/messages/?sort=articles"))
    assert by_number[0].casefold() == "profil introuvable"


@pytest.mark.usefixtures("quoting")
def test_what_is_not_understood_is_said(client):
    page = read(client, "/fr/codes/?platform=toaster&sort=colour&facility=NONE&family=hex&page=99")
    for label in ("Plateforme", "Ordre", "Composant"):
        assert label in page.one("div", class_="notice").text
    assert names(page)
    nothing = read(client, "/fr/codes/?family=hex&platform=macos")
    assert nothing.all("section", class_="empty card")


@pytest.mark.django_db
def test_pages_keep_what_was_chosen(client):
    make_portal(extra=60)
    page = read(client, "/fr/codes/?family=hex&sort=articles")
    assert len(names(page)) == 50
    following = page.one("a", rel="next").get("href")
    rest = read(client, f"/fr/codes/{following}")
    assert len(names(rest)) == 61 - 50
    assert "family=hex" in following
    assert "sort=articles" in following
    assert not set(names(page)) & set(names(rest))


@pytest.mark.django_db
@pytest.mark.parametrize("portal", [45], indirect=True)
@pytest.mark.parametrize("path", ["codes", "messages"])
@pytest.mark.usefixtures("portal")
def test_queries_do_not_grow(client, django_assert_max_num_queries, path):
    for query in ("?sort=recent", "?platform=android", ""):
        with django_assert_max_num_queries(8):
            client.get(f"/fr/{path}/{query}")
    with django_assert_max_num_queries(5):  # the rows are kept by now
        client.get(f"/fr/{path}/?platform=ios")


def _add_quoting(number: int) -> None:
    """Add articles in two languages, each with a code and a message of its own."""
    first = Article.objects.count()
    articles = Article.objects.bulk_create(
        Article(slug=f"q{first + n}", status="published", audience="public") for n in range(number)
    )
    texts = ArticleTranslation.objects.bulk_create(
        ArticleTranslation(article=article, language=language, title=article.slug)
        for article in articles
        for language in ("fr", "en")
    )
    codes = ErrorCode.objects.bulk_create(
        ErrorCode(canonical=f"0x8ABC{n:04X}", kind="hex", value=0x8ABC0000 + n)
        for n in range(first, first + number)
    )
    CodeCitation.objects.bulk_create(
        CodeCitation(translation=text, code=codes[n // 2], section="problem", position=0)
        for n, text in enumerate(texts)
    )
    Symptom.objects.bulk_create(
        Symptom(translation=text, position=0, text=f"Message {text.pk}", key=f"message {text.pk}")
        for text in texts
    )


def _steps(client, address: str) -> int:
    """Return how many thousands of steps SQLite takes for a page that nothing was kept of."""
    cache.clear()
    version.renew(connection)
    steps = [0]

    def count() -> int:
        steps[0] += 1
        return 0

    connection.connection.set_progress_handler(count, 1000)
    try:
        assert client.get(address).status_code == 200
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps[0]


@pytest.mark.django_db
@pytest.mark.sqlite  # which counts its steps
@pytest.mark.parametrize("address", ["codes/", "messages/", "codes/hex/recent.atom"])
def test_the_work_of_the_database_grows_with_the_texts_and_not_with_their_square(client, address):
    _add_quoting(150)
    once = _steps(client, f"/fr/{address}")
    _add_quoting(450)
    assert _steps(client, f"/fr/{address}") <= 6 * once


@pytest.mark.usefixtures("quoting")
def test_a_change_shows_at_once(client, portal):
    before = names(read(client, "/fr/messages/?sort=recent"))
    write(portal.articles["conseils"], "fr", "Neuf", problem="L’erreur **Tout neuf** s’affiche.")
    after = names(read(client, "/fr/messages/?sort=recent"))
    assert after[0] == "Tout neuf"
    assert "Tout neuf" not in before


@pytest.mark.usefixtures("quoting")
def test_a_foreign_title_says_its_language(client, portal):
    page = read(client, "/en/codes/")
    link = page.one("a", class_="block-link", href=f"/en/articles/{FRENCH_ONLY}/")
    assert link.get("hreflang") == "fr"
    assert link.text.endswith("(French)")
    assert page.all("span", lang="fr")
    assert not read(client, "/fr/codes/").all("span", class_="in-language")
    assert Platform.objects.count() >= 3


@pytest.mark.usefixtures("portal")
def test_articles_of_one_title_are_told_apart_by_their_platforms(client, portal):
    for slug in (BILINGUAL, FRENCH_ONLY):
        write(portal.articles[slug], "fr", "Refusé", problem="L’erreur **Trop tard** s’affiche.")
    page = Page(client.get("/fr/messages/").content.decode())
    titles = [link.text for link in page.all("a", class_="block-link")]
    assert {"Refusé (Android)", "Refusé (iOS/iPadOS)"} <= set(titles)
