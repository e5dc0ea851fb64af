"""The small portal of the page tests."""

from tests.web.conftest import _empty_memory, portal

__all__ = ["_empty_memory", "portal"]
