"""Readers that ask one page after the other, and what they were answered."""

from __future__ import annotations

import http.client
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

#: The headings of the pages for a database that cannot go on (``templates/errors/503*.html``).
REFUSALS = {
    "en": (
        "The portal is busy",
        "The database does not answer",
        "Nothing can be saved at present",
    ),
    "fr": (
        "Le portail est occupé",
        "La base de données ne répond pas",
        "Rien ne peut être enregistré pour le moment",
    ),
}


class Answer(NamedTuple):
    """Of one request; ``status`` is 0 where the connection failed."""

    status: int
    seconds: float
    headers: dict[str, str]
    body: str
    cookies: dict[str, str]


def ask(
    address: str,
    path: str,
    form: dict[str, str] | None = None,
    cookies: dict[str, str] | None = None,
    timeout: float = 30,
) -> Answer:
    """Return what the server at ``address`` answers to ``path``, by POST where there is a ``form``.

    It is waited for ``timeout`` seconds. None is status 0, with the name of the error as its text.
    """
    began, place = time.perf_counter(), urlsplit(address)
    connection = http.client.HTTPConnection(str(place.hostname), place.port, timeout=timeout)
    headers = {"Accept-Language": "fr", "Referer": address + path, "Origin": address}
    if cookies:
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    if form is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        body = urlencode(form) if form is not None else None
        connection.request("GET" if form is None else "POST", path, body, headers)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        set_cookies = dict(
            line.split(";", 1)[0].split("=", 1)
            for line in response.headers.get_all("Set-Cookie") or []
        )
        seconds = time.perf_counter() - began
        return Answer(response.status, seconds, dict(response.headers), text, set_cookies)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, time.perf_counter() - began, {}, type(error).__name__, {})
    finally:
        connection.close()


def is_clear(answer: Answer, path: str) -> bool:
    """Return whether the answer to ``path`` is a 503 that says why, in the language of the path.

    What the heading says counts: the frame of every page holds words about the network, too.
    """
    heading = re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", answer.body, flags=re.DOTALL)
    words = REFUSALS.get(path.split("/")[1], ())
    return answer.status == 503 and heading is not None and heading[1] in words


def find_article(address: str) -> str:
    """Return the path of an article of the portal at ``address``.

    Raise ``ValueError``: it shows none.
    """
    found = re.search(r'href="(/fr/articles/[^/"?#]+/)', ask(address, "/fr/articles/").body)
    if found is None:
        raise ValueError(f"No article at {address}")
    return found[1]


class Readers:
    """Threads that read until they are told to stop."""

    def __init__(self, addresses: Sequence[str], paths: Sequence[str]) -> None:
        self._addresses, self._paths = addresses, paths
        self._enough = threading.Event()
        self._lock = threading.Lock()
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0

    def read(self, first: int) -> None:
        """Read the paths in turn, beginning with the one of that number."""
        number = first
        while not self._enough.is_set():
            address = self._addresses[number % len(self._addresses)]
            answer = ask(address, self._paths[number % len(self._paths)])
            with self._lock:
                self.statuses[answer.status] += 1
                self.slowest = max(self.slowest, answer.seconds)
            number += 1

    def stop(self) -> None:
        """Read no more."""
        self._enough.set()

    @property
    def answered(self) -> int:
        """Return how many requests were answered so far, well or not."""
        return self.statuses.total()

    @property
    def failed(self) -> int:
        """Return how many requests were not answered as they should be."""
        return sum(number for status, number in self.statuses.items() if status != 200)

    def __str__(self) -> str:
        counts = ", ".join(f"{status}: {n}" for status, n in sorted(self.statuses.items()))
        return f"{counts}; slowest {self.slowest:.2f} s"


@contextmanager
def reading(addresses: Sequence[str], paths: Sequence[str], number: int = 4) -> Iterator[Readers]:
    """Let ``number`` readers read while the block runs."""
    readers = Readers(addresses, paths)
    threads = [threading.Thread(target=readers.read, args=(one,)) for one in range(number)]
    for thread in threads:
        thread.start()
    try:
        yield readers
    finally:
        readers.stop()
        for thread in threads:
            thread.join()
