"""Values that no row can have, in every place that an address or a form may fill."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import BadRequest
from django.db import DataError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from kbportal.middleware import UnstorableMiddleware
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


def _answer_to(fault: Exception) -> str:
    """Return "400" where the request is told to be at fault, else "500"."""
    try:
        UnstorableMiddleware(lambda _request: HttpResponse()).process_exception(
            HttpRequest(), fault
        )
    except BadRequest:
        return "400"
    return "500"


@pytest.mark.django_db
def test_a_number_that_the_database_refuses_is_the_fault_of_who_asks():
    with (
        pytest.raises((DataError, OverflowError)) as refusal,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT CAST(%s AS bigint)", [10**25])
    assert _answer_to(refusal.value) == "400"


@pytest.mark.parametrize(
    "fault",
    [
        lambda: date.min - timedelta(days=1),
        lambda: timedelta(days=10**10),
        lambda: datetime.max.replace(tzinfo=UTC) + timedelta(days=1),
        lambda: 2.0**5000,
    ],
)
def test_what_the_program_cannot_compute_is_its_own_fault(fault):
    with pytest.raises(OverflowError) as mistake:
        fault()
    assert _answer_to(mistake.value) == "500"


@pytest.mark.parametrize(
    "said", ["timestamp out of range", "interval out of range", "value out of range: overflow"]
)
def test_what_the_program_lets_the_database_compute_is_its_own_fault(said):
    assert _answer_to(DataError(said)) == "500"


@pytest.mark.parametrize(
    "said",
    [
        "integer out of range",
        'value "99999999999" is out of range for type integer',
        "PostgreSQL text fields cannot contain NUL (0x00) bytes",
    ],
)
def test_postgresql_says_it_in_these_words(said):
    assert _answer_to(DataError(said)) == "400"
