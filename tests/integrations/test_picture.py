"""The picture of an article that other sites show, and the canonical address of every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from PIL import Image

from tests.people import person
from tests.web.content import BILINGUAL, CODE, DOCUMENT, DRAFT, FRENCH_ONLY, STAFF, write
from tests.web.html import Page
from tests.web.site.test_pages import PAGES
from troubleshooting import urls
from troubleshooting.representing.web.picture import SIZE, PictureCard, draw, drawable, title_lines

PICTURE = f"/fr/articles/{BILINGUAL}/picture.png"


def test_a_page_names_its_picture(client, portal):
    page = Page(client.get(f"/fr/articles/{BILINGUAL}/").content.decode())
    said = {one.get("property"): one.get("content") for one in page.all("meta")}
    address = said["og:image"].removeprefix("http://testserver")
    answer = client.get(address)
    assert address.startswith(f"{PICTURE}?revision=")
    assert answer.headers["Content-Type"] == said["og:image:type"] == "image/png"
    size = Image.open(BytesIO(answer.content)).size
    assert size == SIZE == (int(said["og:image:width"]), int(said["og:image:height"]))
    assert said["og:image:alt"] == said["og:title"]


def test_it_is_drawn_again_when_the_title_changes_alone(client, portal):
    first = client.get(PICTURE)
    known = {"if-none-match": first.headers["ETag"]}
    assert client.get(PICTURE, headers=known).status_code == 304
    write(portal.articles[BILINGUAL], "fr", "Autre titre", problem="Autre.", resolution="1.  Un.")
    again = client.get(PICTURE, headers=known)
    assert again.status_code == 200
    assert again.content != first.content
    assert client.post(PICTURE).status_code == 405


@pytest.mark.parametrize(
    ("role", "seen"), [("", set()), ("staff", {STAFF}), ("author", {STAFF, DRAFT})]
)
def test_who_may_not_see_the_article_gets_no_picture(client, portal, role, seen):
    if role:
        client.force_login(person(role))
    for slug in (DRAFT, STAFF, "unknown"):
        answer = client.get(f"/fr/articles/{slug}/picture.png")
        assert answer.status_code == (200 if slug in seen else 404), slug
        assert "public" not in answer.headers.get("Cache-Control", "")


def test_a_text_of_another_language_is_drawn_where_there_is_none(client, portal):
    assert client.get(f"/en/articles/{FRENCH_ONLY}/picture.png").status_code == 200


#: Titles and what of them is drawn.
TITLES = [
    ("Jam", "Jam"),
    ("« L’œuvre » d’Éloïse : à 20\u202f€ – ñ ß ø", "« L’œuvre » d’Éloïse : à 20\xa0€ – ñ ß ø"),
    ("e\u0301te\u0301", "été"),  # accents of their own
    ("Čas → řízení\u2011x", "Cas › rízení-x"),
    ("\u202egpj.exe\x07", "gpj.exe"),
    ("ﬁn", "ﬁn"),
    ("中文", ""),
    ("🖨 prête", "prête"),
    ("", ""),
]


@pytest.mark.parametrize(("title", "drawn"), TITLES)
def test_what_is_drawn_of_a_title(title: str, drawn: str):
    assert drawable(title) == drawn
    assert Image.open(BytesIO(draw(PictureCard("Dépannage", title, title)))).size == SIZE


@pytest.mark.parametrize(
    ("title", "size", "lines"),
    [
        ("Jam", 76, 1),
        ("Erreur 0x80180014 : l’inscription échoue à l’étape d’enrôlement", 76, 3),
        ("C:\\" + "x" * 300, 44, 5),
        ("mot " * 100, 44, 5),
        ("", 76, 0),
        ("Fini…", 76, 1),
    ],
)
def test_a_title_is_wrapped_and_made_smaller_then_cut(title: str, size: int, lines: int):
    found = title_lines(title.strip())
    assert (found[0], len(found[1])) == (size, lines)
    words = "".join(found[1]).replace(" ", "")
    whole = title.replace(" ", "")
    assert words == whole or (words.endswith("…") and whole.startswith(words[:-1]))


#: What is shown inside other pages, and calls, which are between two people and over soon.
NO_ADDRESS = {"widget", "call_join"}


def _paths() -> Iterator[str]:
    """Yield an address of every route; those with parts are visited where these are known."""
    parts = {
        "slug": BILINGUAL, "canonical": CODE, "key": DOCUMENT, "family": "hex", "letters": "BCDFGH",
    }  # fmt: skip
    for route in urls.urlpatterns:
        names = route.pattern.converters
        if route.name not in NO_ADDRESS and set(names) <= set(parts):
            known = {name: parts[name] for name in names}
            if str(route.pattern).startswith("platforms/"):
                known["slug"] = "android"
            yield reverse(f"troubleshooting:{route.name}", kwargs=known)
    yield from (f"{reverse('troubleshooting:home')}{path}" for path in PAGES)
    yield from ("/api/v1/docs/",)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_names_one_canonical_address(client, portal, language):
    client.force_login(person("reader"))
    wrong, pages = [], 0
    with translation.override(language):
        paths = list(_paths())
    for path in paths:
        answer = client.get(path)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            continue
        pages += 1
        found = re.findall(r'<link\s+rel="canonical"\s+href="([^"]*)"', answer.content.decode())
        if not re.fullmatch(r"http://testserver/[^?#]*", " ".join(found)):
            wrong.append((path, found))
    assert wrong == []
    assert pages > 40
