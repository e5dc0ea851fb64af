"""HTML -> Markdown: read, cleaned, brought into few forms, then written. Pure."""

from .convert import Html, Surroundings, convert_html
from .reading import parse, read_html

__all__ = ["Html", "Surroundings", "convert_html", "parse", "read_html"]
