"""Tables that tell of problems: one in each row, or the facts of one, or what to do."""

from .facts import facts_of
from .pairs import holds, leads_to, pairs_of
from .procedures import steps_of
from .rows import ErrorRow, error_columns, error_rows, repeated_rows, take_codes
from .ways import ways_of

__all__ = [
    "ErrorRow",
    "error_columns",
    "error_rows",
    "facts_of",
    "holds",
    "leads_to",
    "pairs_of",
    "repeated_rows",
    "steps_of",
    "take_codes",
    "ways_of",
]
