"""One address of another host, asked whether it is there: HEAD, then GET, through redirections.

Every hop is resolved and judged like the address of a webhook, so that no redirection leads inside.
"""

from __future__ import annotations

from http.client import HTTPException
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

from ..models import ExternalLink
from ..webhooks.addresses import RefusedAddressError, UnknownHostError, target_of
from ..webhooks.sending import PinnedConnection

State = ExternalLink.State
_HEADERS = {"User-Agent": "kbportal-links", "Accept": "*/*"}
#: Redirections that are followed.
MOST_HOPS = 5
_PERMANENT, _REDIRECTIONS = (301, 308), (301, 302, 303, 307, 308)
_GONE = (404, 410)


class LinkAnswer(NamedTuple):
    """What became of an address; ``status`` is 0 where nothing answered."""

    state: str
    status: int = 0
    moved_to: str = ""


def ask(url: str) -> LinkAnswer:
    """Return what becomes of who follows ``url``. Never raises for what other hosts do."""
    at, new = url, ""
    is_for_good = True
    for _hop in range(MOST_HOPS + 1):
        try:
            status, location = _call("HEAD", at)
            if status >= 400:
                status, location = _call("GET", at)
        except UnknownHostError:
            return LinkAnswer(State.UNCLEAR)
        except RefusedAddressError:
            return LinkAnswer(State.REFUSED)
        except (OSError, HTTPException, ValueError):
            return LinkAnswer(State.UNCLEAR)
        if status not in _REDIRECTIONS or not location:
            return _judged(status, new)
        at = urldefrag(urljoin(at, location)).url
        is_for_good = is_for_good and status in _PERMANENT
        new = at if is_for_good else new
    return LinkAnswer(State.UNCLEAR, status)


def _call(method: str, url: str) -> tuple[int, str]:
    """Return status and ``Location``; nothing of the body is read."""
    target = target_of(url, ("http", "https"))
    connection = PinnedConnection(target)
    try:
        connection.request(method, target.path, headers=_HEADERS)
        response = connection.getresponse()
        return response.status, response.headers.get("Location") or ""
    finally:
        connection.close()


def _judged(status: int, new: str) -> LinkAnswer:
    if 200 <= status < 300:
        return LinkAnswer(State.MOVED if new else State.ALIVE, status, new[:2000])
    # 401, 403, 429 and the like tell about who asks, 5xx about today.
    return LinkAnswer(State.DEAD if status in _GONE else State.UNCLEAR, status)
