"""What sets a deployment apart from a run on one's own machine, and what it must not do.

A run is *local* as long as every allowed host is a name of this machine's loopback interface:
nobody else can use it, so plain http and a key made on the spot are fine. To name any other
host is to deploy: the portal then insists on https, on a key of its own and on DEBUG off.
"""

import ipaddress
import re
from urllib.parse import urlsplit

from django.http.request import validate_host

from kbportal.environment import env

LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "[::1]")


_ORIGIN = re.compile(r"https?://([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?")
_HOST_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", re.IGNORECASE)


def is_local(hosts: list[str]) -> bool:
    """Return whether every one of the allowed ``hosts`` means this machine only."""
    return all(host.lower() in LOOPBACK_HOSTS or host.endswith(".localhost") for host in hosts)


def allowed_hosts() -> list[str]:
    """Return ALLOWED_HOSTS; the loopback names when it is not set.

    Raise ``ImproperlyConfigured``: it allows every host, or holds an address instead of a name.
    """
    hosts = env.words("ALLOWED_HOSTS", LOOPBACK_HOSTS)
    remedy = "List the names readers use, such as portal.example.org, without scheme or port."
    for host in hosts:
        if host.strip(".") in ("", "*"):
            raise env.refuse("ALLOWED_HOSTS", f"holds {host!r}, which allows any host", remedy)
        if "/" in host or (":" in host and not host.startswith("[")):
            raise env.refuse("ALLOWED_HOSTS", f"holds {host!r}, which is no host name", remedy)
    return hosts


def site_address(hosts: list[str], local: bool) -> str:
    """Return the address at which readers reach the portal, where no request tells it.

    Raise ``ImproperlyConfigured``: SITE_ADDRESS is no origin, none of https in a deployment, or its
    host is not allowed.
    """
    host = hosts[0].strip(".")
    default = f"http://{host}:{env.number('PORT', 8000)}" if local else f"https://{host}"
    given = env.text("SITE_ADDRESS", default).rstrip("/")
    if not _ORIGIN.fullmatch(given) or not (local or given.startswith("https://")):
        raise env.refuse(
            "SITE_ADDRESS",
            f"is {given!r}, which is no safe address of a portal",
            "Write it as https://portal.example.org, without a path.",
        )
    if not validate_host(urlsplit(given).hostname or "", hosts):
        raise env.refuse(
            "SITE_ADDRESS",
            f"is {given!r}, whose host is not in ALLOWED_HOSTS",
            "Add the host there, or correct the address.",
        )
    return given


def trusted_origins(local: bool) -> list[str]:
    """Return CSRF_TRUSTED_ORIGINS.

    Raise ``ImproperlyConfigured``: an entry has no scheme or no host, trusts every host, or is not
    https in a deployment.
    """
    return _origins("CSRF_TRUSTED_ORIGINS", env.words("CSRF_TRUSTED_ORIGINS"), local)


def api_origins(local: bool) -> list[str]:
    """Return API_ORIGINS, whose scripts may read the API.

    Raise ``ImproperlyConfigured``: as for CSRF_TRUSTED_ORIGINS.
    """
    return _origins("API_ORIGINS", env.words("API_ORIGINS"), local)


def widget_origins(local: bool) -> list[str]:
    """Return WIDGET_ORIGINS, whose pages may show the widget.

    Raise ``ImproperlyConfigured``: as for CSRF_TRUSTED_ORIGINS, and for what is no single origin,
    since a message to a frame names one.
    """
    origins = [one.rstrip("/") for one in env.words("WIDGET_ORIGINS")]
    for origin in _origins("WIDGET_ORIGINS", origins, local):
        if "*" in origin or not _ORIGIN.fullmatch(origin):
            raise env.refuse(
                "WIDGET_ORIGINS",
                f"holds {origin!r}, which is not one origin",
                "Write each as https://desk.example.org, without a path.",
            )
    return origins


def private_hosts() -> list[str]:
    """Return WEBHOOK_PRIVATE_HOSTS: names, addresses and networks that webhooks may call.

    Raise ``ImproperlyConfigured``: an entry is none of these, or is the whole internet.
    """
    entries = env.words("WEBHOOK_PRIVATE_HOSTS")
    for entry in entries:
        if not _is_network(entry) and not (_HOST_NAME.fullmatch(entry) and "/" not in entry):
            raise env.refuse(
                "WEBHOOK_PRIVATE_HOSTS",
                f"holds {entry!r}, which is no host and no network",
                "List names, addresses and networks, such as tickets.lan,10.1.2.0/24.",
            )
    return entries


def _is_network(entry: str) -> bool:
    try:
        return ipaddress.ip_network(entry).prefixlen > 0
    except ValueError:
        return False


def _origins(name: str, origins: list[str], local: bool) -> list[str]:
    for origin in origins:
        parts = urlsplit(origin)
        secure = parts.scheme == "https" or (local and parts.scheme == "http")
        if not secure or parts.netloc.strip("*.") == "":
            raise env.refuse(
                name,
                f"holds {origin!r}, which is not a safe origin",
                "Write each as https://portal.example.org.",
            )
    return origins


def debug(local: bool) -> bool:
    """Return whether DEBUG is on; ``local``: only this machine reaches the portal.

    Raise ``ImproperlyConfigured``: it is on in a deployment, where it would show settings and code
    to readers.
    """
    wanted = env.flag("DEBUG")
    if wanted and not local:
        raise env.refuse(
            "DEBUG",
            "is on while ALLOWED_HOSTS names other machines: readers would see code and settings",
            "Remove DEBUG, or remove ALLOWED_HOSTS to work on this machine alone.",
        )
    return wanted
