"""Brings a tree into the few forms that are written as Markdown."""

from __future__ import annotations

import re

from ...languages import available_languages, labels_for
from ...languages.matching import heading_label
from .reading import BLOCKS, Element, classes, text_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SPACE = re.compile(r"[^\S\u00a0\u202f]+")
_INLINE_MARKS = ("b", "strong", "i", "em", "u", "s", "del", "strike", "ins", "mark")
_LISTS = ("ul", "ol")
#: So many names of parts in a column say that the table is a form.
_FEWEST_LABELS = 2
_LANGUAGE = re.compile(r"(?:language-|lang-|brush:\s*|highlight-source-|sourceCode\s+)([\w+#-]+)")
#: What programs write where nobody chose a language.
_NO_LANGUAGE = {"none", "text", "plain", "plaintext", "nohighlight", "auto"}


def shape(root: Element, *, has_title: bool) -> None:
    """Bring the tree below ``root`` into shape; ``has_title``: its title stands elsewhere."""
    _code(root)
    _spaces(root)
    _tables(root)
    _inline_blocks(root)
    _neighbours(root)
    _lists(root)
    _tasks(root)
    _headings(root, has_title=has_title)


def _code(root: Element) -> None:
    for pre in list(root.iter("pre")):
        for line_break in list(pre.iter("br")):
            line_break.tail = "\n" + (line_break.tail or "")
        told = " ".join(
            f"{e.get('class') or ''} {e.get('data-syntaxhighlighter-params') or ''}"
            f" lang-{e.get('data-language') or e.get('lang') or ''}"
            for e in (pre, *pre.iter("code"), *pre.iterancestors("div"))
        )
        found = (match[1].lower() for match in _LANGUAGE.finditer(told))
        language = next((name for name in found if name not in _NO_LANGUAGE), "")
        text = (pre.text_content() or "").replace("\u00a0", " ").replace("\r\n", "\n")
        tail = pre.tail
        pre.clear()
        pre.text, pre.tail = text, tail
        if language:
            pre.set("data-language", language)


def _spaces(root: Element) -> None:
    """Outside of code a line break is a space."""
    for element in root.iter():
        inside = element.tag == "pre"
        if not inside and element.text:
            element.text = _SPACE.sub(" ", element.text)
        if element.tail:
            element.tail = _SPACE.sub(" ", element.tail)


def _tables(root: Element) -> None:
    """Make a table of one column the box that it is, and one of labels what they name."""
    for table in list(root.iter("table")):
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        cells = [[cell for cell in row if cell.tag in ("td", "th")] for row in rows]
        if any(True for _ in table.iterancestors("td", "th")) or not any(cells):
            continue
        if all(len(row) <= 1 for row in cells):
            for each in (table, *rows, *(cell for row in cells for cell in row)):
                each.tag = "div"
            for group in list(table.iterchildren("tbody", "thead", "tfoot")):
                group.tag = "div"
        elif all(len(row) == 2 for row in cells) and _are_labels([row[0] for row in cells]):
            _to_labels(table, cells)


def _are_labels(cells: list[Element]) -> bool:
    """Return whether a column holds the names of parts: Symptom, Cause, Solution."""
    texts = [text_of(cell).rstrip(" :\u00a0\u202f") for cell in cells]
    told = [any(heading_label(text, labels_for(code)) for code in available_languages())
            for text in texts if text]  # fmt: skip
    return sum(told) >= _FEWEST_LABELS and sum(told) * 2 > len(texts)


def _to_labels(table: Element, cells: list[list[Element]]) -> None:
    tail, place = table.tail, table.getparent()
    for name, content in cells:
        line = table.makeelement("p")
        bold = line.makeelement("strong")
        bold.text = text_of(name)
        line.append(bold)
        content.tag = "div"
        table.addprevious(line)
        table.addprevious(content)
    place.remove(table)
    if tail and tail.strip():
        content.tail = tail


