"""A page that is refused as not complete asks whether the rows it names stay empty."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError

from ...editing import OmissionsError, row_called

#: The field whose value names the rows that stay empty.
FIELD = "left_out"


def left_out(error: ValidationError | None) -> str:
    """Return the rows that ``error`` names, as the field posts them; "" where it names none."""
    omissions = error.omissions if isinstance(error, OmissionsError) else ()
    return " ".join(omission.key for omission in omissions)


def left_out_rows(error: ValidationError | None) -> list[tuple[str, str]]:
    """Return the key of each of those rows, and what it is called."""
    omissions = error.omissions if isinstance(error, OmissionsError) else ()
    return [(one.key, row_called(one)) for one in omissions]


def accepted_omissions(posted: Mapping[str, str]) -> frozenset[str]:
    """Return the rows of which whoever ``posted`` a form said that they stay empty."""
    return frozenset(posted.get(FIELD, "").split())
