"""What is kept serves every reader of a kind, and nothing of one reader reaches another."""

from __future__ import annotations

import itertools
import re

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.web.content import BILINGUAL, DRAFT
from troubleshooting.access import Reader, reader_for

pytestmark = pytest.mark.usefixtures("portal")

CACHED_PAGES = (
    "/fr/",
    f"/fr/articles/{BILINGUAL}/",
    f"/en/articles/{BILINGUAL}/",
    "/fr/codes/",
    "/fr/messages/",
    "/fr/documents/",
    "/fr/platforms/ios/",
)
NAMES = ("anne-publique", "bruno-interne", "carla-redige", "denis-interne")


@pytest.fixture
def clients() -> dict[str, Client]:
    """Return a client for each kind of reader, and a second one of a kind."""
    users = {
        "public": User.objects.create_user(NAMES[0]),
        "staff": User.objects.create_user(NAMES[1], is_staff=True),
        "editor": User.objects.create_superuser(NAMES[2]),
        "second": User.objects.create_user(NAMES[3], is_staff=True),
    }
    made = {"anonymous": Client()}
    for kind, user in users.items():
        made[kind] = Client()
        made[kind].force_login(user)
    return made


OWN_NAME = dict(zip(("public", "staff", "editor", "second"), NAMES, strict=True))
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def test_there_are_three_kinds_of_reader(clients):
    kinds = {name: reader_for(User.objects.get(username=name)) for name in NAMES}
    assert list(kinds.values()) == [Reader.PUBLIC, Reader.STAFF, Reader.EDITOR, Reader.STAFF]
    assert reader_for(None) is Reader.PUBLIC


@pytest.mark.parametrize("order", list(itertools.permutations(["anonymous", *OWN_NAME]))[::17])
def test_a_page_says_the_own_name_alone_whoever_had_it_before(clients, order):
    cache.clear()
    for path in CACHED_PAGES:
        for kind in (*order, *order):
            page = clients[kind].get(path).content.decode()
            said = {name for name in NAMES if name in page}
            assert said == ({OWN_NAME[kind]} if kind in OWN_NAME else set()), (path, kind)
            assert "<!--account" not in page


def test_a_kept_page_signs_out_by_a_token_of_its_own(clients):
    path = f"/fr/articles/{BILINGUAL}/"
    tokens = set()
    for kind in ("staff", "second", "staff"):
        response = clients[kind].get(path)
        token = TOKEN.search(response.content.decode())[1]
        tokens.add(token)
    assert len(tokens) == 3  # masked anew each time
    for kind in ("staff", "second"):
        strict = Client(enforce_csrf_checks=True)
        strict.cookies = clients[kind].cookies
        page = strict.get(path).content.decode()
        token = TOKEN.search(page)[1]
        done = strict.post("/fr/sign-out/", {"csrfmiddlewaretoken": token})
        assert done.status_code == 302


@pytest.mark.parametrize("first", ["anonymous", *OWN_NAME])
def test_what_is_hidden_stays_hidden_whoever_came_first(clients, first):
    cache.clear()
    address = f"/fr/articles/{DRAFT}/"
    clients[first].get(address)
    for kind, client in clients.items():
        expected = 200 if kind == "editor" else 404
        assert client.get(address).status_code == expected, kind


#: What the query for the state of the content reads; incidents begin and end without a write.
STATE = {"troubleshooting_contentversion", "troubleshooting_incident"}


@pytest.mark.parametrize("kind", ["public", "staff", "editor"])
def test_a_second_reader_of_a_kind_costs_no_query_of_the_page(clients, kind):
    path = f"/fr/articles/{BILINGUAL}/"
    clients[kind].get(path)
    with CaptureQueriesContext(connection) as asked:
        clients[kind].get(path)
    read = {table for query in asked for table in tables_in(query["sql"])}
    assert (len(asked), read) == (1, STATE)


def tables_in(sql: str) -> set[str]:
    return set(re.findall(r"\btroubleshooting_\w+", sql))
