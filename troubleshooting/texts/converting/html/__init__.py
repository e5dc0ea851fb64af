"""HTML -> Markdown: read, cleaned, brought into few forms, then written. Pure."""

from .convert import ConvertedPage, PageSurroundings, convert_html
from .reading import parse, read_html

__all__ = ["ConvertedPage", "PageSurroundings", "convert_html", "parse", "read_html"]
