"""Canonical Markdown -> sanitised HTML tree. Pure.

Python-Markdown renders, nh3 sanitises by an allow-list, and what is left is decorated: alerts,
placeholders for images that are not supplied, tables in a box that scrolls, links resolved.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit

import lxml.html
import markdown
import nh3
from lxml.etree import iterwalk
from lxml.html import HtmlElement as Element
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from .markup.blocks import ALERT_KINDS
from .markup.limits import DEEPEST_HTML, check_depth
from .plain import NO_BREAK_SPACES

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
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
#: Characters of an address that a document gives for itself.
LONGEST_ADDRESS = 500
_ALERT = re.compile(rf"\s*\[!({'|'.join(ALERT_KINDS)})\]\s*", re.IGNORECASE)
#: Elements whose words do not join those before them.
_APART = frozenset({"br", "li", "p", "td", "th", "tr"})
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_ANCHOR = re.compile(r"[\w-]{1,200}")
# White space that is not one plain space already, nor one no-break space.
_WHITE_SPACE = re.compile(rf"\s\s+|[^\S {''.join(sorted(NO_BREAK_SPACES))}]")
# What inline Markdown begins with: without one of them a text is only words.
_INLINE = re.compile(r"[\\`\[<&*_]|  \n")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
# What an XML tree cannot hold (XML 1.0, section 2.2): no reader would see it either.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads: ``external`` ones leave the portal."""

    href: str
    external: bool


@dataclass(frozen=True, slots=True)
class Context:
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


def plain_link(href: str) -> Link | None:
    """Addresses on other hosts lead there, fragments stay; anything else is no link."""
    scheme = urlsplit(href).scheme.lower()
    if scheme in SCHEMES:
        return Link(href, external=True)
    return Link(href, external=False) if href.startswith("#") else None


def is_address(href: str) -> bool:
    """Return whether ``href`` can be read as an address at all (``//[`` cannot)."""
    try:
        urlsplit(href)
    except ValueError:
        return False
    return bool(href)


def web_address(given: str) -> str:
    """``given`` where it is a whole address of the web, else "": no script, no other scheme."""
    fits = len(given) <= LONGEST_ADDRESS and is_address(given)
    return given if fits and urlsplit(given).scheme in ("http", "https") else ""


def broken_scheme(href: str) -> bool:
    """Return whether ``href`` names a scheme that no link of the portal may have (``ttps://…``)."""
    match = _SCHEME.match(href)
    return match is not None and match[1].lower() not in SCHEMES


def render(text: str, context: Context) -> Element:
    """Return the ``div`` that holds the rendered, sanitised and decorated ``text``.

    Raise ``IntricateTextError`` where elements are nested too deep.
    """
    tree = to_tree(sanitise(to_html(text)))
    _check_depth(tree)
    for decorate in (_alerts, _images, _anchors, _links, _tables):
        decorate(tree, context)
    return tree


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


def to_tree(html: str) -> Element:
    """Return a ``div`` element with ``html`` inside."""
    return lxml.html.fragment_fromstring(_NO_CHARACTER.sub("", html), create_parent="div")


def _check_depth(tree: Element) -> None:
    level = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        check_depth(level, DEEPEST_HTML)


