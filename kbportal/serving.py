"""A worker of gunicorn in which no slow client holds a thread.

Gunicorn starts, watches and ends the processes. In each, waitress collects requests in one loop and
hands only complete ones to the threads, so that whoever sends half a form, or a byte a second,
takes a connection and nothing else. What waitress leaves open is bounded here: how long one request
may take to arrive, and how many unfinished ones an address may have.
"""

from __future__ import annotations

import logging
import os
import time
from collections import Counter
from collections.abc import Collection
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Any

from django.conf import settings

# Neither package brings types; what is used of them is little.
from gunicorn.workers.base import Worker  # type: ignore[import-untyped]  # it has no types
from waitress import wasyncore  # type: ignore[import-untyped]  # it has no types
from waitress.server import create_server  # type: ignore[import-untyped]  # it has no types

#: Seconds in which a request must have arrived; a large upload over a slow line takes minutes.
ARRIVAL = 300
#: The same for requests that are no larger than any text: a pasted log has 200 KB.
ARRIVAL_OF_TEXT = 30
TEXT_BYTES = 4 * 1024 * 1024
#: Requests that one address may have under way at once, unless a proxy asks there for everybody.
UNFINISHED_OF_ONE = 50
OPTIONS: dict[str, Any] = {
    "channel_timeout": 20,  # seconds of silence
    "cleanup_interval": 2,
    "connection_limit": 900,  # of the 1,024 files that a process usually may open
    "max_request_body_size": 64 * 1024 * 1024,
    "max_request_header_size": 32 * 1024,
    "asyncore_use_poll": True,
    "send_bytes": 1,  # at once: what is noted after an answer must not hold it back
    "clear_untrusted_proxy_headers": False,  # kbportal.limits.clients decides whom to believe
    "trusted_proxy": "127.0.0.1",
    "trusted_proxy_headers": {"x-forwarded-proto"},
    "ident": None,
}


class WaitingWorker(Worker):  # type: ignore[misc]  # a base without types
    """Serves until gunicorn says that it is enough, then finishes what has begun."""

    def run(self) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        server = create_server(
            self.wsgi,
            sockets=[listener.sock for listener in self.sockets],
            threads=self.cfg.threads,
            **OPTIONS,
        )
        channels: dict[int, Any] = server.map if hasattr(server, "map") else server._map
        since: dict[Any, float] = {}
        # What is served may be any program, with settings of its own or none.
        proxies = getattr(settings, "TRUSTED_PROXIES", ()) if settings.configured else ()
        while self.alive and self.ppid == os.getppid():
            self.notify()
            leave_to_others(channels)
            wasyncore.loop(timeout=1.0, use_poll=True, map=channels, count=1)
            end_slow_ones(channels, since, time.monotonic(), proxies)
        self._finish(channels)

    def _finish(self, channels: dict[int, Any]) -> None:
        """Accept nothing more, and let the threads answer what they were given."""
        for listener in [one for one in channels.values() if hasattr(one, "task_dispatcher")]:
            listener.close()
        end = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < end and any(map(_is_busy, list(channels.values()))):
            self.notify()
            wasyncore.loop(timeout=0.1, use_poll=True, map=channels, count=1)


def leave_to_others(channels: dict[int, Any]) -> None:
    """Accept no connection while requests wait for a thread here: another process may have one."""
    for listener in channels.values():
        if hasattr(listener, "task_dispatcher"):
            listener.accepting = not listener.task_dispatcher.queue


def _is_busy(channel: Any) -> bool:
    return bool(getattr(channel, "requests", ()) or getattr(channel, "total_outbufs_len", 0))


def end_slow_ones(
    channels: dict[int, Any],
    since: dict[Any, float],
    now: float,
    proxies: Collection[IPv4Network | IPv6Network] = (),
) -> None:
    """Close connections whose request takes too long to arrive, and too many of one address.

    ``channels``: what the loop watches; connections of waitress among it. ``since``: when the
    request that a connection is sending began; kept between calls. ``now``: seconds on a clock that
    never jumps. ``proxies``: whose address says nothing of who sends.
    """
    arriving = [one for one in channels.values() if getattr(one, "request", None) is not None]
    for channel in [one for one in since if one not in arriving]:
        del since[channel]
    unfinished: Counter[str] = Counter()
    for channel in sorted(arriving, key=lambda one: since.setdefault(one, now)):
        address = str(channel.addr[0])
        unfinished[address] += 1
        too_many = unfinished[address] > UNFINISHED_OF_ONE and not _is_shared(address, proxies)
        patience = ARRIVAL if _announced(channel.request) > TEXT_BYTES else ARRIVAL_OF_TEXT
        if too_many or now - since[channel] > patience:
            channel.will_close = True


def _is_shared(address: str, proxies: Collection[IPv4Network | IPv6Network]) -> bool:
    """Return whether many may ask from there: this machine, or a proxy that the settings name."""
    try:
        place = ip_address(address)
    except ValueError:
        return False
    return place.is_loopback or any(place in network for network in proxies)


def _announced(request: Any) -> int:
    """Return how many bytes the request said it would send; 0 where it did not say yet."""
    return int(getattr(request, "content_length", 0) or 0)
