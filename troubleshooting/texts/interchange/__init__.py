"""The portal's own file of an article in one language: Markdown with front matter. Pure.

Every field of the front matter may be read by people; the sections stand between comment lines,
each of which no text of the file holds, so that any text comes back as it left.
"""

from .model import MARK, ArticleFile, FileOrigin, digest_of
from .reading import read_article
from .writing import write_article

__all__ = [
    "MARK",
    "ArticleFile",
    "FileOrigin",
    "digest_of",
    "read_article",
    "write_article",
]
