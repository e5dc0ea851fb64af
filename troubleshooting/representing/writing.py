"""Rendered HTML -> the same words as Markdown or as plain text. Pure.

What readers see is the source: links are resolved in it, images supplied, alerts named. So a copy
elsewhere says what the page says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.html import HtmlElement as Element

from ..texts.rendering import HEADINGS, to_tree

_BLOCKS = frozenset(
    {"p", "div", "section", "ul", "ol", "blockquote", "pre", "table", "hr", "details", "summary"}
    | {"dl", "dt", "dd", "figure"}
    | HEADINGS
)
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~"}
#: What an address may not hold between the angle brackets of a link.
_IN_BRACKETS = str.maketrans({"<": "%3C", ">": "%3E", "\n": "%0A", "\\": "%5C"})
_WHITE = re.compile(r"[^\S\u00a0\u202f]+")
#: What Markdown would read as a mark; an underscore inside a word is none.
_SPECIAL = re.compile(r"[\\`*\[\]<~]|(?<!\w)_|_(?!\w)|&(?=[#\w]+;)")
_LINE_START = re.compile(r"^(>|#{1,6}(?=\s|$)|[-+=](?=\s|$|[-=])|\d{1,9}(?=[.)](?:\s|$)))")
_LEAST_FENCE = 3


@dataclass(frozen=True, slots=True)
class Form:
    """How words are written. ``site`` is put before the addresses of the portal's own pages."""

    is_markdown: bool
    site: str = ""

    def words(self, text: str) -> str:
        """Return the words of a text between tags."""
        plain = _WHITE.sub(" ", text)
        return _SPECIAL.sub(r"\\\g<0>", plain) if self.is_markdown else plain

    def marked(self, tag: str, words: str, is_apart: bool) -> str:
        """Return words with the marks of ``tag``; blanks stay outside, where marks are not read.

        Where marks would be ambiguous (``is_apart`` is False) the tag itself is written.
        """
        inner = words.strip()
        if not self.is_markdown or not inner:
            return words
        mark, end = _MARKS[tag], _MARKS[tag]
        if not is_apart:
            mark, end = f"<{tag}>", f"</{tag}>"
        before = " " if words[:1].isspace() else ""
        return f"{before}{mark}{inner}{end}{' ' if words[-1:].isspace() else ''}"

    def code(self, text: str) -> str:
        """Return a piece of code inside a line."""
        if not self.is_markdown or not text.strip():
            return text
        fence = "`" * (_longest_run(text) + 1)
        pad = " " if text.startswith("`") or text.endswith("`") else ""
        return f"{fence}{pad}{text}{pad}{fence}"

    def link(self, words: str, href: str) -> str:
        """Return a link; plain text names the address of another site behind the words."""
        address = urljoin(f"{self.site}/", href) if self.site and href.startswith("/") else href
        if self.is_markdown:
            needs_brackets = re.search(r"[\s()<>\\]", address)
            target = f"<{address.translate(_IN_BRACKETS)}>" if needs_brackets else address
            return f"[{words}]({target})"
        is_named = address in words or not re.match(r"https?://|mailto:", address)
        return words if is_named else f"{words} <{address}>"

    def image(self, words: str, address: str) -> str:
        """Return an image by its description."""
        full = (
            urljoin(f"{self.site}/", address) if self.site and address.startswith("/") else address
        )
        return f"![{words}]({full})" if self.is_markdown else f"[{words}]"


def _longest_run(text: str) -> int:
    return max((len(run) for run in re.findall("`+", text)), default=0)


def write_text(html: str, form: Form) -> str:
    """Return sanitised ``html`` in ``form``, without a line feed at its end."""
    lines = _joined(_blocks(to_tree(html), form))
    return "\n".join(lines).strip("\n")


def _joined(blocks: Iterable[list[str]]) -> list[str]:
    """Return the lines of blocks with an empty one between any two."""
    lines: list[str] = []
    for block in blocks:
        if block and any(line.strip() for line in block):
            lines += ["", *block] if lines else block
    return lines


def _blocks(element: Element, form: Form) -> Iterator[list[str]]:
    """Yield the lines of each block in ``element``; words beside blocks are paragraphs."""
    run: list[str] = [form.words(element.text or "")]
    for child in element:
        if child.tag in _BLOCKS:
            yield _paragraph(run, form)
            yield from _block(child, form)
            run = []
        else:
            run.append(_inline(child, form))
        run.append(form.words(child.tail or ""))
    yield _paragraph(run, form)


