"""What webhooks are told, and where."""

from __future__ import annotations

from troubleshooting.models import WebhookDelivery

ADDRESS = "https://desk.example.org/hook?x=1"


def told() -> list[tuple[str, dict]]:
    rows = WebhookDelivery.objects.order_by("pk")
    return [(row.event, row.payload["data"]) for row in rows]
