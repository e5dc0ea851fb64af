"""Other programs are told what happens: signed, by the worker, never inside, never in the way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from datetime import UTC, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from kbportal.environment import deployment
from tests.people import person
from tests.web.content import BILINGUAL, DRAFT, STAFF, write
from troubleshooting.editing import change_status
from troubleshooting.jobs import work_off
from troubleshooting.models import Article, Incident, Job, Platform, Webhook, WebhookDelivery
from troubleshooting.reporting.gaps import report_gap
from troubleshooting.webhooks import addresses, delivering
from troubleshooting.webhooks.addresses import RefusedAddressError, WebhookTarget, target_of
from troubleshooting.webhooks.delivering import BACKOFF
from troubleshooting.webhooks.events import EVENTS, send_again
from troubleshooting.webhooks.incidents import announce_saved, tell_beginning, tell_end
from troubleshooting.webhooks.signing import signature

pytestmark = pytest.mark.usefixtures("portal")
ADDRESS = "https://desk.example.org/hook?x=1"


@pytest.fixture
def webhook(db) -> Webhook:
    return Webhook.objects.create(name="Desk", address=ADDRESS, events=list(EVENTS))


class _Receiver(BaseHTTPRequestHandler):
    statuses: list[int] = []
    received: list[tuple[str, dict[str, str], bytes]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.received.append((self.path, dict(self.headers), body))
        self.send_response(self.statuses.pop(0) if self.statuses else 204)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def receiver(monkeypatch):
    """Return a host on this machine that stands for the one that is named."""
    server = HTTPServer(("127.0.0.1", 0), _Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    _Receiver.statuses, _Receiver.received = [], []

    def target(url: str, **_more: object) -> WebhookTarget:
        host, _port, path = addresses.parts_of(url)
        return WebhookTarget(host, server.server_port, path, "127.0.0.1", False)

    monkeypatch.setattr(delivering, "target_of", target)
    yield _Receiver
    server.shutdown()
    server.server_close()


def told() -> list[tuple[str, dict]]:
    rows = WebhookDelivery.objects.order_by("pk")
    return [(row.event, row.payload["data"]) for row in rows]


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
    "url",
    [
        "http://desk.example.org/", "ftp://desk.example.org/", "https://", "https:///x", "x",
        "https://u:p@desk.example.org/", "https://desk.example.org:99999/", "https://a b/",
        "https://desk.example.org/a b", "https://desk.example.org/\r\nX: y", "https://é\x00/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_https_is_refused(monkeypatch, url: str):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["93.184.215.14"])
    with pytest.raises(RefusedAddressError):
        target_of(url)


@pytest.mark.parametrize(
    ("found", "is_allowed"),
    [
        ([], False),
        (["93.184.215.14"], True),
        (["2606:2800:21f:cb07:6820:80da:af6b:8b2c"], True),
        (["64:ff9b::5db8:d70e"], True),
        (["93.184.215.14", "127.0.0.1"], False),
        *(
            ([one], False)
            for one in (
                "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0",
                "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
                "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
                "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:1::", "2001:db8::1", "localhost",
                "fec0::1", "::7f00:1", "64:ff9b:1::7f00:1", "4000::1", "5f00::1",
            )
        ),
    ],
)  # fmt: skip
def test_no_private_host_is_called(monkeypatch, found: list[str], is_allowed: bool):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: found)
    if is_allowed:
        assert target_of(ADDRESS).address == found[0]
    else:
        with pytest.raises(RefusedAddressError):
            target_of(ADDRESS)


ALLOWED = ["tickets.lan", "10.1.2.0/24", "fd00:1::/64"]


@pytest.mark.parametrize(
    ("url", "found", "is_called"),
    [
        ("https://tickets.lan/", ["192.168.7.7"], True),  # by its name
        ("http://tickets.lan/", ["192.168.7.7"], True),
        ("http://TICKETS.lan/", ["192.168.7.7"], True),
        ("https://tickets.lan/", ["169.254.169.254"], False),  # what clouds tell to who asks
        ("https://other.lan/", ["192.168.7.7"], False),
        ("https://x.tickets.lan/", ["192.168.7.7"], False),
        ("http://desk.lan/", ["10.1.2.3"], True),  # by its network
        ("https://10.1.2.3/", ["10.1.2.3"], True),
        ("https://[fd00:1::5]/", ["fd00:1::5"], True),
        ("https://desk.lan/", ["10.1.3.3"], False),
        ("https://desk.lan/", ["10.1.2.3", "10.1.3.3"], False),
        ("https://desk.lan/", ["10.1.2.3", "93.184.215.14"], False),
        ("https://desk.example.org/", ["93.184.215.14"], True),  # public, as without the setting
        ("http://desk.example.org/", ["93.184.215.14"], False),
        ("ftp://tickets.lan/", ["192.168.7.7"], False),
    ],
)
def test_private_hosts_are_called_that_the_administrator_names(monkeypatch, url, found, is_called):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: found)
    if is_called:
        assert target_of(url, allowed_networks=ALLOWED).address == found[0]
    else:
        with pytest.raises(RefusedAddressError):
            target_of(url, allowed_networks=ALLOWED)


@pytest.mark.parametrize(
    "entry", ["*", "0.0.0.0/0", "::/0", "https://desk.lan", "a/b", "10.1.2.3/8"]
)
def test_what_is_no_private_host_is_refused_as_a_setting(monkeypatch, entry: str):
    monkeypatch.setenv("WEBHOOK_PRIVATE_HOSTS", f"tickets.lan,{entry}")
    with pytest.raises(ImproperlyConfigured, match="WEBHOOK_PRIVATE_HOSTS"):
        deployment.private_hosts()


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


@pytest.mark.parametrize(
    ("url", "found", "reason"),
    [
        ("http://desk.example.org/", ["93.184.215.14"], "https://"),
        ("https://u:p@desk.example.org/", ["93.184.215.14"], "user name"),
        ("https://desk.lan/", ["10.1.3.3"], "desk.lan is in a private network"),
        ("https://127.0.0.1:8392/", ["127.0.0.1"], "WEBHOOK_PRIVATE_HOSTS"),
    ],
)
def test_what_can_never_be_told_is_refused_as_it_is_saved(client, monkeypatch, url, found, reason):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: found)
    client.force_login(User.objects.create_superuser("root"))
    form = {"name": "New", "address": url, "events": ["gap.reported"]}
    page = client.post("/en/admin/troubleshooting/webhook/add/", form).content.decode()
    assert reason in page
    assert not Webhook.objects.exists()


def test_a_host_that_nobody_knows_yet_is_saved_with_a_remark(client, monkeypatch):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: [])
    client.force_login(User.objects.create_superuser("root"))
    form = {"name": "New", "address": ADDRESS, "events": ["gap.reported"]}
    url = "/en/admin/troubleshooting/webhook/add/"
    page = client.post(url, form, follow=True).content.decode()
    assert "No name server knows desk.example.org now." in page
    assert Webhook.objects.exists()


def test_the_page_of_a_webhook_tests_it_and_says_what_became_of_it(client, webhook, receiver):
    client.force_login(User.objects.create_superuser("root"))
    page = f"/fr/admin/troubleshooting/webhook/{webhook.pk}"
    receiver.statuses = [302]
    assert f'action="{page}/test/"' in client.get(f"{page}/change/").content.decode()
    client.post(f"{page}/test/")
    work_off()
    assert "redirection, qui n’est pas suivie" in client.get(f"{page}/change/").content.decode()
    client.force_login(person("reviewer"))
    assert client.post(f"{page}/test/").status_code == 403


def test_the_administration_shows_and_sends_again(client, webhook, receiver, monkeypatch):
    client.force_login(User.objects.create_superuser("root"))
    form = {"name": "New", "address": "https://x.example/", "events": ["gap.reported"]}
    base = "/en/admin/troubleshooting"
    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["93.184.215.14"])
    assert client.post(f"{base}/webhook/add/", form).status_code == 302
    made = Webhook.objects.get(name="New")
    assert made.secret in client.get(f"{base}/webhook/{made.pk}/change/").content.decode()
    wrong = {**form, "address": "http://x.example/"}
    assert "https://" in client.post(f"{base}/webhook/add/", wrong).content.decode()
    act = {"action": "send_test", "_selected_action": [webhook.pk]}
    assert client.post(f"{base}/webhook/", act, follow=True).status_code == 200
    work_off()
    row = WebhookDelivery.objects.get()
    assert (row.event, row.state) == ("webhook.test", "delivered")
    act = {"action": "send_again", "_selected_action": [row.pk]}
    page = client.post(f"{base}/webhookdelivery/", act, follow=True).content.decode()
    assert "1 message is waiting for the background worker." in page
    assert client.get(f"{base}/webhookdelivery/{row.pk}/change/").status_code == 200
    client.force_login(person("reviewer"))
    assert client.get(f"{base}/webhook/").status_code == 403
