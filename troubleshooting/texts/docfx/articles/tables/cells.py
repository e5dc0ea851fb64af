"""The content of a table cell, where HTML stands for line breaks and lists, as blocks."""

from __future__ import annotations

import re

from ....markup import Block, Item, ListBlock, Paragraph
from ....markup.blocks import Lines

_TAG = re.compile(r"<(/?)(ol|ul|li|p|br)\b[^<>]*>", re.IGNORECASE)
_BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.IGNORECASE)


_DEFINITIONS = re.compile(r"\s*</?(?:dl|dt|dd)\b[^<>]*>\s*", re.IGNORECASE)
_NAMES = re.compile(r"<(span|a)\s+(?:id|name)=[^<>]*>\s*</\1>", re.IGNORECASE)
_EDGES = re.compile(r"^(?:\s*<br\s*/?>)+|(?:<br\s*/?>\s*)+$", re.IGNORECASE)

Cell = tuple[str, str, str]
"""The kind of a column, its header, and the cell."""


def simple_cell(text: str) -> str:
    """Return a cell with line breaks for a list of definitions, without names of places."""
    text = _NAMES.sub("", text)
    if _DEFINITIONS.search(text):
        text = re.sub(r"(?:<br>)+", "<br>", _DEFINITIONS.sub("<br>", text))
    return _EDGES.sub("", text.strip()).strip()


def cell_blocks(text: str, lines: Lines) -> list[Block]:
    """Return the blocks of the cell ``text``, all on ``lines``.

    Two breaks part paragraphs, one is a line break; ``<ol>`` and ``<ul>`` are lists, nested ones
    too; tags that are not closed are closed at the end.
    """
    builder = _Builder(lines)
    end = 0
    for tag in _TAG.finditer(text):
        builder.text(text[end : tag.start()])
        builder.tag(tag[2].lower(), bool(tag[1]))
        end = tag.end()
    builder.text(text[end:])
    return builder.finish()


_COUNTED = re.compile(r"(?:\()?([0-9]{1,2})[.)]\s+(?=\S)")
_BULLET = re.compile(r"[-*•–]\s+(?=\S)")


def _listed(lines: list[str], where: Lines) -> list[Block]:
    """Return lines as a list, where they are counted or have bullets, and what stands before it."""
    words = [line for line in lines if line]
    for start, marker in ((i, m) for i in (0, 1) for m in (_COUNTED, _BULLET)):
        marks = [marker.match(line) for line in words[start:]]
        if len(marks) < 2 or not all(marks):
            continue
        counts = [mark[1] for mark in marks if mark and marker is _COUNTED]
        if counts != [str(i + 1) for i in range(len(counts))]:
            continue
        items = [
            Item([Paragraph(line[mark.end() :], where)], where)
            for line, mark in zip(words[start:], marks, strict=True)
            if mark
        ]
        before: list[Block] = [Paragraph(words[0], where)] if start else []
        return [*before, ListBlock(marker is _COUNTED, items, lines=where)]
    return []


def in_list(blocks: list[Block]) -> list[Block]:
    """Return paragraphs that are counted from one as a list; one goes on a list before it."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        mark = _counted(block)
        first = _counted(before)
        if mark and isinstance(before, ListBlock) and int(mark[1]) == len(before.items) + 1:
            before.items.append(_item(block, mark))
        elif mark and before and first and (first[1], mark[1]) == ("1", "2"):
            out[-1] = ListBlock(
                True, [_item(before, first), _item(block, mark)], lines=before.lines
            )
        else:
            out.append(block)
    return out


def _counted(block: Block | None) -> re.Match[str] | None:
    return _COUNTED.match(block.text) if isinstance(block, Paragraph) else None


def _item(block: Block, mark: re.Match[str]) -> Item:
    return Item([Paragraph(mark.string[mark.end() :], block.lines)], block.lines)


class _Builder:
    """``stack`` holds the lists of blocks that are open, ``words`` the text not yet placed."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.root: list[Block] = []
        self.stack: list[tuple[str, list[Block] | ListBlock]] = [("root", self.root)]
        self.words = ""

    def text(self, text: str) -> None:
        self.words += text

    def tag(self, name: str, closing: bool) -> None:
        if name == "br":
            self.words += "<br>"
            return
        self.flush()
        if closing:
            self.close(name)
        elif name in ("ol", "ul"):
            block = ListBlock(name == "ol", [], lines=self.lines)
            self.place(block)
            self.stack.append((name, block))
        elif name == "li":
            self.open_item()

    def open_item(self) -> None:
        if self.stack[-1][0] == "li":
            self.stack.pop()
        parent = self.stack[-1][1]
        if isinstance(parent, ListBlock):
            item = Item([], self.lines)
            parent.items.append(item)
            self.stack.append(("li", item.blocks))

    def close(self, name: str) -> None:
        if name in (opened for opened, _content in self.stack):
            while self.stack.pop()[0] != name:
                pass

    def place(self, block: Block) -> None:
        parent = self.stack[-1][1]
        if isinstance(parent, ListBlock):
            parent.items.append(Item([block], self.lines))
        else:
            parent.append(block)

    def flush(self) -> None:
        whole = [line.strip() for line in _BREAK.split(self.words)]
        if listed := _listed(whole, self.lines):
            for block in listed:
                self.place(block)
            self.words = ""
            return
        for part in _BREAKS.split(self.words):
            lines = [line.strip() for line in _BREAK.split(part)]
            paragraph = "  \n".join(line for line in lines if line)
            if paragraph:
                self.place(Paragraph(paragraph, self.lines))
        self.words = ""

    def finish(self) -> list[Block]:
        self.flush()
        return self.root
