"""What people and programs may use is documented: a name that no document explains is a fault.

Operations, tools, events, scopes and forms stand in docs/integrations.md, fields in the schema of
the API and on its page. Commands and settings are asked for in ``tests/infra/installing``.
"""

from __future__ import annotations

import html
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from troubleshooting.api.interface import FIELDS
from troubleshooting.api.operations import api
from troubleshooting.assistants.tools import TOOLS
from troubleshooting.models import AccessToken
from troubleshooting.representing.notes import NOTATIONS
from troubleshooting.webhooks.events import EVENTS, TEST

TEXT = Path("docs/integrations.md").read_text("utf-8")
SCHEMA: dict[str, Any] = api.get_openapi_schema()
OBJECTS: dict[str, Any] = SCHEMA["components"]["schemas"]
OPERATIONS = [
    (method.upper(), path, said)
    for path, methods in SCHEMA["paths"].items()
    for method, said in methods.items()
]


def test_every_tool_event_scope_and_form_is_documented():
    named = [*TOOLS, *EVENTS, TEST, *AccessToken.Scope.values, *NOTATIONS, "/mcp", "/en/tokens/"]
    assert [name for name in named if f"`{name}`" not in TEXT] == []


def test_every_argument_of_a_tool_says_what_it_is():
    for tool in TOOLS.values():
        fields = tool.inputs.model_json_schema()["properties"]
        unsaid = {name for name, said in fields.items() if not said.get("description")}
        assert unsaid <= {"limit", "verdict", "reason"}, tool.name
        assert tool.description


def test_every_operation_says_what_it_does_and_every_answer_its_form():
    for _method, path, said in OPERATIONS:
        assert said["description"], path
        assert all(one.get("content") for one in said["responses"].values()), path


def test_every_operation_stands_in_the_table():
    rows = [line.split("|")[1] for line in TEXT.splitlines() if line.startswith("|")]
    missing = [
        (method, path)
        for method, path, _said in OPERATIONS
        if not any(method in row and f"`{path}`" in row for row in _with_lists(rows))
    ]
    assert missing == []


def _with_lists(rows: list[str]) -> list[str]:
    """Return the rows; "GET lists imports" in words counts for the address of its row."""
    words = [line for line in TEXT.splitlines() if re.search(r"\bGET lists\b", line)]
    return [*rows, *words]


def test_every_field_and_parameter_says_what_it_is():
    unsaid = [
        (name, field)
        for name, said in OBJECTS.items()
        for field, form in said.get("properties", {}).items()
        if not form.get("description")
    ]
    unsaid += [
        (path, one["name"])
        for _method, path, said in OPERATIONS
        for one in said.get("parameters", ())
        if not one.get("description")
    ]
    assert unsaid == []


def test_no_meaning_is_written_of_a_field_that_is_not_there():
    written = tomllib.loads(FIELDS.read_text("utf-8"))
    forms = [said.get("properties", {}) for said in OBJECTS.values()]
    said_somewhere = {form.get("description") for fields in forms for form in fields.values()}
    strange = [name for name, text in written["fields"].items() if text not in said_somewhere]
    strange += [
        f"{name}.{field}"
        for name, fields in written["objects"].items()
        for field, text in fields.items()
        if OBJECTS.get(name, {}).get("properties", {}).get(field, {}).get("description") != text
    ]
    assert strange == []


def _words(text: str) -> str:
    """Return the words without what marks names among them."""
    return " ".join(re.sub(r"</?code>|`", "", text).split())


@pytest.mark.django_db
def test_the_page_shows_every_operation_object_and_field(client):
    page = _words(html.unescape(client.get("/api/v1/docs/").content.decode()))
    for method, path, _said in OPERATIONS:
        assert f"{method} {path}" in page
    for name, said in OBJECTS.items():
        assert f'id="{name}"' in page
        for field, form in said.get("properties", {}).items():
            assert field in page
            assert _words(form["description"]) in page, (name, field)
    assert set(re.findall(r'href="#(\w+)"', page)) <= set(re.findall(r'id="([\w-]+)"', page)) | {
        "main"
    }
