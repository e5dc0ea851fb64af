"""The signature of a message (Standard Webhooks 1.0, "Signature scheme": HMAC-SHA256). Pure."""

from __future__ import annotations

import base64
import hashlib
import hmac

_PREFIX = "whsec_"


def signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """Return what proves that who sends ``body`` knows ``secret``."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = b".".join((message.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that go with ``body``."""
    return {
        "Content-Type": "application/json",
        "User-Agent": "kbportal-webhooks",
        "webhook-id": message,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(secret, message, timestamp, body),
    }
