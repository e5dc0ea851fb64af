"""Tables that tell of problems: one in each row, or the facts of one."""

from .facts import facts_of
from .pairs import pairs_of
from .rows import ErrorRow, error_columns, error_rows, take_codes

__all__ = ["ErrorRow", "error_columns", "error_rows", "facts_of", "pairs_of", "take_codes"]
