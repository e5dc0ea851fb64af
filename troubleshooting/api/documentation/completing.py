"""What the schema says beside what is generated: meanings, groups, scopes, examples, headers.

It is in English, whoever asks; its page translates what stands here and in ``FIELDS``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from .examples import ADDRESS, BODY, OWN_ADDRESS, QUERY
from .groups import GROUP_OF, GROUPS

#: What each object, field and parameter is.
FIELDS = Path(__file__).parent.with_name("fields.toml")
PROBLEM = "application/problem+json"
_JSON = "application/json"
#: How the meaning of a field begins that has another name now.
_DEPRECATED = "Deprecated, "
#: Headers of answers, and what they are.
_ETAG = {
    "description": _("The name of the text as it stands now, for `If-Match` of its next change.")
}
_LOCATION = {"description": _("The address of what was made.")}
_WATCHED = {"description": _("The address where the import is watched.")}
_HEADERS: dict[tuple[str, str], dict[str, dict[str, str]]] = {
    ("createArticle", "201"): {"ETag": _ETAG, "Location": _LOCATION},
    ("readText", "200"): {"ETag": _ETAG},
    ("saveText", "200"): {"ETag": _ETAG},
    ("saveText", "201"): {"ETag": _ETAG, "Location": _LOCATION},
    ("restoreRevision", "200"): {"ETag": _ETAG},
    ("addPlatform", "201"): {"Location": _LOCATION},
    ("importFiles", "202"): {"Location": _WATCHED},
    ("importSource", "202"): {"Location": _WATCHED},
    ("changeImport", "202"): {"Location": _WATCHED},
}


def complete(schema: dict[str, Any], scopes: Mapping[str, str]) -> None:
    """Complete a schema; ``scopes`` are those that operations need, by their names."""
    _describe(schema["components"]["schemas"])
    schema["tags"] = [{"name": group.name} for group in GROUPS]
    for methods in schema["paths"].values():
        for said in methods.values():
            name = said["operationId"]
            said["tags"] = [GROUP_OF[name]]
            if name in scopes:  # roles, as OpenAPI 3.1 has them of schemes that are not OAuth
                said["security"] = [{"Token": [scopes[name]]}]
            _complete_parameters(name, said.get("parameters", ()))
            _complete_body(name, said.get("requestBody"))
            _complete_answers(name, said["responses"])


def _complete_parameters(name: str, parameters: Any) -> None:
    meanings = _meanings()
    for one in parameters:
        places = (
            meanings["operations"].get(name, {}),
            meanings["path_parameters"] if one["in"] == "path" else {},
            meanings["parameters"],
        )
        if meaning := next((each[one["name"]] for each in places if one["name"] in each), ""):
            one.setdefault("description", meaning)
        in_path = {**ADDRESS, **OWN_ADDRESS.get(name, {})}
        values = in_path if one["in"] == "path" else QUERY.get(name, {})
        if one["name"] in values:
            one["example"] = values[one["name"]]


def _complete_body(name: str, body: Any) -> None:
    if body:
        body["content"][_JSON]["example"] = BODY[name]


def _complete_answers(name: str, answers: dict[Any, Any]) -> None:
    for status, answer in answers.items():
        content = answer.get("content")
        if int(status) >= 400 and content:
            answer["content"] = {PROBLEM: next(iter(content.values()))}
        if headers := _HEADERS.get((name, str(status))):
            answer["headers"] = {
                header: {**said, "schema": {"type": "string"}} for header, said in headers.items()
            }


@cache
def _meanings() -> dict[str, Any]:
    return tomllib.loads(FIELDS.read_text("utf-8"))


def _describe(objects: dict[str, Any]) -> None:
    """Say of every object and every field of it what it is."""
    said = _meanings()
    for name, described in objects.items():
        if name in said["about"]:  # its docstring speaks to programmers
            described["description"] = said["about"][name]
        own = said["objects"].get(name, {})
        for field, form in described.get("properties", {}).items():
            if meaning := own.get(field) or said["fields"].get(field):
                form.setdefault("description", meaning)
                if meaning.startswith(_DEPRECATED):
                    form["deprecated"] = True
