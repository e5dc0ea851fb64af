"""The page that explains the API, written by the server: no script, nothing from elsewhere."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kbportal.environment.site import site_address

from ..operations import api
from .groups import GROUPS

#: Characters of a body in an example that stands on one line.
_LONGEST_LINE = 90
#: Names within a description.
_CODE = re.compile(r"`+([^`]+)`+")
#: From here on a bound only says what a number of a database holds.
_UNBOUNDED = 2**31 - 1


class Field(NamedTuple):
    """A field or parameter; ``kind`` is its type, ``target`` the object that it is or lists.

    ``limits`` are what its value has to keep to, in words.
    """

    name: str
    kind: str
    target: str
    limits: list[str]
    is_required: bool
    description: SafeString


class Object(NamedTuple):
    """An object that is sent or answered."""

    name: str
    description: SafeString
    fields: list[Field]


class DescribedAnswer(NamedTuple):
    """What is answered with a status: its type in words, and the object that it is or lists."""

    status: str
    kind: str
    target: str


class Operation(NamedTuple):
    """An operation: its parameters, the objects it takes, and those it answers by status.

    ``scope`` is that of the token that it needs, empty where it needs none. ``command`` and
    ``example_path`` make an example for a terminal, with the portal's host between them.
    """

    method: str
    path: str
    name: str
    group: str
    description: SafeString
    scope: str
    parameters: list[Field]
    takes: list[str]
    answers: list[DescribedAnswer]
    headers: list[tuple[str, SafeString]]
    command: str
    example_path: str


def operations() -> list[Operation]:
    """Return the operations by their groups, in the order of these and in the language in use."""
    return _operations_in(get_language())


def objects() -> list[Object]:
    """Return the objects by name, each field with what it is, in the language in use."""
    return _objects_in(get_language())


@cache
def _operations_in(_language: str | None) -> list[Operation]:
    schema: dict[str, Any] = api.get_openapi_schema()
    found = {
        said["operationId"]: _operation(method.upper(), path, said)
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    }
    return [found[name] for group in GROUPS for name in group.operations]


def _operation(method: str, path: str, operation: dict[str, Any]) -> Operation:
    scopes = [scope for each in operation.get("security", ()) for scope in each["Token"]]
    command, example_path = _example(method, path, operation)
    return Operation(
        method=method,
        path=path,
        name=operation["operationId"],
        group=operation["tags"][0],
        description=_in_words(operation),
        scope=scopes[0] if scopes else "",
        parameters=[
            _field(one["name"], one["schema"], one.get("required"), one)
            for one in operation.get("parameters", ())
        ],
        takes=[
            target
            for body in _bodies(operation.get("requestBody", {}))
            if (target := _target(body))
        ],
        answers=[
            DescribedAnswer(str(status), _kind(body), _target(body))
            for status, answer in operation["responses"].items()
            for body in _bodies(answer)
            if int(status) < 400
        ],
        headers=list(
            {
                name: _in_words(header)
                for answer in operation["responses"].values()
                for name, header in answer.get("headers", {}).items()
            }.items()
        ),
        command=command,
        example_path=example_path,
    )


def _example(method: str, path: str, operation: dict[str, Any]) -> tuple[str, str]:
    """Return a command for a terminal and the path that it asks, of what the schema gives."""
    named = {
        one["name"]: one["example"] for one in operation.get("parameters", ()) if "example" in one
    }
    query = {n: v for n, v in named.items() if f"{{{n}}}" not in path}
    address = re.sub(r"\{(\w+)\}", lambda match: str(named[match[1]]), path)
    parts = ["curl"]
    if method not in ("GET", "POST"):
        parts.append(f"-X {method}")
    bodies = [
        one["example"] for one in operation.get("requestBody", {}).get("content", {}).values()
    ]
    if method == "POST" and not bodies:
        parts.append("-X POST")
    if operation.get("security"):
        parts.append('-H "Authorization: Bearer $TOKEN"')
    if any(one["name"] == "If-Match" for one in operation.get("parameters", ())):
        parts.append("-H 'If-Match: \"r3\"'")
    for body in bodies:
        text = json.dumps(body, ensure_ascii=False)
        if len(text) > _LONGEST_LINE:
            text = json.dumps(body, ensure_ascii=False, indent=2)
        parts.append(f"-H \"Content-Type: application/json\" \\\n  -d '{text}' \\\n ")
    return " ".join(parts), f"{address}?{urlencode(query)}" if query else address


@cache
def _objects_in(_language: str | None) -> list[Object]:
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


def _bodies(operation: dict[str, Any]) -> list[dict[str, Any]]:
    return [one["schema"] for one in operation.get("content", {}).values()]


def _field(name: str, form: dict[str, Any], is_required: object, schema: dict[str, Any]) -> Field:
    return Field(
        name, _kind(form), _target(form), _limits(form), bool(is_required), _in_words(schema)
    )


def _in_words(schema: dict[str, Any]) -> SafeString:
    """Return the description as HTML, in the language in use."""
    text = schema.get("description")
    return _as_html(_(text) if text else "")


def _as_html(text: str) -> SafeString:
    """Return a text as HTML, what stands between backticks as code."""
    parts = enumerate(_CODE.split(text))
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", part) if n % 2 else part,) for n, part in parts)
    )


def _target(form: dict[str, Any]) -> str:
    """Return the first object that a form names, itself or in a list or choice; "" for none."""
    if reference := form.get("$ref"):
        return str(reference.rpartition("/")[2])
    more = form.get("additionalProperties")
    parts = [*_options(form), form.get("items"), more]
    return next(
        (found for part in parts if isinstance(part, dict) and (found := _target(part))), ""
    )


def _options(form: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the forms of which a value has one."""
    return [*form.get("anyOf", ()), *form.get("oneOf", ())]


