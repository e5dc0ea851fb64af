"""Fixtures of the page tests."""

import pytest

from tests.web.content import Portal, make_portal


@pytest.fixture
def portal(db) -> Portal:
    """Return a filled portal."""
    return make_portal()
