"""A webhook that wants every event, and a host that takes what it is sent."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.integrations.webhooks.telling import ADDRESS
from troubleshooting.models import Webhook
from troubleshooting.webhooks import addresses, delivering
from troubleshooting.webhooks.addresses import WebhookTarget
from troubleshooting.webhooks.events import EVENTS


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
