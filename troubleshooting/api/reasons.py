"""Why a value is refused, in words for a person and by a kind for a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from ninja.errors import HttpError


class RefusedValue(NamedTuple):
    """A value that is refused: its ``place`` in the request (``body.title``, ``query.limit``)."""

    place: str
    kind: str
    reason: str


class WrongValueError(HttpError):
    """The request names things that are not there, or parameters that nothing reads (422)."""

    def __init__(self, wrong: Iterable[RefusedValue]) -> None:
        super().__init__(422, "")
        self.wrong = list(wrong)


#: Kind of the error -> kinds of errors of pydantic ("Validation Errors" in its documentation). The
#: first part of theirs that fits counts.
_KINDS = {
    "missing": ("missing",),
    "unexpected": ("extra_forbidden",),
    "too_long": ("string_too_long", "too_long"),
    "too_short": ("string_too_short", "too_short"),
    "form": ("string_pattern_mismatch",),
    "choice": ("literal_error", "enum"),
    "range": ("greater_than", "less_than"),
    "type": (
        "int_", "bool_", "string_", "list_", "model_", "dict_", "date_", "tuple_", "none_",
        "float_",
    ),
}  # fmt: skip


def wrong_values(errors: Iterable[Mapping[str, Any]], objects: Iterable[str]) -> list[RefusedValue]:
    """Return what is wrong by the errors of pydantic, without repeating any value.

    ``objects`` are the names of the schema's objects: where a value may be one of several, its
    place names the one that it was held against, which no request has.
    """
    names = frozenset(objects)
    return [RefusedValue(_place(one["loc"], names), *_said(one)) for one in errors]


def unknown_value(place: str, value: str, candidates: Iterable[str] = ()) -> RefusedValue:
    """Return that nothing is called ``value``; ``candidates`` are the names that there are."""
    names = sorted(candidates)
    if not names:
        said = _("There is no “%(given)s”.") % {"given": value}
    else:
        said = _("There is no “%(given)s”, but: %(known)s.") % {
            "given": value,
            "known": ", ".join(names),
        }
    return RefusedValue(place, "unknown", said)


def unknown_parameter(name: str, names: Iterable[str]) -> RefusedValue:
    """Return that no parameter is called ``name``, and which one was probably meant."""
    near = get_close_matches(name, names, n=1)
    said = (
        _("There is no such parameter; did you mean %(name)s?") % {"name": near[0]}
        if near
        else _("There is no such parameter.")
    )
    return RefusedValue(f"query.{name}", "unexpected", said)


def _place(loc: Iterable[object], objects: frozenset[str]) -> str:
    """Return a place as the request has it: names that the program gives are left out."""
    where, *parts = [str(part) for part in loc] or [""]
    if where == "body":
        parts = parts[1:]
    return ".".join([where, *(one for one in parts if one not in objects)])


def _said(error: Mapping[str, Any]) -> tuple[str, str]:
    """Return the kind of an error, and the reason in words."""
    kind = str(error["type"])
    found = next((name for name, starts in _KINDS.items() if kind.startswith(starts)), "invalid")
    context = error.get("ctx", {})
    if kind == "value_error":
        return "invalid", _(str(context["error"])) if "error" in context else _("It is not valid.")
    return found, _REASONS[found](kind, context)


def _range(kind: str, context: Mapping[str, Any]) -> str:
    bounds = {
        "ge": _("It is less than %(bound)s."),
        "gt": _("It is not more than %(bound)s."),
        "le": _("It is more than %(bound)s."),
        "lt": _("It is not less than %(bound)s."),
    }
    name = next(name for name in bounds if name in context)
    return bounds[name] % {"bound": context[name]}


def _length(kind: str, context: Mapping[str, Any]) -> str:
    is_text = kind.startswith("string") or context.get("field_type") == "Value"
    if "max_length" in context:
        most = int(context["max_length"])
        said = (
            ngettext(
                "It has more than %(count)d character.",
                "It has more than %(count)d characters.",
                most,
            )
            if is_text
            else ngettext(
                "It has more than %(count)d entry.", "It has more than %(count)d entries.", most
            )
        )
        return said % {"count": most}
    return _("It is empty.") if context.get("min_length") == 1 else _("It is too short.")


def _type(kind: str, context: Mapping[str, Any]) -> str:
    said = {
        "int": _("It is not a whole number."),
        "float": _("It is not a number."),
        "bool": _("It is neither true nor false."),
        "string": _("It is not a text."),
        "list": _("It is not a list."),
        "date": _("It is not a day, such as 2026-01-31."),
    }
    return said.get(kind.partition("_")[0], _("It is not an object."))


_REASONS: dict[str, Callable[[str, Mapping[str, Any]], str]] = {
    "missing": lambda kind, context: _("It is missing."),
    "unexpected": lambda kind, context: _("There is no such field."),
    "too_long": _length,
    "too_short": _length,
    "form": lambda kind, context: _("It does not have the form %(pattern)s.") % context,
    "choice": lambda kind, context: (
        _("It is none of: %(expected)s.")
        % {"expected": str(context["expected"]).replace(" or ", ", ").replace("'", "")}
    ),
    "range": _range,
    "type": _type,
    "invalid": lambda kind, context: _("It is not valid."),
}


@contextmanager
def of_one_address() -> Iterator[None]:
    """Raise ``HttpError`` (409): another article has the address, or had it and is found by it."""
    try:
        yield
    except IntegrityError:
        raise HttpError(409, _("Another article has this address.")) from None
    except ValidationError as error:
        if "slug" not in getattr(error, "error_dict", ()):
            raise
        raise HttpError(409, " ".join(error.messages)) from None
