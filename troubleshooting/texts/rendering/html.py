"""Canonical Markdown -> sanitised HTML. Pure."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from functools import lru_cache

import markdown
import nh3
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from .links import SCHEMES

TAGS = frozenset(
    (
        *("a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp", "small"),
        *("span", "strong", "sub", "sup", "u", "var", "br", "img"),
        *(
            "blockquote",
            "details",
            "div",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "hr",
            "p",
            "pre",
            "summary",
        ),
        *("dd", "dl", "dt", "li", "ol", "ul"),
        *("col", "colgroup", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
    )
)
ATTRIBUTES = {
    "a": {"href", "name", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
# What inline Markdown begins with: without one of them a text is only words.
_INLINE = re.compile(r"[\\`\[<&*_]|  \n")


class _Words(Treeprocessor):
    """Marks texts that hold nothing but words, so that no pattern of inline Markdown is tried."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if element.text and not _INLINE.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _INLINE.search(element.tail):
                element.tail = AtomicString(element.tail)


class _WordsFirst(Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 (the library's name)
        md.treeprocessors.register(_Words(md), "words", 25)  # right before "inline", which has 20


# While somebody types in one section, the others are rendered again and again.
@lru_cache(maxsize=16)
def to_html(text: str) -> str:
    """Return what Python-Markdown makes of ``text``, not sanitised."""
    return markdown.markdown(
        text,
        extensions=[
            *("pymdownx.highlight", "pymdownx.superfences", "sane_lists", "tables"),
            _WordsFirst(),
        ],
        extension_configs={
            "pymdownx.highlight": {"use_pygments": False},
            "pymdownx.superfences": {"disable_indented_code_blocks": True},
        },
        output_format="html",
        lazy_ol=False,  # type: ignore[call-arg]  # the stubs forgot it
    )


def sanitise(html: str) -> str:
    """``html`` with only the allowed elements, attributes and schemes."""
    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
