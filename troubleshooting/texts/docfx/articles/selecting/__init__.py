"""Which parts of a document become articles."""

from .entries import RawEntry, SelectedEntries, select_entries

__all__ = ["RawEntry", "SelectedEntries", "select_entries"]
