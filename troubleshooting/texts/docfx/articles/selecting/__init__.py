"""Which parts of a document become articles."""

from .entries import RawEntry, Selection, select_entries

__all__ = ["RawEntry", "Selection", "select_entries"]
