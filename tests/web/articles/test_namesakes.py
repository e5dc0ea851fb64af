"""Articles of one title are told apart wherever titles are listed."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from django.utils.translation import override

from tests.web.content import BILINGUAL, FRENCH_ONLY, write
from tests.web.html import Page
from troubleshooting.views.articles import namesakes
from troubleshooting.views.articles.namesakes import Namesake, notes_on_namesakes
from troubleshooting.views.searching.origins import HitOrigin

TITLE = "Échec de l’installation"


class Case(NamedTuple):
    """Titles with platforms by key, where articles stand, and what is written beside them."""

    articles: dict[int, Namesake]
    places: dict[int, list[str]]
    notes: dict[int, str]


def _of(*platforms: tuple[str, ...]) -> dict[int, Namesake]:
    return {key: Namesake(TITLE, names) for key, names in enumerate(platforms, 1)}


CASES = {
    "other titles": Case({1: Namesake("A", ()), 2: Namesake("B", ())}, {}, {}),
    "platforms differ": Case(_of(("iOS",), ("Android",)), {}, {1: "iOS", 2: "Android"}),
    "one is about all": Case(_of((), ("Android",)), {}, {1: "All platforms", 2: "Android"}),
    "the same but for case and blanks": Case(
        {1: Namesake("a  b", ("iOS",)), 2: Namesake("A B", ("Android",))},
        {},
        {1: "iOS", 2: "Android"},
    ),
    "headings differ": Case(
        _of(("iOS",), ("iOS",)),
        {1: ["Guide", "Wi-Fi"], 2: ["Guide", "VPN", "Profiles"]},
        {1: "Wi-Fi", 2: "VPN › Profiles"},
    ),
    "documents differ": Case(
        _of(("iOS",), ("iOS",)), {1: ["Guide"], 2: ["Manual"]}, {1: "Guide", 2: "Manual"}
    ),
    "one has no document": Case(_of((), ()), {1: ["Guide"]}, {1: "Guide", 2: "No. 2"}),
    "nothing differs": Case(
        _of((), ()), {1: ["Guide", "X"], 2: ["Guide", "X"]}, {1: "No. 1", 2: "No. 2"}
    ),
    "two of three share their place": Case(
        _of((), (), ()),
        {1: ["Guide", "X"], 2: ["Guide", "X"], 3: ["Guide", "Y"]},
        {1: "No. 1", 2: "No. 2", 3: "Y"},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_what_tells_them_apart(case: Case, monkeypatch):
    known = {key: HitOrigin(path[0], "en", path[1:], None) for key, path in case.places.items()}
    monkeypatch.setattr(namesakes, "origins", lambda keys, language: known)
    with override("en"):
        assert notes_on_namesakes(case.articles, "en") == case.notes


def test_platforms_that_are_shown_anyway_are_not_said_twice():
    assert notes_on_namesakes(_of(("iOS",), ("Android",)), "en", shows_platforms=True) == {}


@pytest.mark.usefixtures("portal")
def test_lists_and_suggestions_tell_them_apart(client, portal):
    for slug in (BILINGUAL, FRENCH_ONLY):
        portal.articles[slug].platforms.clear()
        write(portal.articles[slug], "fr", TITLE, problem="Rien.")
    numbers = {f"N°\u00a0{portal.articles[slug].pk}" for slug in (BILINGUAL, FRENCH_ONLY)}
    for address in ("/fr/articles/", "/fr/"):
        page = Page(client.get(address).content.decode())
        assert [number for number in numbers if number not in page.words] == []
    asked = client.get("/fr/search/suggestions/", {"q": "échec de l’inst"}).json()["suggestions"]
    assert asked == [{"kind": "title", "text": TITLE, "language": "fr", "address": ""}]