def _inline_blocks(root: Element) -> None:
    """Bold around paragraphs, and bold in a heading, say nothing that Markdown could."""
    for element in list(root.iter(*_INLINE_MARKS)):
        around_blocks = any(child.tag in BLOCKS - {"br"} for child in element.iterdescendants())
        in_heading = any(True for _ in element.iterancestors(*HEADINGS))
        if (around_blocks or in_heading) and element.getparent() is not None:
            element.drop_tag()
    for element in list(root.iter("a")):
        if any(child.tag in BLOCKS - {"br"} for child in element.iterdescendants()):
            _link_inside(element)


def _link_inside(link: Element) -> None:
    """Move a link around blocks into the first of them that has words."""
    target = link.get("href") or ""
    heads = [e for e in link.iterdescendants(*HEADINGS, "p", "div", "span") if text_of(e)]
    head = next((e for e in heads if not any(c.tag in BLOCKS for c in e.iterdescendants())), None)
    link.drop_tag()
    if head is not None and target:
        inner = head.makeelement("a", {"href": target})
        inner.text, head.text = head.text, None
        inner.extend(list(head))
        head.append(inner)


def _neighbours(root: Element) -> None:
    """Join bold words that have nothing between them."""
    for element in list(root.iter("b", "strong", "i", "em")):
        before = element.getprevious()
        if before is None or before.tag != element.tag or before.tail:
            continue
        if element.getparent() is None or len(element) or len(before):
            continue
        before.text = (before.text or "") + (element.text or "")
        before.tail = element.tail
        element.getparent().remove(element)


def _lists(root: Element) -> None:
    """Move a list right inside a list into the item before it."""
    for inner in list(root.iter(*_LISTS)):
        parent, before = inner.getparent(), inner.getprevious()
        if parent is None or parent.tag not in _LISTS:
            continue
        if before is None:
            before = inner.makeelement("li")
            inner.addprevious(before)
        tail, inner.tail = inner.tail, None
        before.append(inner)
        if tail and tail.strip():
            before.tail = tail


def _tasks(root: Element) -> None:
    """Mark boxes to tick: those of forms, and those of Confluence."""
    for box in list(root.iter("input")):
        if box.get("type") == "checkbox" and box.getparent() is not None:
            _mark(box, checked="checked" in box.attrib, instead=True)
        elif box.getparent() is not None:
            box.drop_tree()
    for item in root.iter("li"):
        if item.get("data-inline-task-id"):
            _mark(item, checked="checked" in (item.get("class") or "").split(), instead=False)


def _mark(element: Element, *, checked: bool, instead: bool) -> None:
    raw = element.makeelement("x-raw", {"data-text": "[x] " if checked else "[ ] "})
    if instead:
        raw.tail = (element.tail or "").lstrip()
        element.getparent().replace(element, raw)
    else:
        raw.tail, element.text = (element.text or "").lstrip(), None
        element.insert(0, raw)


def _title(root: Element) -> None:
    """Make a first paragraph that is styled as the title one, as Word and Google Docs write it."""
    first = next((e for e in root.iter("p", *HEADINGS) if text_of(e)), None)
    if first is not None and first.tag == "p" and classes(first) & {"title", "msotitle"}:
        first.tag = "h1"
        first.set("class", "title")


def _headings(root: Element, *, has_title: bool) -> None:
    """Put all headings below the title; one in a list, a cell or a box is bold words."""
    _title(root)
    found: list[Element] = []
    for element in list(root.iter(*HEADINGS)):
        if not text_of(element) and not any(True for _ in element.iter("img")):
            element.drop_tag()
        elif any(True for _ in element.iterancestors("li", "td", "th", "blockquote", "summary")):
            element.tag = "p"
            bold = element.makeelement("strong")
            bold.text, element.text = element.text, None
            bold.extend(list(element))
            element.append(bold)
        else:
            found.append(element)
    if not found:
        return
    levels = [int(e.tag[1]) for e in found]
    rest = levels
    # Of several headings of the highest level none is the title, unless it says that it is.
    is_only = levels[0] == min(levels) and levels.count(levels[0]) == 1
    if not has_title and (is_only or "title" in classes(found[0])):
        rest = levels[1:]
        found[0].tag = "h1"
        found = found[1:]
    shift = 2 - min(rest, default=2)
    for element, level in zip(found, rest, strict=True):
        element.tag = f"h{max(2, min(6, level + shift))}"
