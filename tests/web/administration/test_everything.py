"""The search over everything that an editor works with."""

import pytest

from tests.web.content import BILINGUAL, CODE, DRAFT, STAFF
from tests.web.editors import person
from tests.web.html import Page

pytestmark = pytest.mark.usefixtures("portal")
ADDRESS = "/fr/admin/everything/"

#: What is typed -> the end of the address of something that is found, for an administrator.
FINDS = {
    "plafond atteint": "/change/?language=fr",
    "limit reached": "/change/?language=fr",
    DRAFT: "/change/?language=fr",
    "brouillon secret": "/change/?language=fr",
    CODE.lower(): "/errorcode/",
    str(int(CODE, 16)): "/change/?language=fr",
    "android": "/platform/",
    "inscription": "/sourcedocument/",
    "modifications groupées": "/bulkchange/",
    "IMAGES": "/mediaimage/",
    "mot de passe": "/password_change/",
    "guide de redaction": "/guide/",
    "AVIS": "/notices/",
    "notifications": "/notices/",
    "profil": "/profile/",
    "synonymes": "/vocabularyentry/",
    "rediger un article": "/article/add/",
    "fragments": "/guide/#fragments-un-meme-bloc-dans-plusieurs-articles",
    "ada": "/auth/user/",
}


def found(client, query: str) -> Page:
    answer = client.get(ADDRESS, {"q": query, "part": "1"})
    assert answer.status_code == 200
    return Page(f"<body>{answer.content.decode()}</body>")


@pytest.mark.parametrize("query", FINDS)
def test_everything_is_found(client, query):
    client.force_login(person("ada", "Administrator"))
    links = [link.get("href") for link in found(client, query).all("a")]
    assert any(FINDS[query] in link for link in links), links


@pytest.mark.parametrize("query", ["", " ", "zzzzqqq", "%", "_", "<b>", "a\0b", "x" * 5000, "'\""])
def test_no_query_breaks_it(client, query):
    client.force_login(person("ada", "Administrator"))
    assert not found(client, query).all("b")
    assert client.get(ADDRESS, {"q": query}).status_code == 200


def test_nobody_finds_what_they_may_not_open(client):
    client.force_login(person("stan"))
    for query in ("brouillon secret", DRAFT, STAFF, BILINGUAL, CODE, "ada", "stan", "android"):
        assert not found(client, query).all("a"), query
    client.force_login(person("aline", "Author"))
    assert not [a for a in found(client, "aline").all("a") if "/auth/" in a.get("href")]


def test_it_is_closed_to_readers(client):
    assert client.get(ADDRESS, {"q": "plafond"}).status_code == 302
