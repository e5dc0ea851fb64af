"""Each cache by itself, asked by every kind of reader after every other: nothing passes over.

Each check is run twice: as the portal is, and with the fault that the cache's key has lost the
reader. Then it has to notice; a check that cannot fail would prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone

from tests.kept import inserted
from tests.people import person
from tests.web.content import BILINGUAL, DRAFT, make_portal, write
from troubleshooting.access import Reader, note_reader
from troubleshooting.caching import pages, sessions
from troubleshooting.caching.queries import Prepared
from troubleshooting.checking import CheckedText, menus
from troubleshooting.models import Article, ArticleTranslation, Incident, SearchFacets
from troubleshooting.search import SearchRequest, search
from troubleshooting.search.facets import reading
from troubleshooting.search.words.frequencies import Frequencies
from troubleshooting.templatetags import furniture
from troubleshooting.texts.structure import structure_article
from troubleshooting.views import incidents
from troubleshooting.views.indexes import rows

PAGE = f"/fr/articles/{BILINGUAL}/"
#: A menu that only a draft names.
MENU = "Reglages"
NOTE = "Appeler le troisieme niveau"
CODE = "0x8A7B0007"
MESSAGE = "Zyxdraft refuse"
ROLES = ("anonymous", "reader", "staff", "author")
#: What each may see of the note for the staff and of a draft.
SEES = {"anonymous": "", "reader": "", "staff": "note", "author": "note draft"}


@pytest.fixture
def portal(db):
    cache.clear()
    made = inserted(0, make_portal)
    write(made.articles[BILINGUAL], "fr", "Plafond", problem="P.", internal=NOTE)
    write(made.articles[DRAFT], "fr", "Brouillon", problem=f"Le message « {MESSAGE} » et {CODE}.")
    return made


@pytest.fixture
def clients(portal) -> dict[str, Client]:
    """Return a client for each kind of reader."""
    made = {role: Client() for role in ROLES}
    for role in ROLES[1:]:
        made[role].force_login(person(role))
        made[role].get("/en/")  # has a secret for forms, as from signing in
    return made


def wrong_pages(clients: dict[str, Client]) -> Iterator[str]:
    """Yield what pages show to whom they should not, or under another's name."""
    for order in list(permutations(ROLES))[::4]:
        cache.clear()
        for role in (*order, *order):
            for path in (PAGE, "/fr/codes/", "/fr/messages/"):
                text = clients[role].get(path).content.decode()
                found = {"note": NOTE in text, "draft": CODE in text or MESSAGE in text}
                extra = {name for name, is_there in found.items() if is_there} - set(
                    SEES[role].split()
                )
                names = {other for other in ROLES[1:] if f"<span>{other}</span>" in text}
                if extra or names - {role} or (role != "anonymous") is not bool(names):
                    yield f"{path} {order} {role} {extra} {names}"


def wrong_indexes(_clients: dict[str, Client]) -> Iterator[str]:
    """Yield rows of the indexes that a reader should not have."""
    lists = (rows.code_rows, lambda reader, state: rows.message_rows(reader, "fr", state))
    for number, order in enumerate(permutations(Reader)):
        for reader in (*order, *order):
            for read in lists:
                names = {row.name for row in read(reader, f"state {number}")}
                if ({CODE, MESSAGE} & names != set()) is not reader.is_editor:
                    yield f"{order} {reader} {names}"


def _titles(reader: Reader) -> Any:
    return ArticleTranslation.objects.visible_to(reader).values_list("title")


def wrong_queries(_clients: dict[str, Client], kept: type[dict] = dict) -> Iterator[str]:
    """Yield rows of a prepared query that a reader should not have."""
    for order in permutations(Reader):
        query = Prepared(_titles)
        query._built = kept()
        for reader in (*order, *order):
            if (("Brouillon",) in query(reader)) is not reader.is_editor:
                yield f"{order} {reader}"


def wrong_furniture(_clients: dict[str, Client]) -> Iterator[str]:
    """Yield pieces of pages that say the name of another, or of anybody without being told."""
    told = "{% furniture name=user.username %}[{{ name }}{{ user.username }}]{% endfurniture %}"
    silent = "{% furniture %}[{{ user.username }}{{ request.user }}]{% endfurniture %}"
    for source, expected in ((told, "[{}]"), (silent, "[]")):
        template = Template("{% load furniture %}" + source)
        for name in ("anne", "bruno", "anne"):
            text = template.render(Context({"user": User(username=name)}))
            if text != expected.format(name):
                yield f"{name} {text}"


def wrong_responses(clients: dict[str, Client]) -> Iterator[str]:
    """Yield answers that take the copy of one reader for that of another."""
    etag = clients["anonymous"].get(PAGE).headers["ETag"]
    for role in (*ROLES[1:], *ROLES[1:]):
        for condition in (etag, "*"):
            answer = clients[role].get(PAGE, headers={"If-None-Match": condition})
            if answer.status_code != 200 or "ETag" in answer.headers:
                yield f"{role} {answer.status_code}"


class _Forgetful(dict[Any, Any]):
    """Keeps statements by everything but the reader."""

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


def wrong_incidents(_clients: dict[str, Client]) -> Iterator[str]:
    """Yield readers who are told of an incident that is pinned to a draft alone, or are not."""
    incident = Incident.objects.create(text="Panne", ends=timezone.now() + timedelta(hours=1))
    incident.articles.add(Article.objects.get(slug=DRAFT))
    for order in permutations(Reader):
        cache.clear()
        for reader in (*order, *order):
            request = RequestFactory().get("/fr/")
            note_reader(request, reader)
            if bool(incidents.all_notices(request, "fr")) is not reader.is_editor:
                yield f"{order} {reader}"


