"""Fixtures of the page tests."""

import pytest
from django.core.cache import cache

from tests.kept import inserted, is_transactional
from tests.web.content import Portal, make_portal
from troubleshooting.search.words.frequencies import frequencies


@pytest.fixture
def portal(request, db) -> Portal:
    """Return a filled portal.

    ``parametrize("portal", [45], indirect=True)`` gives it so many articles more.
    """
    extra = getattr(request, "param", 0)
    if is_transactional(request.node):
        return make_portal(extra)
    return inserted(extra, lambda: make_portal(extra))


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """Forget kept pages: a test that puts a fault into a view wants the view to be called."""
    cache.clear()
    frequencies.clear()
