"""A link of a text leads its reader somewhere; else its words stand there alone."""

import pytest

from tests.people import person as reader
from tests.web.content import BILINGUAL, DOCUMENT, DRAFT, FRENCH_ONLY, STAFF, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.access import Reader
from troubleshooting.editing import change_status, trash_articles
from troubleshooting.models import Article, SourceDocument
from troubleshooting.representing.web.leading import leading_somewhere

pytestmark = pytest.mark.usefixtures("portal")
PAGE = f"/fr/articles/{BILINGUAL}/"
#: Addresses that lead every reader somewhere.
SEEN = [
    f"/fr/articles/{FRENCH_ONLY}/",
    f"/en/articles/{FRENCH_ONLY}/#problem",
    f"/fr/articles/{FRENCH_ONLY}/?a=1&b=2",
    f"http://testserver/fr/articles/{FRENCH_ONLY}/",
    "/fr/articles/ancien/",
    "/fr/articles/{public}/",
    f"/fr/documents/{DOCUMENT}/",
    "/fr/articles/",
    "https://example.org/fr/articles/absent/",
]
#: Addresses that lead no reader anywhere.
HIDDEN = [
    f"/fr/articles/{DRAFT}/",
    f"/en/articles/{DRAFT}/#cause",
    f"/fr/articles/{DRAFT}/history/",
    f"http://testserver/fr/articles/{DRAFT}/",
    "/fr/articles/ancien-brouillon/",
    "/fr/articles/{draft}/",
    "/fr/articles/parti/",
    "/fr/articles/absent/",
    "/fr/documents/inedit/",
]


@pytest.fixture(autouse=True)
def base(settings, portal) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    Article.objects.get(slug=FRENCH_ONLY).former_addresses.create(slug="ancien")
    Article.objects.get(slug=DRAFT).former_addresses.create(slug="ancien-brouillon")
    SourceDocument.objects.create(
        shown_to=Reader.EDITOR.value,
        key="inedit",
        language="fr",
        path="d.md",
        sha256="",
        raw=b"",
        title="Inédit",
    )
    gone = Article.objects.create(slug="parti", status="published")
    write(gone, "fr", "Parti", problem="Rien.")
    trash_articles([gone], user=person("ada", "Administrator"))


def link(*addresses: str) -> list[str]:
    """Let each part of a public text link to ``addresses``; return these as they are shown."""
    numbers = {
        name: Article.objects.get(slug=slug).pk
        for name, slug in (("public", FRENCH_ONLY), ("draft", DRAFT))
    }
    addresses = tuple(address.format(**numbers) for address in addresses)
    lines = "\n\n".join(
        f'Voyez [l’**autre** {number}]({address} "plus > loin").'
        for number, address in enumerate(addresses)
    )
    texts = {"problem": lines, "cause": lines, "resolution": f"1.  Un.\n\n{lines}"}
    write(Article.objects.get(slug=BILINGUAL), "fr", "Plafond", **texts, internal=lines)
    return list(addresses)


def linked(page: str, addresses: list[str]) -> list[str]:
    """Return where the links among the words of ``link`` lead, all of which the page says."""
    words = Page(page).words
    assert all(f"l’autre {number}" in words for number in range(len(addresses)))
    links = [one for one in Page(page).all("a") if one.text.startswith("l’autre")]
    return [one.get("href") for one in links]


def test_on_the_page_of_an_article(client):
    seen = link(*SEEN)
    assert linked(client.get(PAGE).content.decode(), seen) == seen * 3
    hidden = link(*HIDDEN)
    assert linked(client.get(PAGE).content.decode(), hidden) == []


@pytest.mark.parametrize(("who", "times"), [("Author", 4), ("", 0)])
def test_editors_follow_what_they_may_open_and_the_staff_what_is_theirs(client, who, times):
    addresses = link(f"/fr/articles/{DRAFT}/")
    user = person("ben", who) if who else reader("ben")
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert linked(client.get(PAGE).content.decode(), addresses) == addresses * times
    own = link(f"/fr/articles/{STAFF}/")
    assert linked(client.get(PAGE).content.decode(), own) == own * 4
    client.logout()
    assert linked(client.get(PAGE).content.decode(), own) == []


def test_it_is_a_link_once_its_article_is_published(client):
    addresses = link(f"/fr/articles/{DRAFT}/")
    assert linked(client.get(PAGE).content.decode(), addresses) == []
    draft, user = Article.objects.get(slug=DRAFT), person("rene", "Reviewer")
    change_status(draft, "publish", user=user, accept_missing=True)
    assert linked(client.get(PAGE).content.decode(), addresses) == addresses * 3
    change_status(draft, "archive", user=user)
    assert linked(client.get(PAGE).content.decode(), addresses) == []


def test_on_the_screen_of_a_caller(client):
    addresses = link(SEEN[0], HIDDEN[0])
    call = client.post("/fr/calls/", {"article": BILINGUAL}).json()
    screen = client.post("/fr/calls/join/", {"letters": call["code"]})["Location"]
    assert linked(client.get(screen).content.decode(), addresses) == addresses[:1]


def test_on_the_page_of_a_document(client):
    row = SourceDocument.objects.get(key=DOCUMENT, language="fr")
    addresses = [SEEN[0], HIDDEN[0], SEEN[1]]
    said = [f'<p><a href="{one}">l’autre {at}</a></p>' for at, one in enumerate(addresses)]
    row.preamble_html, row.outline[0]["intro_html"] = said[0], said[1] + said[2]
    row.save()
    page = client.get(f"/fr/documents/{DOCUMENT}/").content.decode()
    assert linked(page, addresses) == [SEEN[0], SEEN[1]]


def test_in_the_forms_that_programs_read(client):
    link(SEEN[0], HIDDEN[0])
    markdown = client.get(f"/fr/articles/{BILINGUAL}.md").content.decode()
    number = Article.objects.get(slug=BILINGUAL).pk
    html = client.get(f"/api/v1/articles/{number}/?language=fr").json()["sections"][0]["html"]
    for said in (markdown, html):
        assert FRENCH_ONLY in said
        assert DRAFT not in said


def test_a_text_without_such_links_asks_nothing_more(client, django_assert_num_queries):

    with django_assert_num_queries(0):
        assert leading_somewhere(Reader.PUBLIC, ["<p>Un.</p>", None]) == ["<p>Un.</p>", ""]
        assert leading_somewhere(Reader.EDITOR, ['<a href="/fr/articles/x/">x</a>'])[0]
