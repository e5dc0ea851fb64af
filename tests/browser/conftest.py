"""Fixtures of the browser tests."""

import pytest

from tests.web.content import Portal, make_portal


@pytest.fixture
def portal(transactional_db) -> Portal:
    """Return a portal long enough for two pages of results, seen by the live server too."""
    return make_portal(extra=25)
