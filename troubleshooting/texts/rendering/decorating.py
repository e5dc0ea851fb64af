"""Decorates sanitised HTML: alerts, images or placeholders, links, tables that scroll. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import lxml.html
from lxml.etree import strip_tags
from lxml.html import HtmlElement as Element

from ..markup.blocks import ALERT_KINDS
from .html import sanitise, to_html
from .links import Link, is_address, set_address
from .trees import MISSING_CAPTION, MISSING_IMAGE, bound_depth, parent_of, plain_text, to_tree

_ALERT = re.compile(rf"\s*\[!({'|'.join(ALERT_KINDS)})\]\s*", re.IGNORECASE)
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
#: What stands for a link whose words alone stay: all are dropped at once, in linear time.
_DROPPED = "dropped"
_ANCHOR = re.compile(r"[\w-]{1,200}")


@dataclass(frozen=True, slots=True)
class RenderingContext:
    """What rendering needs to know of its surroundings.

    ``link`` maps a target as written to where it leads (None: the text stays, the link goes);
    ``image`` maps a source to an address of this portal (None: it is not supplied);
    ``words`` are the words that the renderer adds, in the language of the text: the names of
    the alerts by kind, ``missing_image`` and ``table``.
    """

    link: Callable[[str], Link | None]
    image: Callable[[str], str | None] = lambda source: None
    words: dict[str, str] = field(default_factory=dict)

    def word(self, name: str) -> str:
        return self.words.get(name, name)


def render(text: str, context: RenderingContext) -> Element:
    """Return the ``div`` that holds the rendered, sanitised and decorated ``text``.

    Raise ``IntricateTextError`` where elements are nested too deep.
    """
    tree = render_for_reading(text, context)
    drop_dead_links(tree)
    return tree


def drop_dead_links(tree: Element) -> None:
    """Leave the words alone of the links of ``render_for_reading`` that lead nowhere."""
    strip_tags(tree, _DROPPED)


def render_for_reading(text: str, context: RenderingContext) -> Element:
    """Do as ``render``, but keep an element for each link that leads nowhere.

    So that what is read off a text stays when links begin to lead somewhere, or end to.
    """
    if not text:  # most articles lack a section or two
        return to_tree("")
    tree = to_tree(sanitise(to_html(text)))
    bound_depth(tree)
    for decorate in (_alerts, _images, _anchors, _links, _tables, _terms):
        decorate(tree, context)
    return tree


def _alerts(tree: Element, context: RenderingContext) -> None:
    for quote in list(tree.iter("blockquote")):
        groups = _alert_groups(quote)
        if not groups:
            continue
        parent = parent_of(quote)
        for kind, blocks in groups:
            box = _alert(kind, context) if kind else parent.makeelement("blockquote")
            box.extend(blocks)
            quote.addprevious(box)
        tail, last = quote.tail, quote.getprevious()
        parent.remove(quote)
        if last is not None:
            last.tail = tail


def _alert_groups(quote: Element) -> list[tuple[str, list[Element]]]:
    """Return the blocks of a quote by alert; [] where it holds none.

    Kind "" is a plain quotation.
    """
    groups: list[tuple[str, list[Element]]] = []
    for block in quote:
        words = block.text or ""
        match = _ALERT.match(words) if block.tag == "p" else None
        if match:
            block.text = words[match.end() :]
            groups.append((match[1].lower(), []))
        elif not groups:
            groups.append(("", []))
        if not match or len(block) or plain_text(block):  # an image may have no words
            groups[-1][1].append(block)
    return groups if any(kind for kind, _ in groups) else []


def _alert(kind: str, context: RenderingContext) -> Element:
    box = lxml.html.Element("div", {"class": f"alert alert-{kind}", "role": "note"})
    title = lxml.html.Element("p", {"class": "alert-title"})
    title.text = context.word(kind)
    box.append(title)
    return box


def _images(tree: Element, context: RenderingContext) -> None:
    for image in list(tree.iter("img")):
        address = context.image(image.get("src", ""))
        alt = image.get("alt", "").strip()
        figure = _figure(address, alt) if address else None
        if figure is None:
            figure = _missing_image(alt, context.word("missing_image"))
        _replace(image, figure)


def _figure(address: str, alt: str) -> Element | None:
    """Return a supplied image, which leads to itself in full size, with its words below.

    None where nothing may be shown from that address.
    """
    link = lxml.html.Element("a", {"class": "figure-link"})
    picture = lxml.html.Element("img", {"alt": alt})
    if not (set_address(link, "href", address) and set_address(picture, "src", address)):
        return None
    picture.set("loading", "lazy")
    link.append(picture)
    figure = lxml.html.Element("span", {"class": "figure"})
    figure.append(link)
    if alt:
        # The image says the same words to those who hear the page.
        caption = lxml.html.Element("span", {"class": "figure-caption", "aria-hidden": "true"})
        caption.text = alt
        figure.append(caption)
    return figure


def _missing_image(alt: str, word: str) -> Element:
    # Spans, since an image stands inside a paragraph or a list item.
    figure = lxml.html.Element("span", {"class": MISSING_IMAGE})
    label = lxml.html.Element("span", {"class": "figure-missing-word"})
    label.text = word
    figure.append(label)
    if alt:
        caption = lxml.html.Element("span", {"class": MISSING_CAPTION})
        caption.text = alt
        label.tail = " "
        figure.append(caption)
    return figure


def _replace(old: Element, new: Element) -> None:
    new.tail = old.tail
    parent_of(old).replace(old, new)


def _anchors(tree: Element, context: RenderingContext) -> None:
    """Give a heading the address of the ``<a name>`` in it, as docfx has it."""
    for anchor in list(tree.iter("a")):
        name = anchor.attrib.pop("name", "")
        heading = parent_of(anchor)
        if name and heading.tag in HEADINGS and _ANCHOR.fullmatch(name):
            heading.set("id", name)
        if not anchor.get("href"):
            anchor.tag = _DROPPED
    strip_tags(tree, _DROPPED)


def _links(tree: Element, context: RenderingContext) -> None:
    for anchor in list(tree.iter("a")):
        if anchor.get("class") == "figure-link":
            continue
        href = anchor.get("href", "")
        link = context.link(href) if is_address(href) else None
        if link is None or not set_address(anchor, "href", link.href):
            anchor.tag = _DROPPED
            continue
        if link.external:
            anchor.set("rel", "external noopener noreferrer")
            anchor.set("class", "external")


def _tables(tree: Element, context: RenderingContext) -> None:
    # A group, no landmark: several of one name would be indistinguishable among the landmarks.
    for table in list(tree.iter("table")):
        box = lxml.html.Element(
            "div",
            {"class": "table-scroll", "role": "group", "tabindex": "0"},
        )
        box.set("aria-label", context.word("table"))
        _replace(table, box)
        table.tail = None
        box.append(table)


def _terms(tree: Element, context: RenderingContext) -> None:
    """Make a plain list of terms that nothing explains: it is no list of definitions."""
    for terms in [each for each in tree.iter("dl") if each.find(".//dd") is None]:
        terms.tag = "ul"
        for term in terms.findall("dt"):
            term.tag = "li"
