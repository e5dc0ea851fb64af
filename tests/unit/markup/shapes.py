"""The shape of a text as CommonMark reads it, and as readers see it, in the same notation.

``ol(li(p ul(li(p))))``: block elements alone; a paragraph that HTML leaves out is not there.
"""

from lxml.etree import _Element as Element

from troubleshooting.texts.markup.blocks import (
    Alert,
    Block,
    CodeBlock,
    Heading,
    ListBlock,
    Quote,
    Table,
)
from troubleshooting.texts.rendering import to_html, to_tree

BLOCKS = ("ul", "ol", "li", "pre", "blockquote", "table", "h1", "h2", "h3", "h4", "h5", "h6")


def shape_of_blocks(blocks: list[Block]) -> str:
    """The shape of blocks as CommonMark reads them."""
    return " ".join(filter(None, (_shape(block) for block in blocks)))


def _shape(block: Block) -> str:
    match block:
        case ListBlock(ordered, items):
            inner = " ".join(f"li({shape_of_blocks(item.blocks)})" for item in items)
            return f"{'ol' if ordered else 'ul'}({inner})"
        case Quote(blocks) | Alert(_, blocks):
            return f"blockquote({shape_of_blocks(blocks)})"
        case Heading(level):
            return f"h{max(level, 2)}()"  # the page has one title
        case CodeBlock():
            return "pre()"
        case Table():
            return "table()"
    return ""


def shape_of_html(text: str) -> str:
    """The shape of the HTML that readers get of ``text``."""
    return _shape_of_element(to_tree(to_html(text)))


def _shape_of_element(element: Element) -> str:
    shapes = []
    for child in element:
        if child.tag in ("table", "pre"):
            shapes.append(f"{child.tag}()")
        elif child.tag in BLOCKS:
            shapes.append(f"{child.tag}({_shape_of_element(child)})")
        elif isinstance(child.tag, str):
            shapes.append(_shape_of_element(child))
    return " ".join(filter(None, shapes))
