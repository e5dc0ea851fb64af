"""Values that no row can have, in every place that an address or a form may fill."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import resolve

from tests.infra.project import ROOT
from tests.security.leaks.test_to_readers import portal, routes  # noqa: F401

#: Where the program asks a request for a value by its name.
_ASKED = re.compile(r'\b(?:GET|POST|posted|query)(?:\.get(?:list)?\(\s*|\[)"(\w+)"')
#: Names that it asks for by way of forms, filters and Django's own pages.
_FIELDS = {
    "q", "platform", "document", "kind", "status", "severity", "language", "title", "platforms",
    "owner", "user", "articles", "codes", "id", "start", "end", "from", "to", "rule", "sort", "o",
}  # fmt: skip
#: They end the session.
_SIGN_OUT = {"admin:logout", "troubleshooting:sign_out"}


def _names() -> list[str]:
    sources = (path.read_text() for path in (ROOT / "troubleshooting").rglob("*.py"))
    return sorted({name for source in sources for name in _ASKED.findall(source)} | _FIELDS)


def _each_view() -> Iterator[str]:
    """Yield one address of each view."""
    views = {resolve(address).view_name or address: address for address in routes()}
    return (address for name, address in views.items() if name not in _SIGN_OUT)


@pytest.mark.django_db
@pytest.mark.parametrize("value", ["1\0", "x", "9" * 25])
@pytest.mark.usefixtures("portal")
def test_it_is_no_fault_of_the_server(client, value):
    client.force_login(User.objects.create_superuser("root"))
    client.raise_request_exception = False
    names = _names()
    assert len(names) > 40
    faults = []
    for address in _each_view():
        for method in ("get", "post"):
            with transaction.atomic():  # of its own, so that what one refuses breaks no other
                answer = getattr(client, method)(quote(address), dict.fromkeys(names, value))
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                faults.append((method, address, str(answer.exc_info)))
    assert not faults
