"""The page that explains the API, written by the server: no script, nothing from elsewhere."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .operations import api
from .problems import problem


class Operation(NamedTuple):
    """An operation as the page shows it; each of ``parameters`` is a name and its meaning."""

    method: str
    path: str
    description: str
    parameters: list[str]


def operations() -> list[Operation]:
    """Return the operations in the order of the schema."""
    schema: dict[str, Any] = api.get_openapi_schema()
    return [
        Operation(
            method.upper(),
            path,
            said.get("description", ""),
            [one["name"] for one in said.get("parameters", ())],
        )
        for path, methods in schema["paths"].items()
        for method, said in methods.items()
    ]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Return the documentation page."""
    return render(request, "troubleshooting/api.html", {"operations": operations()})


def unknown(request: HttpRequest) -> HttpResponse:
    """Return what is answered at any other address below the API's."""
    return problem(404)