def parent_of(element: Element) -> Element:
    """Return the element around ``element``. Raise ``ValueError`` where it is the outermost."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("nothing is around this element")
    return parent


def inner_html(element: Element) -> str:
    """Return the HTML inside ``element``."""
    html = lxml.html.tostring(element, encoding="unicode", with_tail=False)
    return html[html.index(">") + 1 : html.rindex("<")].strip() if "</" in html else ""


def plain_text(element: Element) -> str:
    """Return the words inside ``element`` on one line, any white space one space.

    A no-break space by itself stays one: French writes it before ``:`` and inside ``« »``.
    """
    parts: list[str] = []
    _collect(element, parts)
    return _WHITE_SPACE.sub(_one_space, "".join(parts)).strip()


def _one_space(match: re.Match[str]) -> str:
    return match[0][0] if set(match[0]) <= NO_BREAK_SPACES else " "


def _collect(element: Element, parts: list[str]) -> None:
    if text := element.text:
        parts.append(text)
    for child in element:
        tag = child.tag
        if tag == "img":
            parts.append(f" {child.get('alt', '')} ")
        elif isinstance(tag, str):
            if tag in _APART:
                parts.append(" ")
            _collect(child, parts)
        if text := child.tail:
            parts.append(text)


def _alerts(tree: Element, context: Context) -> None:
    for quote in list(tree.iter("blockquote")):
        groups = _alert_groups(quote)
        if not groups:
            continue
        parent = parent_of(quote)
        index = parent.index(quote)
        for kind, blocks in groups:
            box = _alert(kind, context) if kind else parent.makeelement("blockquote")
            box.extend(blocks)
            parent.insert(index, box)
            index += 1
        box.tail = quote.tail
        parent.remove(quote)


def _alert_groups(quote: Element) -> list[tuple[str, list[Element]]]:
    """The blocks of a quote by alert; [] where it holds none. Kind "" is a plain quotation."""
    groups: list[tuple[str, list[Element]]] = []
    for block in quote:
        words = block.text or ""
        match = _ALERT.match(words) if block.tag == "p" else None
        if match:
            block.text = words[match.end() :]
            groups.append((match[1].lower(), []))
        elif not groups:
            groups.append(("", []))
        if not match or plain_text(block):
            groups[-1][1].append(block)
    return groups if any(kind for kind, _ in groups) else []


def _alert(kind: str, context: Context) -> Element:
    box = lxml.html.Element("div", {"class": f"alert alert-{kind}", "role": "note"})
    title = lxml.html.Element("p", {"class": "alert-title"})
    title.text = context.word(kind)
    box.append(title)
    return box


def _images(tree: Element, context: Context) -> None:
    for image in list(tree.iter("img")):
        address = context.image(image.get("src", ""))
        alt = image.get("alt", "").strip()
        if address:
            _replace(image, _figure(image, address, alt))
        else:
            _replace(image, _missing_image(alt, context.word("missing_image")))


def _figure(image: Element, address: str, alt: str) -> Element:
    """A supplied image, which leads to itself in full size, with its words below."""
    figure = lxml.html.Element("span", {"class": "figure"})
    link = lxml.html.Element("a", {"class": "figure-link", "href": address})
    link.append(lxml.html.Element("img", {"alt": alt, "src": address, "loading": "lazy"}))
    figure.append(link)
    if alt:
        # The image says the same words to those who hear the page.
        caption = lxml.html.Element("span", {"class": "figure-caption", "aria-hidden": "true"})
        caption.text = alt
        figure.append(caption)
    return figure


def _missing_image(alt: str, word: str) -> Element:
    # Spans, since an image stands inside a paragraph or a list item.
    figure = lxml.html.Element("span", {"class": "figure-missing"})
    label = lxml.html.Element("span", {"class": "figure-missing-word"})
    label.text = word
    figure.append(label)
    if alt:
        caption = lxml.html.Element("span", {"class": "figure-missing-caption"})
        caption.text = alt
        label.tail = " "
        figure.append(caption)
    return figure


def _replace(old: Element, new: Element) -> None:
    new.tail = old.tail
    parent_of(old).replace(old, new)


def _anchors(tree: Element, context: Context) -> None:
    """``<a name>`` in a heading is the heading's address, as docfx has it."""
    for anchor in list(tree.iter("a")):
        name = anchor.attrib.pop("name", "")
        heading = parent_of(anchor)
        if name and heading.tag in HEADINGS and _ANCHOR.fullmatch(name):
            heading.set("id", name)
        if not anchor.get("href"):
            anchor.drop_tag()


def _links(tree: Element, context: Context) -> None:
    for anchor in list(tree.iter("a")):
        if anchor.get("class") == "figure-link":
            continue
        href = anchor.get("href", "")
        link = context.link(href) if is_address(href) else None
        if link is None:
            anchor.drop_tag()
            continue
        anchor.set("href", link.href)
        if link.external:
            anchor.set("rel", "external noopener noreferrer")
            anchor.set("class", "external")


def _tables(tree: Element, context: Context) -> None:
    for table in list(tree.iter("table")):
        box = lxml.html.Element(
            "div",
            {"class": "table-scroll", "role": "region", "tabindex": "0"},
        )
        box.set("aria-label", context.word("table"))
        _replace(table, box)
        table.tail = None
        box.append(table)
