"""The interface with all of its operations.

Operations of one address have to be on one object, and each module puts its own on it.
"""

from __future__ import annotations

from . import imports, reading, reports, tickets, writing
from .interface import api

#: The modules whose operations the interface has.
MODULES = (imports, reading, reports, tickets, writing)

__all__ = ["MODULES", "api"]
