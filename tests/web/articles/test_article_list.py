"""The list, its facets and its paging."""

import re

import pytest
from django.contrib.auth.models import User

from tests.web.html import Page

HOSTILE = [
    "platform=no-such-platform",
    "kind=%00",
    "language=xx&platform=ios",
    "page=abc",
    "page=-1",
    "page=99999999999999999999",
    "page=",
    "q=%00",
    "q=" + "a" * 5000,
    "q=%ED%A0%80%FF",
    "q=%27%22%3E%3Cscript%3Ealert(1)%3C/script%3E",
    "q=%25_%5C",
    "q=" + "+".join("abcdefghij"),
    "platform=ios&platform=ios&platform=android",
    "&&&===&q",
    "kind=problem' OR 1=1 --",
    "platform[]=ios",
]


def titles(response) -> list[str]:
    page = Page(response.content.decode())
    return [heading.text for heading in page.all("h2", class_="hit-title")]


def facets(page: Page) -> list[tuple[str, int]]:
    """The address and the count of every value on offer."""
    offered = [(link, link.get("href")) for link in page.all("a", rel="nofollow")]
    links = [link for link, href in offered if href.startswith("?") and "sort=" not in href]
    return [(link.get("href"), int(re.search(r"(\d+)\s*$", link.text)[1])) for link in links]


@pytest.mark.usefixtures("portal")
def test_only_what_is_public(client):
    assert titles(client.get("/fr/articles/")) == [
        "Plafond atteint",
        "Échec de l’installation du profil",
        "Premières vérifications",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("platform=android", 2),
        ("platform=ios", 2),
        ("platform=all", 1),
        ("platform=android&platform=ios", 3),
        ("kind=error", 1),
        ("kind=error&platform=ios", 0),
        ("language=en", 2),
        ("language=en&platform=ios", 1),
    ],
)
@pytest.mark.usefixtures("portal")
def test_filters(client, query, found):
    assert len(titles(client.get(f"/fr/articles/?{query}"))) == found


@pytest.mark.parametrize("query", ["", "platform=ios", "kind=error&language=fr"])
@pytest.mark.usefixtures("portal")
def test_each_facet_leads_to_as_many_articles_as_it_says(client, query):
    page = Page(client.get(f"/fr/articles/?{query}").content.decode())
    chosen = {link.get("href") for link in page.all("a", rel="nofollow", aria_current="true")}
    links = [(href, count) for href, count in facets(page) if href not in chosen]
    assert links
    for href, count in links:
        name, value = re.search(r"(\w+)=([\w-]+)$", href).groups()
        narrowed = titles(client.get(f"/fr/articles/?{_alone(query, name, value)}"))
        assert count == len(narrowed) > 0
        assert titles(client.get(f"/fr/articles/{href}"))


def _alone(query: str, name: str, value: str) -> str:
    """The query with this value as the only one of its facet: what the count is about."""
    parts = [part for part in query.split("&") if part and not part.startswith(f"{name}=")]
    return "&".join([*parts, f"{name}={value}"])


@pytest.mark.usefixtures("portal")
def test_chosen_filters_can_be_removed_one_by_one(client):
    page = Page(client.get("/fr/articles/?platform=ios&kind=problem").content.decode())
    links = [link.get("href") for link in page.all("a", class_="tag tag-remove")]
    assert links == ["?kind=problem", "?platform=ios"]


@pytest.mark.django_db
@pytest.mark.parametrize("portal", [45], indirect=True)
@pytest.mark.usefixtures("portal")
def test_paging_keeps_the_filters(client):
    response = client.get("/fr/articles/?platform=android&page=2")
    assert len(titles(response)) == 20
    page = Page(response.content.decode())
    assert page.one("a", rel="next").get("href") == "?platform=android&page=3"
    assert page.one("a", rel="prev").get("href") == "?platform=android&page=1"
    assert all("page=" not in href for href, _count in facets(page))
    assert "47 articles" in page.words
    assert len(titles(client.get("/fr/articles/?page=999"))) == 8


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.usefixtures("portal")
def test_hostile_parameters_get_a_page(client, query):
    for path in ("articles/", "codes/", "search/", ""):
        response = client.get(f"/fr/{path}?{query}")
        assert response.status_code == 200
        html = response.content.decode()
        assert "<script>alert" not in html
        Page(html)


@pytest.mark.usefixtures("portal")
def test_what_is_not_understood_is_said(client):
    page = Page(client.get("/fr/articles/?platform=toaster&kind=error").content.decode())
    assert "n’est pas prise en compte\u00a0: Plateforme." in page.words
    assert [heading.text for heading in page.all("h2", class_="hit-title")] == ["Plafond atteint"]


@pytest.mark.usefixtures("portal")
def test_foreign_articles_are_marked(client):
    page = Page(client.get("/en/articles/").content.decode())
    foreign = page.one("article", lang="fr")
    assert "Échec" in foreign.text
    assert "French" in foreign.text


@pytest.mark.usefixtures("portal")
def test_staff_see_drafts_marked(client):
    client.force_login(User.objects.create_superuser("editor"))
    response = client.get("/fr/articles/")
    assert "Brouillon secret" in titles(response)
    assert len(Page(response.content.decode()).all("span", class_="tag tag-status")) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("portal", [0, 45], indirect=True)
@pytest.mark.parametrize("query", ["", "platform=android&kind=problem&language=fr"])
@pytest.mark.usefixtures("portal")
def test_queries(client, django_assert_max_num_queries, query):
    with django_assert_max_num_queries(8):
        client.get(f"/fr/articles/?{query}")


@pytest.mark.django_db
@pytest.mark.parametrize("portal", [0, 45], indirect=True)
@pytest.mark.parametrize(
    ("path", "limit"),
    [("", 12), ("platforms/android/", 11), ("documents/inscription/", 6), ("codes/", 8)],
)
@pytest.mark.usefixtures("portal")
def test_queries_of_the_other_pages(client, django_assert_max_num_queries, path, limit):
    with django_assert_max_num_queries(limit):
        client.get(f"/fr/{path}")
