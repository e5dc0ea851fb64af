"""The interface itself, and how its errors are answered."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.exceptions import ValidationError as Refusal
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from .problems import PROBLEM, lacking, problem
from .rights import ScopeError

#: What each field and parameter is.
FIELDS = Path(__file__).with_name("fields.toml")


class PortalApi(NinjaAPI):
    """The interface; its schema says that errors are problem details (RFC 9457)."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the schema, each field described and the form of each error named.

        It is made once for each place where the portal is served: that takes as long as many pages.
        Who wants to change it takes a copy.
        """
        return self._schema(path_prefix or self.get_root_path(path_params or {}))

    @cache  # noqa: B019 (there is one interface, which lives as long as the process)
    def _schema(self, path_prefix: str) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix)
        _describe(schema["components"]["schemas"])
        for methods in schema["paths"].values():
            for operation in methods.values():
                _describe_parameters(operation.get("parameters", ()))
                for status, answer in operation["responses"].items():
                    content = answer.get("content")
                    if int(status) >= 400 and content:
                        answer["content"] = {PROBLEM: next(iter(content.values()))}
        return schema


@cache
def _meanings() -> dict[str, Any]:
    return tomllib.loads(FIELDS.read_text("utf-8"))


def _describe(objects: dict[str, Any]) -> None:
    """Say of every field of every object what it is."""
    said = _meanings()
    for name, described in objects.items():
        own = said["objects"].get(name, {})
        for field, form in described.get("properties", {}).items():
            if meaning := own.get(field) or said["fields"].get(field):
                form.setdefault("description", meaning)


def _describe_parameters(parameters: Iterable[dict[str, Any]]) -> None:
    for one in parameters:
        if meaning := _meanings()["parameters"].get(one["name"]):
            one.setdefault("description", meaning)


api = PortalApi(
    title="Troubleshooting portal",
    version="1",
    description="Articles, codes, search and diagnosis, as the reader who asks may see them;"
    " writing and reporting by a token.",
    docs_url=None,
    openapi_url="schema/",
    urls_namespace="api",
)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which values are wrong, without repeating them."""
    errors = [
        {"place": ".".join(map(str, one["loc"])), "reason": str(one["msg"])} for one in error.errors
    ]
    return problem(422, errors=errors)


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say nothing of what is hidden: it is as unknown as what is not there."""
    return problem(404)


@api.exception_handler(HttpError)
def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is no JSON, too."""
    return problem(error.status_code, str(error) if error.status_code != 400 else "No JSON.")


@api.exception_handler(ScopeError)
def unscoped(request: HttpRequest, error: ScopeError) -> HttpResponse:
    """Say which scope is wanted, in the header too (RFC 6750, section 3)."""
    return lacking(error.scope)


@api.exception_handler(AuthenticationError)
def unnamed(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    response = problem(401, "This needs a token.")
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """Answer as the administration does."""
    return problem(403, "The owner of the token may not do this.")


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Say what the portal has against a change: a text (422), or what is there already (409)."""
    if not hasattr(error, "error_dict"):
        return problem(409, " ".join(error.messages))
    said = error.message_dict
    errors = [{"place": name, "reason": one} for name, texts in said.items() for one in texts]
    return problem(422, errors=errors)
