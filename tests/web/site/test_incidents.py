"""Incidents of the day: shown where they are pinned, from their beginning to their end."""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from tests.people import person
from tests.web.content import BILINGUAL, CODE, DRAFT
from troubleshooting.caching import version
from troubleshooting.figures.surges import surges
from troubleshooting.models import Article, ErrorCode, Incident, Platform, SearchLog

pytestmark = pytest.mark.usefixtures("portal")
TEXT = "Les inscriptions sont lentes aujourd’hui."
PLACES = {
    "home": "/fr/",
    "article": f"/fr/articles/{BILINGUAL}/",
    "other article": "/fr/articles/echec-du-profil/",
    "code": f"/fr/codes/{CODE}/",
    "platform": "/fr/platforms/android/",
}


def incident(pins: str = "", begins: int = -1, lasts: int = 2, **fields) -> Incident:
    """Add one that begins and lasts so many hours from now."""
    starts = timezone.now() + timedelta(hours=begins)
    ends = starts + timedelta(hours=lasts)
    made = Incident.objects.create(text=TEXT, starts=starts, ends=ends, **fields)
    for pin in pins.split():
        kind, _colon, name = pin.partition(":")
        if kind == "platform":
            made.platforms.add(Platform.objects.get(slug=name))
        elif kind == "code":
            made.codes.add(ErrorCode.objects.get(canonical=name))
        else:
            made.articles.add(Article.objects.get(slug=name))
    return made


def shown(client) -> str:
    """The places that show it."""
    return ", ".join(
        name
        for name, path in PLACES.items()
        if "lentes aujourd" in client.get(path).content.decode()
    )


@pytest.mark.parametrize(
    ("pins", "places"),
    [
        ("", "home"),
        ("platform:android", "home, article, platform"),
        (f"code:{CODE}", "home, article, code"),
        (f"article:{BILINGUAL}", "home, article"),
        ("platform:macos", "home"),
        (f"article:{DRAFT}", ""),
        (f"article:{DRAFT} platform:android", "home, article, platform"),
    ],
)
def test_it_is_shown_where_it_is_pinned(client, pins, places):
    incident(pins)
    assert shown(client) == places


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"begins": 1}, ""),
        ({"begins": -3, "lasts": 2}, ""),
        ({"language": "fr"}, "home"),
        ({"language": "en"}, ""),
    ],
)
def test_it_is_shown_in_its_time_and_language(client, fields, places):
    incident(**fields)
    assert shown(client) == places


def test_kept_pages_follow_the_clock(client, monkeypatch):
    incident(begins=1, lasts=1)
    agent = Client()
    agent.force_login(person("reader"))
    assert shown(client) == shown(agent) == ""
    first = client.get("/fr/")
    now = timezone.now()
    for hours, places in ((1.5, "home"), (2.5, "")):
        later = now + timedelta(hours=hours)
        monkeypatch.setattr("django.utils.timezone.now", lambda later=later: later)
        assert shown(client) == shown(agent) == places
        again = client.get("/fr/", headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 200


def test_one_that_begins_as_another_ends_changes_what_is_kept(monkeypatch):
    """All under one token of the content: each moment says which incidents hold."""
    for begins in (1, 2, 4):
        incident(begins=begins, lasts=1)
    now = timezone.now()
    held = defaultdict(set)
    for half_hours in range(12):
        later = now + timedelta(hours=half_hours / 2, minutes=1)
        monkeypatch.setattr("django.utils.timezone.now", lambda later=later: later)
        held[version.state(connection)].add(frozenset(Incident.objects.current()))
    assert len({state.token for state in held}) == 1
    assert [len(incidents) for incidents in held.values()] == [1] * len(held)
    assert len(set.union(*held.values())) == 4  # each of the three, and none


def test_an_editor_who_changes_it_changes_pages_at_once(client):
    made = incident("platform:macos")
    assert shown(client) == "home"
    made.platforms.set([Platform.objects.get(slug="android")])
    assert shown(client) == "home, article, platform"
    made.delete()
    assert shown(client) == ""


def test_its_words_are_no_markup(client):
    Incident.objects.create(text="<b>x</b>", ends=timezone.now() + timedelta(hours=1))
    assert "&lt;b&gt;x" in client.get("/fr/").content.decode()


def searches(number: int, code: str, hours: float = 0.5) -> None:
    created = timezone.now() - timedelta(hours=hours)
    SearchLog.objects.bulk_create(
        SearchLog(kind="code", codes=[code], language="fr", created=created) for _n in range(number)
    )


@pytest.mark.parametrize(
    ("lately", "before", "is_told"),
    [(5, 0, True), (4, 0, False), (12, 300, True), (12, 1200, False), (0, 900, False)],
)
def test_a_code_that_is_searched_unusually_often(lately, before, is_told):
    searches(lately, CODE)
    searches(before, CODE, hours=50)
    searches(4, "0x80070005")
    searches(9, CODE, hours=1.1)
    assert [one.code for one in surges()] == ([CODE] if is_told else [])


@pytest.mark.parametrize(("role", "is_told"), [("reviewer", True), ("author", False)])
def test_editors_are_led_to_an_incident(client, role, is_told):
    searches(8, CODE)
    client.force_login(person(role))
    page = client.get("/fr/admin/").content.decode()
    assert (CODE in page) is is_told
    if is_told:
        key = ErrorCode.objects.get(canonical=CODE).pk
        add = f"/fr/admin/troubleshooting/incident/add/?codes={key}"
        assert add in page
        cache.clear()
        assert client.get(add).status_code == 200
        end = timezone.localtime() + timedelta(hours=3)
        values = {
            "text": TEXT,
            "starts_0": "2026-01-01",
            "starts_1": "10:00",
            "ends_0": f"{end:%Y-%m-%d}",
            "ends_1": f"{end:%H:%M}",
            "articles": str(Article.objects.get(slug=BILINGUAL).pk),
        }
        assert client.post(add, values).status_code == 302
        assert "envoyé deux fois" in client.post(add, values).content.decode()
        assert Incident.objects.count() == 1
        client.logout()
        assert shown(client) == "home, article"
