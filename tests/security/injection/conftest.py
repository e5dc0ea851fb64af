"""Fixtures of the security tests."""

from collections.abc import Callable, Iterator

import pytest

from tests.security.injection.reader import Reader


@pytest.fixture
def open_reader(browser, live_server) -> Iterator[Callable[..., Reader]]:
    """Return a function that opens a window of its own on the running portal."""
    readers: list[Reader] = []

    def make(answers: bool = True) -> Reader:
        readers.append(Reader(browser, live_server.url, answers))
        return readers[-1]

    yield make
    for reader in readers:
        reader.close()


@pytest.fixture
def without_policy(settings) -> None:
    """Send no Content-Security-Policy."""
    settings.CONTENT_SECURITY_POLICY = None
