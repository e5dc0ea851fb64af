"""What is not for everyone shows on no path: every address is asked, as everyone.

Hidden texts hold a word that stands nowhere else. Beside that, whatever an anonymous reader gets is
compared with a portal that has no hidden articles at all, so that no count, facet, suggestion or
neighbour can tell that they are there.
"""

import re
from collections.abc import Callable
from itertools import chain

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from tests.kept import inserted
from tests.people import person
from tests.security.leaks.hidden import CODES, COMMON, WORDS, hide, image_name
from tests.web.content import BILINGUAL, DOCUMENT, make_portal
from troubleshooting.models import Article, SharedCall
from troubleshooting.search.words.frequencies import frequencies

pytestmark = pytest.mark.django_db

#: Kept aside: no page of the portal's own shows these texts, only images to those who write them.
OF_EDITORS = ("revision", "pending", "unfinished", "comment", "snippet", "template")
#: Who may see which hidden place on the portal's own pages.
SEES = {
    "anonymous": set(),
    "reader": set(),
    "staff": {"staff", "note"},
    "author": {"draft", "in_review", "archived", "staff", "note", "scheduled", *OF_EDITORS},
    "reviewer": {"draft", "in_review", "archived", "staff", "note", "scheduled", *OF_EDITORS},
}
#: Queries that come near a hidden text without holding its word.
QUERIES = [
    f"?q={COMMON}",
    f"?q={COMMON}+plafond",
    "?q=zyxdraft",
    "?q=pamplemouse+plafond+atteint",
    "?q=plafond+atteint+pamplemousse+compte",
    "?q=zyxsta",
    "?q=0x8A7B000",
    *(f"?q={code}" for code in CODES.values()),
    "?status=draft",
    "?status=archived&kind=error",
    "?page=2",
    "?sort=count",
]


@pytest.fixture
def portal(db, settings, tmp_path):
    frequencies.clear()
    settings.MEDIA_ROOT = tmp_path
    settings.TRANSLATION_ENDPOINT = f"https://{WORDS['machine']}.example/"
    return inserted(3, lambda: make_portal(3))  # three articles more


def routes() -> list[str]:
    """Every address of the portal, with every value that its parts may have."""
    return sorted(
        set(chain.from_iterable(_expand(r, "/", {}) for r in get_resolver().url_patterns))
    )


def _expand(pattern, prefix: str, kinds: dict) -> list[str]:
    if isinstance(pattern, URLResolver):
        own = str(pattern.pattern)
        inner = [_expand(one, prefix + own.lstrip("^"), {**kinds, **pattern.pattern.converters})
                 for one in pattern.url_patterns]  # fmt: skip
        return list(chain.from_iterable(inner))
    assert isinstance(pattern, URLPattern)
    return _filled(prefix + str(pattern.pattern), {**kinds, **pattern.pattern.converters})


def _filled(route: str, converters: dict) -> list[str]:
    addresses = [route.replace("^", "").replace("\\Z", "").replace("$", "")]
    for name, converter in converters.items():
        values = _values(name, converter, route)
        addresses = [
            re.sub(rf"<(?:\w+:)?{name}>", str(value), address)
            for address in addresses
            for value in values
        ]
    return addresses


def _values(name: str, converter, route: str) -> list:
    """What a part of an address may be. A new kind of part has to be added here."""
    known: dict[str, Callable[[], list]] = {
        "slug": lambda: ["android"] if "platforms/" in route else _slugs(),
        "key": lambda: [DOCUMENT],
        "canonical": lambda: [*CODES.values(), "0x80CF0440"],
        "name": lambda: [image_name(place) for place in WORDS],
        "language": lambda: ["fr", "en"],
        "family": lambda: ["hex"],
        "section": lambda: ["articles", "codes", "documents", "pages"],
        "transition": lambda: ["publish"],
        "uidb64": lambda: ["MQ"],
        "token": lambda: ["set-password"],
        "letters": lambda: ["BCDFGH"],
        "secret": _secrets,
        # As they are numbered: a text's from one on, those of files from one on in each run.
        "revision": lambda: [1, 2],
        "file": lambda: [1],
        "content_type_id": lambda: [ContentType.objects.get_for_model(Article).pk],
    }
    if name in known:
        return known[name]()
    is_key = name.endswith("_id") or name in ("id", "pk", "number", "revision")
    if isinstance(converter, IntConverter) or is_key:
        return _keys()
    raise AssertionError(f"Say in _values() what <{name}> may be.")


