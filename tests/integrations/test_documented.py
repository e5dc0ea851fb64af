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
from django.utils.translation import gettext, override

from troubleshooting.api.documentation.completing import FIELDS
from troubleshooting.api.documentation.groups import GROUPS
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
    strange += [name for name in written["about"] if name not in OBJECTS]
    strange += [
        f"{name}.{field}"
        for name, fields in written["objects"].items()
        for field, text in fields.items()
        if OBJECTS.get(name, {}).get("properties", {}).get(field, {}).get("description") != text
    ]
    assert strange == []


def test_every_object_says_what_it_is_to_people_who_do_not_read_its_source():
    about = tomllib.loads(FIELDS.read_text("utf-8"))["about"]
    assert {name: about.get(name) for name in OBJECTS} == {
        name: said["description"] for name, said in OBJECTS.items()
    }


def _shown_texts() -> set[str]:
    """Return what the page says of operations, parameters, headers, objects and their fields."""
    forms = list(OBJECTS.values())
    forms += [form for each in OBJECTS.values() for form in each.get("properties", {}).values()]
    for _method, _path, said in OPERATIONS:
        forms += [said, *said.get("parameters", ())]
        forms += [
            header
            for answer in said["responses"].values()
            for header in answer.get("headers", {}).values()
        ]
    return {form["description"] for form in forms}


@pytest.mark.django_db
def test_the_french_page_says_nothing_in_english_and_the_schema_nothing_in_french(client):
    page = client.get("/api/v1/docs/?language=fr").content.decode()
    words = _words(html.unescape(page))
    # What is made of names alone is the same in both languages, but for what stands between these.
    own = {text for text in _shown_texts() if re.sub(r"`+[^`]+`+|\W|or", "", text)}
    with override("fr"):
        untranslated = [text for text in own if gettext(text) == text]
        unshown = [text for text in own if _words(gettext(text)) not in words]
    assert (untranslated, unshown) == ([], [])
    assert 'lang="en"' not in page.split("<main")[1].split("</main")[0]
    schema = client.get("/api/v1/schema/", headers={"accept-language": "fr"}).json()
    assert schema["components"]["schemas"]["Hit"]["description"] == "An article that was found."


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "limits"),
    [
        ("en", ("at most 2,000 characters", "from 1 to 100", "20 if it is left out", "required")),
        ("fr", ("2\xa0000 caractères au plus", "de 1 à 100", "20 par défaut", "obligatoire")),
    ],
)
def test_the_page_says_what_a_value_has_to_keep_to(client, language, limits):
    page = html.unescape(client.get(f"/api/v1/docs/?language={language}").content.decode())
    search = page.split('id="search"')[1].split("<h3")[0].replace("\u202f", "\xa0")
    assert [limit for limit in limits if limit not in search] == []
    kinds = page.split('id="listPlatforms"')[1].split("<h3")[0]
    assert ("tableau de PlatformOut" in kinds) is (language == "fr")


def _words(text: str) -> str:
    """Return the words without what marks names among them."""
    return " ".join(re.sub(r"</?code>|`", "", text).split())


@pytest.mark.django_db
def test_the_page_shows_every_operation_object_and_field(client):
    page = _words(html.unescape(client.get("/api/v1/docs/?language=en").content.decode()))
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


@pytest.mark.django_db
def test_the_page_says_how_to_sign_in_what_is_needed_and_what_may_go_wrong(client):
    page = client.get("/api/v1/docs/?language=en").content.decode()
    words = _words(html.unescape(page))
    assert 'Authorization: Bearer $TOKEN" "http://testserver/api/v1/articles/"' in words
    assert "/en/tokens/" in page
    for said in ("600 times a minute", "2 MB", "428", "429", "Retry-After", "Accept-Language"):
        assert said in words
    for name, scope in (
        ("saveText", "write"),
        ("importFiles", "import"),
        ("reportUse", "outcomes"),
    ):
        part = _words(page.split(f'id="{name}"')[1].split("<h3")[0])
        assert f"Needs a token with the scope {scope}." in part
    assert "Needs no token." in page.split('id="search"')[1].split("<h3")[0]
    assert "array of PlatformOut" in page.split('id="listPlatforms"')[1].split("<h3")[0]


@pytest.mark.django_db
def test_the_page_begins_with_the_search_and_is_in_the_language_of_its_reader(client):
    page = client.get("/api/v1/docs/?language=fr").content.decode()
    assert '<html lang="fr">' in page
    places = [page.index(f'id="{name}"') for name in ("search", "readArticle", "importSource")]
    assert places == sorted(places)
    for _method, _path, said in OPERATIONS:
        with override("fr"):
            assert gettext(said["description"]) != said["description"]
    assert "Décomposer un code" in page
    assert 'href="/api/v1/docs/?language=en"' in page


def test_each_operation_is_in_one_group():
    names = sorted(name for group in GROUPS for name in group.operations)
    assert names == sorted(said["operationId"] for _method, _path, said in OPERATIONS)


@pytest.mark.parametrize("path", ["/api/v1", "/api/v1/"])
def test_the_root_of_the_api_leads_to_its_page(client, db, path):
    answer = client.get(path, follow=True)
    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, "/api/v1/docs/")
