"""CommonMark text -> blocks (markdown-it-py keeps the source lines)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from .blocks import (
    ALERT_KINDS,
    Alert,
    Block,
    Code,
    Heading,
    Html,
    Item,
    Lines,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Rule,
    Table,
)
from .limits import DEEPEST, check_depth, check_expanded, check_inline

# Inline Markdown stays as it was written, so it is not parsed here. One level more than is allowed
# is read, for the parser drops what is nested deeper without a word.
_parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST + 1}).enable("table")
_parser.disable(["inline", "text_join"])
_ALERT = re.compile(rf"\s*\[!({'|'.join(ALERT_KINDS)})\][^\S\n]*(?:\n|$)", re.IGNORECASE)
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.)+)\](?:\[((?:[^\[\]\\]|\\.)*)\])?(?![\[(:])")
_FENCE_INFO = re.compile(r"[\w+#.-]+")


def read_blocks(text: str, origin: Sequence[int] | None = None) -> list[Block]:
    """Return the blocks of ``text``.

    ``origin[i]`` is the line, counted from 0, that line ``i`` of ``text`` stands for in the
    file it came from; without it the lines of ``text`` itself are meant. Reference links are
    replaced by inline ones, since the definitions are not blocks. Raise ``IntricateTextError``
    where the text is beyond the limits of ``limits``.
    """
    env: dict[str, Any] = {}
    tokens = _parser.parse(text, env)
    check_depth(max((token.level for token in tokens), default=0))
    reader = _Reader(origin or range(text.count("\n") + 1), env.get("references", {}))
    return reader.blocks(SyntaxTreeNode(tokens).children)


class _Reader:
    def __init__(self, origin: Sequence[int], references: Mapping[str, Mapping[str, str]]) -> None:
        self.origin = origin
        self.references = references
        self.expanded = 0

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[Block]:
        return [block for node in nodes for block in self.block(node)]

    def block(self, node: SyntaxTreeNode) -> list[Block]:
        reader: Callable[[SyntaxTreeNode, Lines], list[Block]] | None
        reader = getattr(self, f"_{node.type}", None)
        return reader(node, self.lines(node)) if reader else []

    def lines(self, node: SyntaxTreeNode) -> Lines:
        start, end = node.map or (0, 0)
        if start >= len(self.origin):
            return (0, 0)
        last = self.origin[min(max(end - 1, start), len(self.origin) - 1)]
        return self.origin[start], last + 1

    def inline(self, node: SyntaxTreeNode) -> str:
        content = "".join(child.content for child in node.children if child.type == "inline")
        check_inline(content)
        text = "\n".join(line.lstrip() for line in content.split("\n"))
        if self.references:
            text = self._resolve(text)
            check_inline(text)
        return text

    def _resolve(self, text: str) -> str:
        def link(match: re.Match[str]) -> str:
            label = re.sub(r"\s+", " ", (match[2] or match[1]).strip()).upper()
            target = self.references.get(label)
            if target is None:
                return match[0]
            title = f' "{target["title"]}"' if target.get("title") else ""
            self.expanded += len(target["href"]) + len(title)
            check_expanded(self.expanded)
            return f"[{match[1]}]({target['href']}{title})"

        return _REFERENCE.sub(link, text)

    def _paragraph(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [Paragraph(self.inline(node), lines)]

    def _heading(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [Heading(int(node.tag[1]), self.inline(node), lines)]

    def _fence(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        info = _FENCE_INFO.match(node.info.strip())
        return [Code(node.content.rstrip("\n"), info[0] if info else "", lines)]

    def _code_block(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [Code(node.content.strip("\n"), "", lines)]

    def _html_block(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [Html(node.content.rstrip("\n"), lines)]

    def _hr(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [Rule(lines)]

    def _bullet_list(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [ListBlock(False, self.items(node), 1, lines)]

    def _ordered_list(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [ListBlock(True, self.items(node), int(node.attrs.get("start", 1)), lines)]

    def items(self, node: SyntaxTreeNode) -> list[Item]:
        return [Item(self.blocks(item.children), self.lines(item)) for item in node.children]

    def _blockquote(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        blocks = self.blocks(node.children)
        first = blocks[0] if blocks else None
        if not isinstance(first, Paragraph) or not (match := _ALERT.match(first.text)):
            return [Quote(blocks, lines)]
        first.text = first.text[match.end() :]
        return [Alert(match[1].lower(), blocks if first.text else blocks[1:], lines)]

    def _table(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        head, *bodies = node.children
        rows = [self.row(row) for body in bodies for row in body.children]
        alignments = [str(cell.attrs.get("style", ""))[11:] for cell in head.children[0].children]
        return [Table(self.row(head.children[0]), rows, alignments, lines)]

    def row(self, node: SyntaxTreeNode) -> Row:
        return Row([self.inline(cell) for cell in node.children], self.lines(node))
