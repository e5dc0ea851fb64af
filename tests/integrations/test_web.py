"""What browsers, feed readers, search engines and language models are told."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from tests.people import person
from tests.web.content import BILINGUAL, CODE, DRAFT, FRENCH_ONLY, STAFF, write
from troubleshooting.models import Article, ArticleTranslation

pytestmark = pytest.mark.usefixtures("portal")

PAGE = f"/en/articles/{BILINGUAL}/"
ATOM = "{http://www.w3.org/2005/Atom}"
SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


def titles(client, address: str) -> set[str]:
    root = ElementTree.fromstring(client.get(address).content)
    return {entry.find(f"{ATOM}title").text for entry in root.iter(f"{ATOM}entry")}


def graph(client, address: str) -> dict[str, dict]:
    text = client.get(address).content.decode()
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    return {one["@type"]: one for one in json.loads(said)["@graph"]}


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        (f"/en/articles/{BILINGUAL}.md", "*/*"),
        (PAGE, "text/markdown"),
        (PAGE, "text/markdown, text/html;q=0.9"),
    ],
)
def test_an_article_as_markdown(client, address: str, accept: str):
    client.get(PAGE)  # the page that is kept is no answer to who wants Markdown
    answer = client.get(address, headers={"accept": accept})
    assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Link"] == f'<http://testserver{PAGE}>; rel="canonical"'
    assert "\n# Limit reached\n" in answer.content.decode()
    again = client.get(address, headers={"accept": accept, "if-none-match": answer["ETag"]})
    assert again.status_code == 304


def test_who_has_signed_in_gets_markdown_as_such(client):
    client.force_login(person("staff"))
    for _time in range(2):  # made, then kept
        answer = client.get(f"/en/articles/{BILINGUAL}.md")
        assert answer.headers["Content-Type"] == "text/markdown; charset=utf-8"
        assert answer.headers["Link"] == f'<http://testserver{PAGE}>; rel="canonical"'


@pytest.mark.parametrize("accept", ["text/html", "*/*", "", "text/html, text/markdown;q=0.5"])
def test_a_browser_gets_the_page(client, accept: str):
    client.get(PAGE, headers={"accept": "text/markdown"})
    answer = client.get(PAGE, headers={"accept": accept})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Accept" in answer.headers["Vary"].split(", ")


@pytest.mark.parametrize("slug", [DRAFT, STAFF, "unknown"])
def test_what_is_hidden_is_unknown_in_every_form(client, slug: str):
    assert client.get(f"/fr/articles/{slug}.md").status_code == 404
    assert (
        client.get(f"/fr/articles/{slug}/", headers={"accept": "text/markdown"}).status_code == 404
    )


def test_llms_txt_leads_to_markdown(client):
    text = client.get("/llms.txt").content.decode()
    address = f"http://testserver/en/articles/{BILINGUAL}.md"
    assert f"- [Limit reached]({address})" in text
    assert client.get(address.removeprefix("http://testserver")).status_code == 200
    assert DRAFT not in text
    assert STAFF not in text


def test_a_browser_can_search_and_is_given_suggestions(client):
    root = ElementTree.fromstring(client.get("/en/opensearch.xml").content)
    templates = {one.get("type"): one.get("template") for one in root.iter(f"{SEARCH}Url")}
    address = templates["text/html"].replace("{searchTerms}", CODE)
    assert b"Limit reached" in client.get(address.removeprefix("http://testserver")).content
    assert len(root.find(f"{SEARCH}ShortName").text) <= 16
    address = templates["application/x-suggestions+json"].replace("{searchTerms}", "limit")
    answer = client.get(address.removeprefix("http://testserver"))
    assert answer.json() == ["limit", ["Limit reached"]]
    assert b'type="application/opensearchdescription+xml"' in client.get("/en/").content


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("/en/platforms/android/recent.atom", {"Limit reached"}),
        ("/fr/platforms/ios/recent.atom", {"Échec de l’installation du profil"}),
        ("/en/codes/hex/recent.atom", {"Limit reached"}),
        ("/en/codes/http/recent.atom", set()),
    ],
)
def test_feeds_by_platform_and_family(client, address: str, found: set[str]):
    assert titles(client, address) == found


def test_no_two_feeds_have_one_id(client):
    feeds = ["recent", "platforms/android/recent", "platforms/ios/recent"]
    feeds += ["codes/hex/recent", "codes/http/recent"]
    ids = {
        re.search("<id>(.*?)</id>", client.get(f"/en/{one}.atom").content.decode())[1]
        for one in feeds
    }
    assert len(ids) == len(feeds)


def test_an_empty_feed_says_the_same_at_each_request(client):
    said = client.get("/en/codes/http/recent.atom").content.decode()
    assert re.findall("<updated>(.*?)</updated>", said) == ["2020-01-01T00:00:00+00:00"]


def test_a_feed_leaves_out_what_xml_cannot_hold(client):
    ArticleTranslation.objects.filter(title="Limit reached").update(title="Limit \a\x1b reached")
    assert "Limit  reached" in titles(client, "/en/platforms/android/recent.atom")


@pytest.mark.parametrize("address", ["platforms/none/recent.atom", "codes/none/recent.atom"])
def test_feeds_of_what_is_unknown(client, address: str):
    assert client.get(f"/en/{address}").status_code == 404


def test_search_engines_are_told_of_steps_and_of_what_is_above(client):
    said = graph(client, PAGE)
    assert set(said) == {"TechArticle", "BreadcrumbList", "HowTo"}
    assert said["TechArticle"]["headline"] == "Limit reached"
    assert said["HowTo"]["step"][1]["text"].startswith("Remove the account.")
    assert said["HowTo"]["step"][1]["url"] == f"http://testserver{PAGE}#resolution-1-step-2"
    places = said["BreadcrumbList"]["itemListElement"]
    assert [one["name"] for one in places] == ["Articles", "Fix enrollment", "Limit reached"]


def test_a_question_is_one_and_no_title_ends_the_block(client):
    article = Article.objects.get(slug=FRENCH_ONLY)
    title = "Que faire de </script><script>alert(1)</script> & <!-- ?"
    write(article, "fr", title, problem="Rien.", resolution="Ceci.")
    said = graph(client, f"/fr/articles/{FRENCH_ONLY}/")
    assert said["FAQPage"]["mainEntity"][0]["name"] == title
    assert said["FAQPage"]["mainEntity"][0]["acceptedAnswer"]["text"] == "Ceci."


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("/en/", "/en/"),
        (PAGE, PAGE),
        (f"/en/articles/{FRENCH_ONLY}/", f"/fr/articles/{FRENCH_ONLY}/"),
        ("/en/articles/?platform=android&page=1", "/en/articles/?page=1"),
        ("/en/codes/?q=%22%3E%3Cb%3E", "/en/codes/"),
        (f"/en/codes/{CODE}/", f"/en/codes/{CODE}/"),
        ("/en/platforms/android/", "/en/platforms/android/"),
    ],
)
def test_every_page_names_its_own_address_once(client, address: str, own: str):
    text = client.get(address).content.decode()
    assert re.findall(r'<link rel="canonical" href="([^"]*)"', text) == [f"http://testserver{own}"]


def test_addresses_name_the_host_that_was_asked(client, settings):
    """In notes, feeds, Markdown and what assistants are told; where nobody asks, SITE_ADDRESS."""
    settings.ALLOWED_HOSTS = ["kb.example.org", "kb2.example.org"]
    settings.SITE_ADDRESS = "https://kb.example.org"
    number = Article.objects.get(slug=BILINGUAL).pk
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
             "params": {"name": "read_article", "arguments": {"article": number}}}  # fmt: skip
    host = {"HTTP_HOST": "kb2.example.org"}
    answers = [
        client.get(f"/api/v1/articles/{number}/note/", **host),
        client.get(f"/en/articles/{BILINGUAL}.md", **host),
        client.get("/en/recent.atom", **host),
        client.get("/llms.txt", **host),
        client.post("/mcp", json.dumps(asked), "application/json", **host),
    ]
    for answer in answers:
        page = answer.content.decode()
        assert "http://kb2.example.org/" in page, page
        assert "kb.example.org" not in page
    assert client.get("/llms.txt", HTTP_HOST="evil.example.org").status_code == 400
    out = io.StringIO()
    call_command("article", BILINGUAL, "--format", "json", stdout=out)
    assert json.loads(out.getvalue())["url"].startswith("https://kb.example.org/")
