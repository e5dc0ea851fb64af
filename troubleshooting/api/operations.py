"""The interface with all of its operations.

Operations of one address have to be on one object, and each module puts its own on it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest

from . import imports, reading, reports, tickets
from .interface import api
from .reasons import WrongValueError, unknown_parameter
from .writing import articles, platforms, texts

#: The modules whose operations the interface has.
MODULES = (reading, tickets, reports, articles, texts, platforms, imports)
#: Every operation understands it: an answer or an error is told in it (``LanguageMiddleware``).
_EVERYWHERE = frozenset({"language"})

__all__ = ["MODULES", "api"]


def _strictly(view: Callable[..., Any], parameters: frozenset[str]) -> Callable[..., Any]:
    """Return a view that refuses parameters that it does not know: a filter passed over lies."""

    @wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if strange := [name for name in request.GET if name not in parameters]:
            raise WrongValueError(unknown_parameter(name, parameters) for name in strange)
        return view(request, *args, **kwargs)

    return run


for _path in api.default_router.path_operations.values():
    for _operation in _path.operations:
        _known = {
            name
            for model in _operation.models
            if model.__ninja_param_source__ == "query"
            for name in model.__ninja_flatten_map__
        }
        _operation.view_func = _strictly(_operation.view_func, _EVERYWHERE | _known)
