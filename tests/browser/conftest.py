"""Fixtures of the browser tests."""

import pytest

from tests.kept import copied
from tests.web.content import Portal, make_portal


def _long() -> Portal:
    return make_portal(extra=25)


@pytest.fixture
def portal(transactional_db) -> Portal:
    """Return a portal long enough for two pages of results, seen by the live server too."""
    return copied(_long)
