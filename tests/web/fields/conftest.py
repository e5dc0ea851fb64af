"""The people whom the tests of fields of responsibility are about."""

import pytest
from django.contrib.auth.models import User

from tests.web.fields.people import make_people


@pytest.fixture
def people(portal, settings) -> dict[str, User]:
    """Return the people by name, each with their fields, and the articles made for them."""
    settings.ROLES_BY_FIELD = True
    return make_people()