def _kind(form: dict[str, Any]) -> str:
    """Return the type in the words of JSON Schema: ``array of string``, ``integer or null``.

    What stands between its names is in the language in use.
    """
    either = " " + pgettext("between two types", "or") + " "
    if reference := form.get("$ref"):
        return str(reference.rpartition("/")[2])
    if options := _options(form):
        return either.join(dict.fromkeys(map(_kind, options)))
    if values := form.get("enum"):
        return either.join(f'"{one}"' for one in values)
    if form.get("type") == "array":
        return _("array of %(type)s") % {"type": _kind(form.get("items", {}))}
    kind = str(form.get("type", "any"))
    return f"{kind} ({form['format']})" if "format" in form else kind


def _limits(form: dict[str, Any]) -> list[str]:
    """Return in words what a value has to keep to, and what stands for one that is left out."""
    said: dict[str, Any] = {}
    for each in (form, *_options(form)):
        said |= each
    limits = []
    if longest := said.get("maxLength"):
        limits.append(_("at most %(count)s characters") % {"count": _number(longest)})
    if most := said.get("maxItems"):
        limits.append(_("at most %(count)s entries") % {"count": _number(most)})
    if said.get("maximum", _UNBOUNDED) < _UNBOUNDED:
        bounds = {"least": said.get("minimum", 0), "most": _number(said["maximum"])}
        limits.append(_("from %(least)s to %(most)s") % bounds)
    if said.get("default") not in (None, "", [], {}):
        limits.append(_("%(value)s if it is left out") % {"value": json.dumps(said["default"])})
    return limits


def _number(number: int) -> str:
    return number_format(number, force_grouping=True)


#: The errors that are worth a word: status, and what it says.
_ERRORS = (
    ("401", gettext_lazy("No token, or one that does not work (any more).")),
    ("403", gettext_lazy("The token lacks the scope, or its owner may not do this.")),
    ("404", gettext_lazy("There is no such thing, or it is not for you to see.")),
    ("409", gettext_lazy("What is there already stands against it, such as an address in use.")),
    ("412", gettext_lazy("Somebody has changed the text since; read it again.")),
    ("422", gettext_lazy("A value or parameter is wrong; `errors` says which one and why.")),
    ("428", gettext_lazy("A change has to say by `If-Match` which revision it began from.")),
    ("429", gettext_lazy("Too often; `Retry-After` says when to try again.")),
)


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Return the documentation page."""
    groups = [
        (_(group.name), [one for one in operations() if one.group == group.name])
        for group in GROUPS
    ]
    context = {
        "groups": [(f"group-{number}", *group) for number, group in enumerate(groups, start=1)],
        "objects": objects(),
        "errors": [(status, _as_html(str(said))) for status, said in _ERRORS],
        "site": site_address(request),
    }
    return render(request, "troubleshooting/api.html", context)
