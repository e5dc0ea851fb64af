"""The API keeps to its schema, whatever is sent: cases made of the schema by Schemathesis.

``make api-cases CASES=5000`` sends so many; here each operation gets a few. Every answer is checked
against the schema: its status, headers, form and fields; what the schema forbids has to be refused,
what it allows not to be called malformed, and no answer is one of a fault (5xx).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.people import person
from troubleshooting.api.operations import api
from troubleshooting.tokens.issuing import issue

#: Cases in all; the usual run has some hundred.
CASES = int(os.environ.get("API_CASES") or 300)
#: A body is refused for its length before it is held against the schema.
REFUSED = ["400", "401", "403", "404", "405", "406", "409", "413", "422", "428"]
#: What the form of a request cannot promise: headers say which revision a change began from.
PRECONDITIONS = ["412", "428"]
CONFIG = schemathesis.Config.from_dict(
    {
        "checks": {
            "positive_data_acceptance": {
                "expected-statuses": ["2xx", "3xx", "401", "403", "404", "409", *PRECONDITIONS]
            },
            "negative_data_rejection": {"expected-statuses": REFUSED},
        }
    }
)
# A copy: what is checked is written anew, and the interface keeps its own.
SCHEMA = schemathesis.openapi.from_dict(deepcopy(api.get_openapi_schema()), config=CONFIG)
SCHEMA.app = get_wsgi_application()
EACH = max(1, CASES // sum(len(methods) for methods in SCHEMA.raw_schema["paths"].values()))


@pytest.fixture
def secret(portal) -> Iterator[str]:
    """Yield a token that may everything; the portal keeps the connection that holds the test."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield issue(person("administrator"), "all", ["read", "write", "import", "outcomes"], 1).secret
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def sent() -> Iterator[Counter[str]]:
    """Yield the cases that each operation was sent, and write their number (seen with ``-s``)."""
    counted: Counter[str] = Counter()
    yield counted
    print(f"\n{counted.total()} cases sent to {len(counted)} operations")


@pytest.mark.sqlite
@pytest.mark.django_db
@SCHEMA.parametrize()
@settings(
    max_examples=EACH, deadline=None, derandomize=CASES < 1000, database=None,
    phases=[Phase.generate],    suppress_health_check=list(HealthCheck),
)  # fmt: skip
def test_every_answer_is_one_of_the_schema(secret, sent, case):
    sent[case.operation.label] += 1
    headers = {"Accept-Encoding": "identity"}
    if not _has_wrong_headers(case):
        headers["Authorization"] = f"Bearer {secret}"
    answer = case.call(headers=headers)
    passed = [positive_data_acceptance] if _names_what_is_not_there(answer) else []
    case.validate_response(answer, excluded_checks=passed, headers=headers)


def _names_what_is_not_there(answer: schemathesis.Response) -> bool:
    """Return whether values of the right form were refused since nothing is called so here.

    A schema cannot say which platforms there are today.
    """
    errors = answer.json().get("errors", []) if answer.status_code == 422 else []
    return bool(errors) and all(one["kind"] == "unknown" for one in errors)


def _has_wrong_headers(case: schemathesis.Case) -> bool:
    """Return whether its headers are what the schema forbids: a token would mend them."""
    header = case.meta.components.get(ParameterLocation.HEADER) if case.meta else None
    return header is not None and header.mode.is_negative
