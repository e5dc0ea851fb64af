"""The page that explains the API, written by the server: no script, nothing from elsewhere."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils.encoding import escape_uri_path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from .operations import api
from .problems import problem

#: Names within a description.
_CODE = re.compile(r"`+([^`]+)`+")


class Field(NamedTuple):
    """A field or parameter; ``kind`` is its type, ``target`` the object that it is or lists."""

    name: str
    kind: str
    target: str
    is_required: bool
    description: SafeString


class Object(NamedTuple):
    """An object that is sent or answered."""

    name: str
    description: SafeString
    fields: list[Field]


class Operation(NamedTuple):
    """An operation: its parameters, the objects it takes, and those it answers by status."""

    method: str
    path: str
    name: str
    description: SafeString
    parameters: list[Field]
    takes: list[str]
    answers: list[tuple[str, str]]


@cache
def operations() -> list[Operation]:
    """Return the operations in the order of the schema."""
    schema: dict[str, Any] = api.get_openapi_schema()
    return [
        Operation(
            method.upper(),
            path,
            said["operationId"],
            _in_words(said),
            [
                _field(one["name"], one["schema"], one.get("required"), one)
                for one in said.get("parameters", ())
            ],
            [target for body in _bodies(said.get("requestBody", {})) if (target := _target(body))],
            [
                (str(status), _target(body))
                for status, answer in said["responses"].items()
                for body in _bodies(answer)
            ],
        )
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]


@cache
def objects() -> list[Object]:
    """Return the objects by name, each field with what it is."""
    schemas: dict[str, Any] = api.get_openapi_schema()["components"]["schemas"]
    return [
        Object(
            name,
            _in_words(said),
            [
                _field(field, form, field in said.get("required", ()), form)
                for field, form in said.get("properties", {}).items()
            ],
        )
        for name, said in sorted(schemas.items())
    ]


def _bodies(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [one["schema"] for one in said.get("content", {}).values()]


def _field(name: str, form: dict[str, Any], is_required: object, said: dict[str, Any]) -> Field:
    return Field(name, _kind(form), _target(form), bool(is_required), _in_words(said))


def _in_words(said: dict[str, Any]) -> SafeString:
    """Return the description as HTML, what stands between backticks as code."""
    parts = enumerate(_CODE.split(said.get("description", "")))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in parts)
    )


def _target(form: dict[str, Any]) -> str:
    """Return the first object that a form names, itself or in a list or choice; "" for none."""
    if reference := form.get("$ref"):
        return str(reference.rpartition("/")[2])
    more = form.get("additionalProperties")
    parts = [*form.get("anyOf", ()), form.get("items"), more]
    return next(
        (found for part in parts if isinstance(part, dict) and (found := _target(part))), ""
    )


def _kind(form: dict[str, Any]) -> str:
    """Return the type in the words of JSON Schema: ``array of string``, ``integer or null``."""
    if reference := form.get("$ref"):
        return str(reference.rpartition("/")[2])
    if options := form.get("anyOf"):
        return " or ".join(dict.fromkeys(map(_kind, options)))
    if values := form.get("enum"):
        return " or ".join(f'"{one}"' for one in values)
    if form.get("type") == "array":
        return f"array of {_kind(form.get('items', {}))}"
    kind = str(form.get("type", "any"))
    return f"{kind} ({form['format']})" if "format" in form else kind


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Return the documentation page."""
    return render(
        request,
        "troubleshooting/api.html",
        {"operations": operations(), "objects": objects()},
    )


def unknown(request: HttpRequest) -> HttpResponse:
    """Return 404, or the way to the address where only the slash at the end was missing."""
    address = f"{request.path_info}/"
    if not request.path_info.endswith("/") and resolve(address).func is not unknown:
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponse(status=308)
        response.headers["Location"] = f"{escape_uri_path(address)}{f'?{query}' if query else ''}"
        return response
    return problem(404)
