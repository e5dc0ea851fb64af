"""The docfx dialect of Markdown: the bytes of a file -> the articles that it holds. Pure.

Each module owns one rule of the dialect; ``document.read_document`` runs them in order.
"""

from .document import read_document
from .errors import DocumentError
from .model import DocfxDocument, Entry, Oddity, Placement

__all__ = ["DocfxDocument", "DocumentError", "Entry", "Oddity", "Placement", "read_document"]
