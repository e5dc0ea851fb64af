"""What is counted over the whole base: of a small one at once, of a large one only so often."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.web.content import BILINGUAL
from troubleshooting.admin.texts import revisions
from troubleshooting.figures import lately
from troubleshooting.figures.lately import counted_lately
from troubleshooting.models import Article, ArticleTranslation, Revision

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture
def numbers() -> Iterator[int]:
    """Return what counts how often it was asked."""
    cache.clear()
    return count(1)


def change() -> None:
    Article.objects.filter(slug=BILINGUAL).update(kind="advice")


def test_what_is_soon_counted_follows_each_change(numbers):
    assert [counted_lately("x", numbers.__next__) for _ in range(2)] == [1, 1]
    change()
    assert counted_lately("x", numbers.__next__) == 2


def test_what_takes_long_is_shown_for_a_while_after_a_change(numbers, monkeypatch):
    monkeypatch.setattr(lately, "LONG", 0.0)
    monkeypatch.setattr(lately, "_SHARE", 10**9)
    assert counted_lately("x", numbers.__next__) == 1
    change()
    assert counted_lately("x", numbers.__next__) == 1
    monkeypatch.setattr(lately, "time", Later)
    assert counted_lately("x", numbers.__next__) == 2


class Later:
    """The time after all that was kept."""

    time = staticmethod(lambda: datetime(2999, 1, 1, tzinfo=UTC).timestamp())
    thread_time = staticmethod(lambda: 0.0)


def test_what_else_it_depends_on_is_told_apart(numbers):
    assert [counted_lately("x", numbers.__next__, state) for state in "aab"] == [1, 1, 2]


def test_what_the_content_does_not_tell_is_counted_each_time(numbers):
    assert [counted_lately("x", numbers.__next__, None) for _ in range(2)] == [1, 2]


@pytest.mark.parametrize(
    ("days", "query", "shown"),
    [
        ((400,), "", {"year=2026", "year=2025"}),
        ((1, 40), "?created__year=2026", {"month=6", "month=5"}),
        ((1, 1, 9), "?created__year=2026&created__month=6", {"day=1", "day=9", "day=10"}),
    ],
)
def test_revisions_are_chosen_by_the_periods_that_hold_any(client, days, query, shown):
    text = ArticleTranslation.objects.get(article__slug=BILINGUAL, language="en")
    Revision.objects.exclude(translation=text).delete()
    Revision.objects.all().update(created=datetime(2026, 6, 10, 12, tzinfo=UTC))
    for number, back in enumerate(days, start=50):
        created = datetime(2026, 6, 10, 12, tzinfo=UTC) - timedelta(days=back)
        Revision.objects.create(
            translation=text, number=number, title="x", origin="editor", created=created
        )
    client.force_login(User.objects.create_superuser("chief"))
    page = client.get(reverse("admin:troubleshooting_revision_changelist") + query)
    choices = re.findall(r"[?;]created__(\w+=\d+)[\"&]", page.content.decode())
    assert shown <= set(choices)
    kind = min(shown).partition("=")[0]
    assert {one for one in choices if one.startswith(f"{kind}=")} == shown


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/St_Johns", "Pacific/Apia"])
@pytest.mark.parametrize("kind", ["year", "month", "day"])
def test_periods_are_those_that_django_finds(zone, kind):
    text = ArticleTranslation.objects.get(article__slug=BILINGUAL, language="en")
    begin = datetime(2023, 12, 30, 22, 30, tzinfo=UTC)
    for number, hours in enumerate([0, 1, 2, 24, 25, 2000, 2117, 7000, 7200, 9000], start=50):
        created = begin + timedelta(hours=hours)
        Revision.objects.create(
            translation=text, number=number, title="x", origin="editor", created=created
        )
    with timezone.override(zone):
        ours = list(revisions._Dated(Revision).datetimes("created", kind))
        assert ours == list(Revision.objects.datetimes("created", kind))
