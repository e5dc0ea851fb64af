"""What becomes of each entry of a document, before anything is written."""

from .merging import EntryPlan, hold_first
from .plans import Plans, blamed, plans_for

__all__ = ["EntryPlan", "Plans", "blamed", "hold_first", "plans_for"]