def _paragraph(run: list[str], form: Form) -> list[str]:
    lines = [" ".join(line.split(" ")).strip(" ") for line in "".join(run).split("\n")]
    lines = [re.sub(" {2,}", " ", line) for line in lines if line]
    if not form.is_markdown:
        return lines
    lines = [_LINE_START.sub(_escaped_start, line) for line in lines]
    return [f"{line}  " for line in lines[:-1]] + lines[-1:]


def _escaped_start(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}"


def _block(element: Element, form: Form) -> Iterator[list[str]]:
    """Yield the lines of one block element."""
    tag = str(element.tag)
    if tag in HEADINGS:
        words = "".join(_inlines(element, form)).strip()
        yield [f"{'#' * int(tag[1])} {words}" if form.is_markdown else words]
    elif tag in ("ul", "ol"):
        yield list(_list(element, form))
    elif tag == "blockquote" or "alert" in element.get("class", "").split():
        inner = _joined(_blocks(element, form))
        yield [f"> {line}".rstrip() for line in inner]
    elif tag == "pre":
        yield list(_code_block(element, form))
    elif tag == "table":
        yield list(_table(element, form))
    elif tag == "hr":
        yield ["---"]
    else:
        yield from _blocks(element, form)


def _list(element: Element, form: Form) -> Iterator[str]:
    start = element.get("start", "1")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 9 else 1
    is_loose = any(child.tag == "p" for item in element for child in item)
    for item in element.iterchildren("li"):
        marker = f"{number}." if element.tag == "ol" else "-"
        indent = " " * max(4, len(marker) + 1)
        lines = _joined(_blocks(item, form)) or [""]
        yield f"{marker:<{len(indent)}}{lines[0]}".rstrip()
        yield from (f"{indent}{line}".rstrip() for line in lines[1:])
        if is_loose and item.getnext() is not None:
            yield ""
        number += 1


def _code_block(element: Element, form: Form) -> Iterator[str]:
    text = "".join(element.itertext()).rstrip("\n")
    if not form.is_markdown:
        yield from (f"    {line}".rstrip() for line in text.split("\n"))
        return
    fence = "`" * max(_LEAST_FENCE, _longest_run(text) + 1)
    yield fence
    yield from text.split("\n")
    yield fence


def _table(element: Element, form: Form) -> Iterator[str]:
    rows = [
        [
            " ".join("".join(_inlines(cell, form)).split())
            for cell in row
            if cell.tag in ("td", "th")
        ]
        for row in element.iter("tr")
    ]
    if not form.is_markdown:
        yield from (" | ".join(row) for row in rows)
        return
    width = max((len(row) for row in rows), default=0)
    for place, row in enumerate(rows):
        cells = [cell.replace("|", "\\|") for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(cells)} |"
        if place == 0:
            yield f"|{' --- |' * width}"


def _inlines(element: Element, form: Form) -> Iterator[str]:
    yield form.words(element.text or "")
    for child in element:
        yield _inline(child, form)
        yield form.words(child.tail or "")


def _inline(element: Element, form: Form) -> str:
    """Return an inline element; what only repeats the words of another is left out."""
    tag = element.tag
    if not isinstance(tag, str) or element.get("aria-hidden") == "true":
        return ""
    if tag == "br":
        return "\n"
    if tag == "code":
        return form.code(" ".join("".join(element.itertext()).split("\n")))
    if tag == "img":
        return form.image(form.words(element.get("alt", "")), element.get("src", ""))
    words = "".join(_inlines(element, form))
    if tag == "a" and element.get("class") != "figure-link":
        return form.link(words, element.get("href", ""))
    if tag in ("p", "li", "div"):
        return f"{words} "
    return form.marked(tag, words, _is_apart(element, words)) if tag in _MARKS else words


def _is_apart(element: Element, words: str) -> bool:
    """Return whether marks around ``words`` are read as such (CommonMark 0.31, section 6.2).

    They touch no other marks and stand in none; around signs there are blanks or nothing.
    """
    before, after, around = element.getprevious(), element.getnext(), element.getparent()
    left = (before.tail if before is not None else around.text if around is not None else "") or ""
    right = element.tail or ""
    touches_before = before is not None and before.tag in _MARKS and not left
    touches_after = after is not None and after.tag in _MARKS and not right
    is_inside = around is not None and around.tag in _MARKS
    if touches_before or touches_after or is_inside:
        return False
    inner = words.strip()
    is_plain = inner[:1].isalnum() and inner[-1:].isalnum()
    is_free = (not left or left[-1].isspace()) and (not right or right[0].isspace())
    return is_plain or (
        is_free and (bool(left) or before is None) and (bool(right) or after is None)
    )
