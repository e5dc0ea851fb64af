"""Codes as people send them: garbled, cut, spelt out. For what is typed, never for documents."""

from .arrival import arrivals, with_garbled
from .found import Arrival

__all__ = ["Arrival", "arrivals", "with_garbled"]
