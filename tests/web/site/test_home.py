"""The home page: tiles that keep what they promise, and the language that a reader chose."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from tests.web.content import DRAFT, FRENCH_ONLY, STAFF, make_portal, write
from tests.web.editors import person
from tests.web.html import Page
from troubleshooting.models import Article, Platform


def number(text: str) -> int:
    return int(re.search(r"\d+", text)[0])


@pytest.mark.django_db
def test_a_tile_counts_what_its_page_and_the_facet_count(client):
    make_portal(extra=4)
    home = Page(client.get("/fr/").content.decode())
    listed = Page(client.get("/fr/articles/").content.decode())
    facet = dict(
        zip(
            (part.text for part in listed.all("span", class_="facet-name")),
            (int(part.text) for part in listed.all("span", class_="facet-count")),
            strict=True,
        )
    )
    tiles = home.all("a", class_="tile card")
    assert tiles
    for tile, count in zip(tiles, home.all("span", class_="tile-count"), strict=True):
        page = Page(client.get(tile.get("href")).content.decode())
        name = page.one("h1").text
        shown = page.all("a", class_="row-link")
        assert number(count.text) == facet[name] == len(shown)
        assert number(page.all("p", class_="result-count")[0].text) == len(shown)


@pytest.mark.usefixtures("portal")
def test_tiles_are_in_the_order_of_platforms(client):
    Platform.objects.filter(slug="macos").update(position=0)
    page = Page(client.get("/fr/").content.decode())
    names = [part.text for part in page.all("span", class_="tile-name")]
    assert names == list(
        Platform.objects.order_by("position", "name").values_list("name", flat=True)
    )
    assert names[0] == "macOS"


@pytest.mark.parametrize(
    ("chosen", "asked", "home"),
    [
        ("", "en-GB,fr;q=0.5", "/en/"),
        ("fr", "en", "/fr/"),
        ("en", "fr", "/en/"),
        ("xx", "fr", "/fr/"),
    ],
)
@pytest.mark.django_db
def test_the_root_leads_to_the_language_that_was_chosen(client, chosen, asked, home):
    if chosen:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = chosen
    response = client.get("/", headers={"Accept-Language": asked})
    assert response.headers["Location"] == home
    assert {"Cookie", "Accept-Language"} <= set(re.split(", *", response.headers["Vary"]))


@pytest.mark.usefixtures("portal")
def test_no_other_page_depends_on_the_choice(client):
    path = f"/fr/articles/{FRENCH_ONLY}/"
    first = client.get(path)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    second = client.get(path)
    assert second.content == first.content
    assert second.headers["Content-Language"] == "fr"
    assert not second.cookies


@pytest.mark.usefixtures("portal")
def test_what_is_in_the_readers_language_comes_first(client):
    """Of a base that is mostly English a French reader sees what is French, then the latest."""
    for number in range(8):
        article = Article.objects.create(slug=f"en-{number}", status="published")
        write(article, "en", f"English {number}", problem="Nothing.")
    recent = Page(client.get("/fr/").content.decode()).all("a", class_="row-link")
    titles = [link.text for link in recent]
    assert not titles[0].startswith("English")
    assert titles.index("English 7") == 4 - 1


@pytest.mark.usefixtures("portal")
def test_what_not_everyone_may_read_says_so_where_it_is_listed(client):
    """An editor may read a draft to a caller otherwise: on the first page and a platform's."""
    client.force_login(person("rene", "Reviewer"))
    platform = Platform.objects.get(slug="windows")
    for article in Article.objects.filter(slug__in=[DRAFT, STAFF]):
        article.platforms.set([platform])
    for address in ("/fr/", reverse("troubleshooting:platform", args=[platform.slug])):
        tags = Page(client.get(address).content.decode()).all("span", class_="tag tag-status")
        assert sorted(tag.text for tag in tags) == ["Brouillon", "Équipe seulement"]
