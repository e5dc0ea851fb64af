"""Other programs are told what happens: signed, by the worker, what readers see alone."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest

from tests.integrations.webhooks.telling import ADDRESS, told
from tests.people import person
from tests.web.content import BILINGUAL, DRAFT, STAFF, write
from troubleshooting.editing import change_status
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, Job, Webhook, WebhookDelivery
from troubleshooting.reporting.gaps import report_gap
from troubleshooting.webhooks import addresses
from troubleshooting.webhooks.delivering import BACKOFF
from troubleshooting.webhooks.events import EVENTS, send_again
from troubleshooting.webhooks.signing import signature

pytestmark = pytest.mark.usefixtures("portal")


def test_each_event_is_told_and_nothing_that_readers_do_not_see(webhook):
    reviewer = person("reviewer")
    article = Article.objects.get(slug=BILINGUAL)
    draft = Article.objects.get(slug=DRAFT)
    write(draft, "fr", "Brouillon encore", problem="Rien.")
    change_status(draft, "archive", user=reviewer)
    assert told() == []
    write(article, "en", "Limit reached now", problem="x", resolution="1.  y.")
    change_status(article, "unpublish", user=reviewer)
    change_status(article, "publish", user=reviewer)
    change_status(article, "archive", user=reviewer)
    report_gap("0x80070999", "My name is Jane", "en")
    named = {"number": article.pk, "slug": BILINGUAL, "audience": "public"}
    events = told()
    assert [event for event, _data in events] == [
        "article.changed", "article.withdrawn", "article.published", "article.archived",
        "gap.reported",
    ]  # fmt: skip
    assert all(named.items() <= data.items() for _event, data in events[:4])
    assert (events[0][1]["language"], events[0][1]["revision"]) == ("en", 2)
    assert "Jane" not in json.dumps(events)
    assert "Limit" not in json.dumps(events)


def test_only_who_wants_an_event_is_told(webhook):
    Webhook.objects.update(events=["gap.reported"])
    off = Webhook.objects.create(name="Off", address=ADDRESS, events=list(EVENTS), is_active=False)
    write(Article.objects.get(slug=STAFF), "fr", "Autre", problem="x")
    assert told() == []
    report_gap("x", "", "en")
    assert WebhookDelivery.objects.get().webhook == webhook
    assert not off.deliveries.exists()


def test_a_message_is_signed_and_delivered_by_the_worker(webhook, receiver):
    report_gap("0x80070999", "", "en")
    assert receiver.received == []
    work_off()
    ((path, headers, body),) = receiver.received
    row = WebhookDelivery.objects.get()
    assert (path, row.state, row.status, row.attempts) == ("/hook?x=1", "delivered", 204, 1)
    assert headers["Host"].startswith("desk.example.org")
    signed = f"{row.message}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    proof = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{proof}"
    assert headers["webhook-id"] == row.message
    assert json.loads(body)["type"] == "gap.reported"
    work_off()
    assert len(receiver.received) == 1


def test_the_signature_of_the_specification():
    """The example of the reference libraries of Standard Webhooks."""
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    assert signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body) == (
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


@pytest.mark.parametrize(
    ("statuses", "state", "job"),
    [
        ([500], "waiting", "waiting"),
        ([302], "waiting", "waiting"),
        ([404], "waiting", "waiting"),
        ([200], "delivered", "done"),
        ([410], "failed", "failed"),
    ],
)
def test_what_is_not_taken_is_sent_again_later(webhook, receiver, statuses, state, job):
    receiver.statuses = [*statuses]
    report_gap("x", "", "en")
    work_off()
    row = WebhookDelivery.objects.get()
    assert (row.state, Job.objects.get().state) == (state, job)
    assert Webhook.objects.get().is_active is (statuses != [410])
    assert len(receiver.received) == 1


def test_there_is_an_end_and_a_way_back(webhook, receiver):
    report_gap("x", "", "en")
    Job.objects.update(attempts=BACKOFF.attempts - 1)
    receiver.statuses = [500]
    work_off()
    row = WebhookDelivery.objects.get()
    assert (row.state, Job.objects.get().state) == ("failed", "failed")
    send_again(row)
    work_off()
    row.refresh_from_db()
    assert row.state == "delivered"
    first, second = (headers["webhook-id"] for _path, headers, _body in receiver.received)
    assert first == second


@pytest.mark.parametrize(
    ("found", "state", "reason"),
    [
        (["127.0.0.1"], "failed", "The host is private"),
        ([], "waiting", "No name server knows the host."),  # it may know it later
    ],
)
def test_what_cannot_succeed_is_not_tried_again(webhook, monkeypatch, found, state, reason):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: found)
    report_gap("x", "", "en")
    work_off()
    row = WebhookDelivery.objects.get()
    assert (row.state, row.status, row.attempts) == (state, None, 1)
    assert row.error.startswith(reason)
    assert Job.objects.get().state == state
