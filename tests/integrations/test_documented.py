"""What programs may use is documented: tools, events, scopes, forms in docs/integrations.md."""

from __future__ import annotations

from pathlib import Path

from troubleshooting.api.operations import api
from troubleshooting.assistants.tools import TOOLS
from troubleshooting.models import AccessToken
from troubleshooting.representing.notes import NOTATIONS
from troubleshooting.webhooks.events import EVENTS, TEST

TEXT = Path("docs/integrations.md").read_text("utf-8")


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
    for path, methods in api.get_openapi_schema()["paths"].items():
        for said in methods.values():
            assert said["description"], path
            assert all(one.get("content") for one in said["responses"].values()), path
