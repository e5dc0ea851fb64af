"""What becomes of each entry of a document, before anything is written."""

from .merging import Plan
from .plans import Plans, blamed, plans_for

__all__ = ["Plan", "Plans", "blamed", "plans_for"]
