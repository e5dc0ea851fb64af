"""What the tests of reading share."""

import pytest

from tests.web.content import BILINGUAL


@pytest.fixture
def call(page):
    """Return the French page of an article, with the clipboard at hand."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/fr/articles/{BILINGUAL}/")
    return page
