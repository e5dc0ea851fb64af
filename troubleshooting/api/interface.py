"""The interface itself, and how its errors are answered."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.core.exceptions import ValidationError as Refusal
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from .documentation.completing import complete
from .problems import lacking, problem
from .reasons import RefusedValue, WrongValueError, wrong_values
from .rights import ScopeError, Token


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

    def object_names(self) -> frozenset[str]:
        """Return the names of all objects that are sent or answered."""
        return frozenset(self.get_openapi_schema()["components"]["schemas"])

    @cache  # noqa: B019 (there is one interface, which lives as long as the process)
    def _schema(self, path_prefix: str) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix)
        complete(schema, self._scopes())
        return schema

    def _scopes(self) -> dict[str, str]:
        """Return the scope that a token needs for each operation that needs a token."""
        operations = (
            operation
            for view in self.default_router.path_operations.values()
            for operation in view.operations
        )
        return {
            str(one.operation_id): str(callback.scope)
            for one in operations
            for callback in one.auth_callbacks
            if isinstance(callback, Token)
        }


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
    return _wrong(wrong_values(error.errors, api.object_names()))


@api.exception_handler(WrongValueError)
def wrong(request: HttpRequest, error: WrongValueError) -> HttpResponse:
    """Say which values name nothing that there is."""
    return _wrong(error.wrong)


def _wrong(values: list[RefusedValue]) -> HttpResponse:
    return problem(422, errors=[one._asdict() for one in values])


@api.exception_handler(Http404)
def unknown(request: HttpRequest, error: Http404) -> HttpResponse:
    """Say nothing of what is hidden: it is as unknown as what is not there."""
    return problem(404)


@api.exception_handler(HttpError)
def failed(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Answer a body that is no JSON, too."""
    return problem(error.status_code, str(error) if error.status_code != 400 else _("No JSON."))


@api.exception_handler(ScopeError)
def unscoped(request: HttpRequest, error: ScopeError) -> HttpResponse:
    """Say which scope is wanted, in the header too (RFC 6750, section 3)."""
    return lacking(error.scope)


@api.exception_handler(AuthenticationError)
def unnamed(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    """Ask for a token."""
    response = problem(401, _("This needs a token."))
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(PermissionDenied)
def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    """Answer as the administration does."""
    return problem(403)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, error: Refusal) -> HttpResponse:
    """Say what the portal has against a change: a text (422), or what is there already (409)."""
    if not hasattr(error, "error_dict"):
        return problem(409, " ".join(error.messages))
    said = error.message_dict
    errors = [
        RefusedValue("body" if name == NON_FIELD_ERRORS else f"body.{name}", "invalid", one)
        for name, texts in said.items()
        for one in texts
    ]
    return _wrong(errors)
