"""Canonical Markdown -> sanitised HTML tree. Pure.

Markdown is rendered and sanitised by an allow-list (``html``), read as a tree (``trees``), and what
is left is decorated (``decorating``): alerts, placeholders for images that are not supplied, tables
in a box that scrolls, links resolved (``links``).
"""

from .decorating import (
    HEADINGS,
    RenderingContext,
    drop_dead_links,
    render,
    render_for_reading,
)
from .html import sanitise, to_html
from .links import Link, broken_scheme, is_address, plain_link, set_address, web_address
from .trees import inner_html, parent_of, plain_text, to_tree

__all__ = [
    "HEADINGS",
    "Link",
    "RenderingContext",
    "broken_scheme",
    "drop_dead_links",
    "inner_html",
    "is_address",
    "parent_of",
    "plain_link",
    "plain_text",
    "render",
    "render_for_reading",
    "sanitise",
    "set_address",
    "to_html",
    "to_tree",
    "web_address",
]
