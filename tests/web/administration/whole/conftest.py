"""Who looks after the whole base."""

import pytest

from tests.web.editors import person


@pytest.fixture
def reviewer(client):
    user = person("rene", "Reviewer")
    client.force_login(user)
    return user


@pytest.fixture
def administrator(client):
    user = person("ada", "Administrator")
    client.force_login(user)
    return user
