"""The small portal of the page tests."""

from tests.web.conftest import portal

__all__ = ["portal"]
