"""The page that explains the API, written by the server: no script, nothing from elsewhere."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_safe

from .operations import api
from .problems import problem


class Operation(NamedTuple):
    """An operation as the page shows it; each of ``parameters`` is a name and its meaning."""

    method: str
    path: str
    description: str
    parameters: list[str]


@cache
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
    """Return 404, or the way to the address where only the slash at the end was missing."""
    address = f"{request.path_info}/"
    if not request.path_info.endswith("/") and resolve(address).func is not unknown:
        query = request.META.get("QUERY_STRING", "")
        response = HttpResponse(status=308)
        response.headers["Location"] = f"{escape_uri_path(address)}{f'?{query}' if query else ''}"
        return response
    return problem(404)
