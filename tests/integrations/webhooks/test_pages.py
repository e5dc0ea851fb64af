"""The administration refuses, tests and sends again, and says what became of it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.integrations.webhooks.telling import ADDRESS
from tests.people import person
from troubleshooting.jobs import work_off
from troubleshooting.models import Webhook, WebhookDelivery
from troubleshooting.webhooks import addresses

pytestmark = pytest.mark.usefixtures("portal")


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
