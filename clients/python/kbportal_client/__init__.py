"""A client of the troubleshooting portal."""

from .client import Client, PortalError
from .types import ArticleText, Decoding, Diagnosis, Hit, SearchResult

__all__ = [
    "ArticleText",
    "Client",
    "Decoding",
    "Diagnosis",
    "Hit",
    "PortalError",
    "SearchResult",
]
