"""A page that is refused as not complete asks whether what it names stays as it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from ...editing import OmissionsError, row_called

#: The field whose value names the rows that stay empty, and the terms called otherwise.
FIELD = "left_out"


def left_out(error: ValidationError | None) -> str:
    """Return the rows and terms that ``error`` names, as the field posts them; "" where none."""
    if not isinstance(error, OmissionsError):
        return ""
    return " ".join([*(omission.key for omission in error.omissions), *error.missed])


def left_out_rows(error: ValidationError | None) -> list[tuple[str, str]]:
    """Return the key of each of those rows, and what it is called."""
    omissions = error.omissions if isinstance(error, OmissionsError) else ()
    return [(one.key, row_called(one)) for one in omissions]


def missed_said(error: ValidationError | None) -> list[str]:
    """Return what is said of each term that is not called as agreed."""
    return list(error.missed.values()) if isinstance(error, OmissionsError) else []


def accepted_omissions(posted: Mapping[str, str]) -> frozenset[str]:
    """Return the rows and terms of which whoever ``posted`` a form said that they stay so."""
    return frozenset(posted.get(FIELD, "").split())