def wrong_menus(_clients: dict[str, Client]) -> Iterator[str]:
    """Yield readers who are told by a finding what menus a draft names, or are not."""
    draft = Article.objects.get(slug=DRAFT)
    write(draft, "fr", "Brouillon", resolution=f"1.  Ouvrez **{MENU}** > **Comptes**.")
    structured = structure_article({"resolution": f"1.  Ouvrez **{MENU}** > **Son**."}, "fr")
    for order in permutations(Reader):
        cache.clear()
        for reader in (*order, *order):
            findings = [*menus.unknown_menu_term(CheckedText({}, "fr", structured, {}, reader))]
            if bool(findings) is reader.is_editor:
                yield f"{order} {reader}"


def wrong_combinations(_clients: dict[str, Client]) -> Iterator[str]:
    """Yield readers who find what they may not see, by the combinations of facets of another."""
    for order in permutations(Reader):
        reading._remembered.clear()
        for reader in (*order, *order):
            visible = SearchFacets.objects.visible_to(reader)
            found = search(visible, SearchRequest(MESSAGE, "fr")).hits
            if bool(found) is not reader.is_editor:
                yield f"{order} {reader}"


def wrong_terms(_clients: dict[str, Client]) -> Iterator[str]:
    """Yield who is told by another's search that a word stands where they may not look."""
    public, all_sets = frozenset({1}), frozenset({1, 2})
    for order in permutations((public, all_sets)):
        terms = Frequencies()
        for sets in (*order, *order):
            seen = terms.visibility("state", sets)
            if seen.setdefault("zyxdraft", 2 in sets) is not (2 in sets):
                yield f"{order} {sets}"


def plant_incidents(monkeypatch) -> None:
    monkeypatch.setattr(incidents, "_key", lambda _reader, state: f"notices.{state.split()[0]}")


def plant_menus(monkeypatch) -> None:
    key = menus._key
    monkeypatch.setattr(
        menus, "_key", lambda text, term: key(replace(text, reader=Reader.PUBLIC), term)
    )


def plant_combinations(monkeypatch) -> None:
    """Keep them by the database alone, without the question for what a reader may see."""

    class ByDatabase(dict[Any, Any]):
        def get(self, key: Any, default: Any = None) -> Any:
            return super().get(key[:1], default)

        def __setitem__(self, key: Any, value: Any) -> None:
            super().__setitem__(key[:1], value)

    monkeypatch.setattr(reading, "_remembered", ByDatabase())


def plant_terms(monkeypatch) -> None:
    seen = Frequencies.visibility
    monkeypatch.setattr(
        Frequencies, "visibility", lambda self, token, _: seen(self, token, frozenset())
    )


def plant_pages(monkeypatch) -> None:
    key = pages._key
    monkeypatch.setattr(
        pages, "_key", lambda request, reader=None: key(request, reader and Reader.STAFF)
    )


def plant_sessions(monkeypatch) -> None:
    monkeypatch.setattr(sessions, "_place", lambda _request: "everybody's")
    monkeypatch.setattr(sessions.SessionState, "__eq__", lambda *_: True)
    monkeypatch.setattr(
        sessions, "remembered", lambda request, _state: (cache.get("everybody's") or [None])[-1]
    )


def plant_indexes(monkeypatch) -> None:
    kept: dict[Any, Any] = {}
    codes, messages = rows._codes, rows._messages
    monkeypatch.setattr(
        rows, "_kept_codes", lambda state, reader: kept.setdefault(state, codes(reader))
    )
    monkeypatch.setattr(
        rows,
        "_kept_messages",
        lambda state, reader, language: kept.setdefault((state, 0), messages(reader, language)),
    )


def plant_queries(monkeypatch) -> None:
    monkeypatch.setattr(wrong_queries, "__defaults__", (_Forgetful,))


def plant_furniture(monkeypatch) -> None:
    monkeypatch.setattr(furniture, "_key", lambda _value: None)


def plant_responses(monkeypatch) -> None:
    """Answer 304 by the ETag that everyone has, whoever asks."""
    monkeypatch.setattr(User, "is_authenticated", False)


Check = Callable[[dict[str, Client]], Iterator[str]]
#: Cache -> what looks for a leak, and what makes one.
CACHES: dict[str, tuple[Check, Callable[..., None]]] = {
    "kept pages": (wrong_pages, plant_pages),
    "whose session it is": (wrong_pages, plant_sessions),
    "rows of the indexes": (wrong_indexes, plant_indexes),
    "prepared queries": (wrong_queries, plant_queries),
    "pieces of pages": (wrong_furniture, plant_furniture),
    "responses": (wrong_responses, plant_responses),
    "incidents": (wrong_incidents, plant_incidents),
    "terms of menus": (wrong_menus, plant_menus),
    "combinations of facets": (wrong_combinations, plant_combinations),
    "terms that are seen": (wrong_terms, plant_terms),
}


@pytest.mark.parametrize("name", CACHES)
def test_nothing_of_one_reader_reaches_another(clients, name: str):
    look, _plant = CACHES[name]
    assert list(look(clients)) == []


@pytest.mark.parametrize("name", CACHES)
def test_a_key_without_the_reader_is_noticed(clients, name: str, monkeypatch):
    look, plant = CACHES[name]
    plant(monkeypatch)
    assert list(look(clients))
