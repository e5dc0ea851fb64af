"""Fixtures of the page tests."""

import pytest
from django.core.cache import cache

from tests.web.content import Portal, make_portal
from troubleshooting.search.frequencies import frequencies


@pytest.fixture
def portal(db) -> Portal:
    """Return a filled portal."""
    return make_portal()


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """Forget kept pages: a test that puts a fault into a view wants the view to be called."""
    cache.clear()
    frequencies.clear()
