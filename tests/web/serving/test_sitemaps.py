"""What search engines and feed readers are told: public pages, and nothing else."""

import re
from xml.etree import ElementTree

import pytest

from tests.web.content import (
    BILINGUAL,
    CODE,
    DOCUMENT,
    DRAFT,
    DRAFT_CODE,
    FRENCH_ONLY,
    STAFF,
    write,
)
from troubleshooting.models import Article
from troubleshooting.views import sitemaps

SITE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"


def xml(client, path: str) -> ElementTree.Element:
    response = client.get(path)
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def urls(client) -> dict[str, dict[str, str]]:
    """Each address of all maps, with its alternates by language."""
    index = [part.text for part in xml(client, "/sitemap.xml").iter(f"{SITE}loc")]
    found = {}
    for address in index:
        for url in xml(client, address.removeprefix("http://testserver")).iter(f"{SITE}url"):
            links = {one.get("hreflang"): one.get("href") for one in url.iter(f"{XHTML}link")}
            found[url.find(f"{SITE}loc").text] = links
    return found


@pytest.mark.usefixtures("portal")
def test_the_sitemap_has_every_public_page_in_its_languages(client):
    found = urls(client)
    base = "http://testserver"
    for path in ("", f"articles/{BILINGUAL}/", f"codes/{CODE}/", f"documents/{DOCUMENT}/"):
        for language in ("fr", "en"):
            links = found[f"{base}/{language}/{path}"]
            assert {"fr", "en"} <= set(links)
            assert links["en"] == f"{base}/en/{path}"
    only = found[f"{base}/fr/articles/{FRENCH_ONLY}/"]
    assert "en" not in only
    assert f"{base}/en/articles/{FRENCH_ONLY}/" not in found
    for address in found:
        assert client.get(address.removeprefix(base)).status_code == 200, address
        assert not re.search(f"/({DRAFT}|{STAFF}|{DRAFT_CODE})/", address)


@pytest.mark.usefixtures("portal")
def test_the_parts_of_the_sitemap_hold_each_page_once(client, monkeypatch):
    whole = urls(client)
    monkeypatch.setattr(sitemaps, "PART", 1)
    index = [part.text for part in xml(client, "/sitemap.xml").iter(f"{SITE}loc")]
    assert len(index) > len(sitemaps.SITEMAPS)
    held = [
        url.text
        for address in index
        for url in xml(client, address.removeprefix("http://testserver")).iter(f"{SITE}loc")
    ]
    assert sorted(held) == sorted(whole)


@pytest.mark.parametrize("part", ["0", "-1", "x", "7000", "9" * 30])
@pytest.mark.parametrize("section", sitemaps.SITEMAPS)
@pytest.mark.usefixtures("portal")
def test_a_part_that_holds_nothing_is_not_there(client, section, part):
    assert client.get(f"/sitemap-{section}.xml?p={part}").status_code == 404


@pytest.mark.usefixtures("portal")
def test_robots(client):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"].startswith("text/plain")
    lines = response.content.decode().splitlines()
    assert "Sitemap: http://testserver/sitemap.xml" in lines
    assert {"Disallow: /fr/admin/", "Disallow: /en/gaps/"} <= set(lines)


@pytest.mark.django_db
def test_robots_stay_out_where_readers_sign_in(client, settings):
    settings.SIGN_IN_REQUIRED = True
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


@pytest.mark.usefixtures("portal")
def test_the_feed_of_a_language(client, portal):
    Article.objects.filter(slug="conseils").update(status="archived")
    feed = xml(client, "/fr/recent.atom")
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    entries = {entry.find(f"{ATOM}title").text: entry for entry in feed.iter(f"{ATOM}entry")}
    assert set(entries) == {"Plafond atteint", "Échec de l’installation du profil"}
    entry = entries["Plafond atteint"]
    assert entry.find(f"{ATOM}link").get("href") == f"http://testserver/fr/articles/{BILINGUAL}/"
    assert entry.find(f"{ATOM}category").get("term") == "Android"
    assert entry.find(f"{ATOM}updated").text
    english = [entry.text for entry in xml(client, "/en/recent.atom").iter(f"{ATOM}title")]
    assert english[1:] == ["Limit reached"]


@pytest.mark.usefixtures("portal")
def test_a_summary_in_the_feed_is_text(client, portal):
    text = "Le fichier A & B < C dit `<b>non</b>`."
    write(portal.articles[BILINGUAL], "fr", "Signes", problem=text)
    feed = xml(client, "/fr/recent.atom")
    summary = next(feed.iter(f"{ATOM}summary")).text
    assert "&lt;b&gt;non&lt;/b&gt;" in summary
    assert "A &amp; B &lt; C" in summary
