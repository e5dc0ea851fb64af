"""The bounded counterpart of ``converting``, in a process of its own.

It is not one of those that read texts: a Word document full of pictures takes longer, and more.
"""

from __future__ import annotations

from ..converting.model import Converted, ProductPage
from .limits import Limits
from .pool import Pool

pool = Pool(1, f"{__package__}.conversion_jobs")
#: The largest files that may be imported take 5 seconds.
CONVERSION = Limits(seconds=20, memory=1024 * 1024 * 1024)


def convert_file(page: ProductPage, *, limits: Limits = CONVERSION) -> list[Converted] | None:
    """Return the documents of a file, None where it is Markdown as it is.

    Raise ``DocumentError`` and ``UnrenderableText``.
    """
    documents: list[Converted] | None = pool.call("conversion", page, limits=limits)
    return documents
