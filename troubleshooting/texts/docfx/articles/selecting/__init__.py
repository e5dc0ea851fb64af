"""Which parts of a document become articles."""

from .entries import RawEntry, SelectedEntries, select_entries
from .inheriting import inherit_codes

__all__ = ["RawEntry", "SelectedEntries", "inherit_codes", "select_entries"]
