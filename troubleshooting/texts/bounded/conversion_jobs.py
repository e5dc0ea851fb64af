"""The jobs of the child that converts files of other formats.

They are apart from ``jobs``: whoever reads texts need not load the libraries that read Word.
"""

from __future__ import annotations

from ..converting import Converted, ProductPage
from ..converting.formats import convert
from .jobs import JOBS, Asker


def conversion(parent: Asker, page: ProductPage) -> list[Converted] | None:
    """Return the documents of a file, see ``converting.convert``."""
    return convert(page)


JOBS["conversion"] = conversion
