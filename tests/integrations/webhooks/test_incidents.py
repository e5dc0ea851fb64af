"""The beginning and the end of an incident are told once each, when they come."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest
from django.utils import timezone

from tests.integrations.webhooks.telling import told
from tests.people import person
from tests.web.content import DRAFT
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, Incident, Job, Platform
from troubleshooting.webhooks.incidents import announce_saved, tell_beginning, tell_end

pytestmark = pytest.mark.usefixtures("portal")


def test_incidents_are_told_without_their_words(client, webhook):
    client.force_login(person("reviewer"))
    platform, hidden = Platform.objects.get(slug="android"), Article.objects.get(slug=DRAFT)
    now = timezone.localtime()
    form = {
        "text": "Sign-in fails", "language": "en", "starts_0": now.date(), "starts_1": "00:00:00",
        "ends_0": now.date() + timedelta(days=1), "ends_1": "00:00:00",
        "platforms": [platform.pk], "articles": str(hidden.pk),
    }  # fmt: skip
    list_ = "/en/admin/troubleshooting/incident/"
    assert client.post(f"{list_}add/", form).status_code == 302
    number = Incident.objects.get().pk
    client.post(f"{list_}{number}/delete/", {"post": "yes"})
    assert [event for event, _data in told()] == ["incident.announced", "incident.ended"]
    assert Job.objects.filter(task=tell_beginning.path).count() == 1
    for _event, data in told():
        assert (data["number"], data["platforms"], data["language"]) == (number, ["android"], "en")
        assert data["starts"] < data["ends"]
        assert not {"text", "articles"} & set(data)


@pytest.mark.parametrize(
    ("meanwhile", "told_of"),
    [
        ({}, 1),
        ({"text": "Other words"}, 1),
        ({"starts": timedelta(hours=2)}, 0),  # put off
        ({"ends": timedelta(seconds=-30)}, 0),  # over before anybody could tell
        (None, 0),  # taken down
    ],
)
def test_the_beginning_of_an_incident_is_told_once_when_it_comes(
    webhook, receiver, meanwhile, told_of
):
    now = timezone.now()
    begins = now + timedelta(hours=1)
    incident = Incident.objects.create(text="x", starts=begins, ends=now + timedelta(hours=3))
    announce_saved(incident)
    announce_saved(incident)  # saved again
    assert {event for event, _data in told()} == {"incident.announced"}
    begun = now - timedelta(minutes=1)
    Incident.objects.update(starts=begun)
    Job.objects.filter(task=tell_beginning.path).update(
        due=now,
        arguments={"incident": incident.pk, "starts": begun.isoformat(timespec="seconds")},
    )
    if meanwhile is None:
        incident.delete()
    for name, value in (meanwhile or {}).items():
        changed = value if isinstance(value, str) else now + value
        Incident.objects.update(**{name: changed})
    while Job.objects.filter(task=tell_beginning.path, state=Job.State.WAITING).exists():
        work_off()
    assert [event for event, _data in told()].count("incident.began") == told_of


@pytest.mark.parametrize(
    ("meanwhile", "expected"),
    [
        ({}, 1),
        ({"text": "Other words"}, 1),
        ({"ends": timedelta(hours=2)}, 0),  # goes on
        (None, 0),  # taken down, which the administration told
    ],
)
def test_the_end_of_an_incident_is_told_once_when_it_comes(webhook, receiver, meanwhile, expected):
    now = timezone.now().replace(microsecond=0)
    incident = Incident.objects.create(
        text="x", starts=now - timedelta(hours=2), ends=now + timedelta(hours=1)
    )
    announce_saved(incident)
    announce_saved(incident)  # saved again
    assert Job.objects.filter(task=tell_end.path, due__gt=now).count() == 2
    over = now - timedelta(minutes=1)
    Incident.objects.update(ends=over)
    ends = over.astimezone(UTC).isoformat(timespec="seconds")
    arguments = {"incident": incident.pk, "ends": ends}
    Job.objects.filter(task=tell_end.path).update(due=now, arguments=arguments)
    if meanwhile is None:
        incident.delete()
    for name, value in (meanwhile or {}).items():
        Incident.objects.update(**{name: value if isinstance(value, str) else now + value})
    while Job.objects.filter(task=tell_end.path, due__lte=now, state=Job.State.WAITING).exists():
        work_off()
    assert [event for event, _data in told()].count("incident.ended") == expected


def test_an_incident_that_is_over_is_not_told_again_when_it_is_deleted(client, webhook):
    client.force_login(person("reviewer"))
    now = timezone.now()
    gone, here = (
        Incident.objects.create(text="x", starts=now - timedelta(hours=2), ends=now + end)
        for end in (timedelta(hours=-1), timedelta(hours=1))
    )
    for incident in (gone, here):
        list_ = "/en/admin/troubleshooting/incident/"
        client.post(f"{list_}{incident.pk}/delete/", {"post": "yes"})
    assert [(event, data["number"]) for event, data in told()] == [("incident.ended", here.pk)]