def _secrets() -> list[str]:
    """Secrets of calls about hidden articles: each was opened while everyone could read it."""
    made = []
    for article in Article.objects.exclude(status="published", audience="public"):
        opened = SharedCall.objects.open(article)
        assert opened
        joined = SharedCall.objects.join(opened.call.code)
        assert joined
        made += [opened.secret, joined]
    return made


def _slugs() -> list[str]:
    return [
        BILINGUAL,
        *Article.objects.filter(slug__startswith="cache-").values_list("slug", flat=True),
    ]


def _keys() -> list[int]:
    """Keys of rows that hold something hidden."""
    articles = Article.objects.filter(slug__startswith="cache-").values_list("pk", flat=True)
    return sorted(articles)


def own_pages() -> list[str]:
    """The portal's own pages, in French and in English, without the administration."""
    usual = [a for a in routes() if "/admin/" not in a and "(?P" not in a]
    return usual + [a.replace("/fr/", "/en/", 1) for a in usual if a.startswith("/fr/")]


def body(response) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace").casefold()


def sign_in(client, role: str) -> None:
    if role != "anonymous":
        client.force_login(person(role))


def seen_words(client, addresses: list[str]) -> dict[str, str]:
    """Hidden place -> the first address that shows its word."""
    found: dict[str, str] = {}
    for address in addresses:
        text = body(client.get(address, follow=False))
        for place, word in WORDS.items():
            if word in text:
                found.setdefault(place, address)
    return found


@pytest.mark.sqlite  # what SQL lets through is asked on both by the contract of the search
@pytest.mark.parametrize("role", SEES)
@pytest.mark.usefixtures("portal")
def test_the_portals_pages_show_to_each_what_is_theirs(client, role: str):
    hide()
    sign_in(client, role)
    pages = own_pages()
    asked = pages + [f"/fr/{where}{q}" for where in LISTS for q in QUERIES]
    found = seen_words(client, asked)
    # An editor sees images that no text shows any more, such as that of the old revision.
    assert set(found) == SEES[role], found


LISTS = ("search/", "search/suggestions/", "codes/", "messages/", "articles/")


@pytest.mark.usefixtures("portal")
def test_a_posted_log_finds_nothing_hidden(client):
    hide()
    log = "\n".join(f"line {COMMON} {code} failed" for code in CODES.values())
    text = body(client.post("/fr/search/", {"q": log}))
    assert not [word for word in WORDS.values() if word in text]


@pytest.mark.sqlite  # no row is asked for
@pytest.mark.parametrize("role", ["anonymous", "reader", "staff"])
@pytest.mark.usefixtures("portal")
def test_the_administration_is_closed(client, role: str):
    hide()
    sign_in(client, role)
    addresses = [a for a in routes() if "/admin/" in a and "(?P" not in a]
    assert len(addresses) > 30
    assert not seen_words(client, addresses)


@pytest.mark.usefixtures("portal")
def test_nobody_can_tell_that_something_is_hidden(client):
    pages = [a for a in own_pages() if "cache-" not in a and "sign-" not in a]
    asked = pages + [f"/fr/{where}{q}" for where in LISTS for q in QUERIES]
    before = {address: visible(client.get(address)) for address in asked}
    hide(in_public=False)
    frequencies.clear()
    after = {address: visible(client.get(address)) for address in asked}
    assert [a for a in asked if after[a] != before[a]] == []


def visible(response) -> tuple[int, str]:
    """What a reader sees of an answer, without what differs from one request to the next."""
    text = re.sub(r'name="(csrfmiddlewaretoken|entry)" value="[^"]*"', "", body(response))
    text = re.sub(r'(data-entry|data-csrf)="[^"]*"', "", text)
    text = re.sub(r'<time datetime="[^"]*">[^<]*</time>', "", text)
    return response.status_code, text


@pytest.mark.parametrize("where", ["search/suggestions/", "search/"])
@pytest.mark.usefixtures("portal")
def test_a_hidden_word_takes_as_many_statements_as_one_that_nobody_wrote(client, where: str):
    """Or how long an answer takes would tell that there is one."""
    hide()

    def statements(word: str) -> int:
        frequencies.clear()
        client.get(f"/fr/{where}?q=rien")  # what a process reads once
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/fr/{where}?q={word}")
        return len(asked)

    def as_long(word: str) -> str:
        return f"zyx{'q' * (len(word) - 4)}a"

    told = {
        place: (asked, usual)
        for place, word in WORDS.items()
        if (asked := statements(word)) != (usual := statements(as_long(word)))
    }
    assert told == {}
