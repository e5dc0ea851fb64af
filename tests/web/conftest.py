"""Fixtures of the page tests."""

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache

from tests.browser.administration.filled import with_rows, with_work
from tests.kept import inserted, is_transactional
from tests.web.content import Portal, make_portal
from tests.web.editors import person
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


@pytest.fixture
def superuser(client, portal) -> User:
    """Return an administrator, signed in, to whom every list of the administration has rows."""
    user = person("ada", "Administrator")
    user.is_superuser = True
    user.save()
    client.force_login(user)
    with_work(portal, user)
    with_rows(portal, user)
    return user


@pytest.fixture(autouse=True)
def _empty_memory() -> None:
    """Forget kept pages: a test that puts a fault into a view wants the view to be called."""
    cache.clear()
    frequencies.clear()
