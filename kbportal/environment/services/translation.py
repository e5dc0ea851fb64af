"""The service that translates: its address is a setting, so its host is trusted."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urlsplit

from kbportal.environment import env

_HOST = re.compile(r"[A-Za-z0-9_.-]+|[0-9A-Fa-f:.]+")


def endpoint(local: bool) -> str:
    """Return TRANSLATION_ENDPOINT; "" where it is not set.

    Raise ``ImproperlyConfigured``: it is no address of http or https, it holds a password, or texts
    would go over the internet in the clear.
    """
    address = env.text("TRANSLATION_ENDPOINT")
    if not address:
        return ""
    if "@" in address or "#" in address:
        raise env.refuse(
            "TRANSLATION_ENDPOINT",
            "holds a user, a password or a #",
            "Put the key of the service into TRANSLATION_TOKEN.",
        )
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        host, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or not _HOST.fullmatch(host) or not address.isascii():
        raise env.refuse(
            "TRANSLATION_ENDPOINT",
            f"is {address!r}, which is no address of http or https",
            "Write it as https://translate.example.org/translate.",
        )
    if parts.scheme == "http" and not local and not _is_near(host):
        raise env.refuse(
            "TRANSLATION_ENDPOINT",
            "would send texts over the internet in the clear",
            "Use https, or a service on this host or in its own network.",
        )
    return address


def _is_near(host: str) -> bool:
    """Return whether ``host`` is this one, a name without a dot, or a private address."""
    if "." not in host and ":" not in host:
        return True
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host.endswith((".local", ".internal", ".localhost"))
