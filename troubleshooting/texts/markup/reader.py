"""CommonMark text -> blocks (markdown-it-py keeps the source lines)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.rules_block.table import escapedSplit
from markdown_it.tree import SyntaxTreeNode

from .blocks import (
    ALERT_KINDS,
    NOWHERE,
    Alert,
    Block,
    CodeBlock,
    Heading,
    HtmlBlock,
    Item,
    Lines,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    TableRow,
)
from .inlines import References, self_contained
from .limits import DEEPEST, check_inline, check_tokens
from .parser import new_parser

# Inline Markdown stays as it was written, so it is not parsed here. One level more than is allowed
# is read, for the parser drops what is nested deeper without a word.
_parser = new_parser(maxNesting=DEEPEST + 1, inline_definitions=True)
_parser.disable(["inline", "text_join"])
_ALERT = re.compile(rf"\s*\[!({'|'.join(ALERT_KINDS)})\][^\S\n]*(?:\n|$)", re.IGNORECASE)
# What a row of a table stands in: quotations, and items by their indent.
_BEFORE_ROW = re.compile(r"\A[ \t>]*")
# A definition that says nothing: how authors write a comment without HTML.
_COMMENT = re.compile(r"#?")


def read_blocks(text: str, origin: Sequence[int] | None = None) -> list[Block]:
    """Return the blocks of ``text``.

    ``origin[i]`` is the line, counted from 0, that line ``i`` of ``text`` stands for in the
    file it came from; without it the lines of ``text`` itself are meant. Reference links are
    replaced by inline ones, since the definitions are not blocks. Raise ``IntricateTextError``
    where the text is beyond the limits of ``limits``.
    """
    env: dict[str, Any] = {}
    tokens = _parser.parse(text, env)
    check_tokens(tokens)
    reader = _Reader(
        text.split("\n"),
        origin or range(text.count("\n") + 1),
        References(env.get("references", {})),
    )
    blocks = reader.blocks(SyntaxTreeNode(tokens).children)
    reader.settle_definitions()
    return blocks


class _Reader:
    def __init__(
        self, source: Sequence[str], origin: Sequence[int], references: References
    ) -> None:
        self.source = source
        self.origin = origin
        self.references = references
        self.definitions: list[tuple[str, Paragraph]] = []

    def blocks(self, nodes: Sequence[SyntaxTreeNode]) -> list[Block]:
        return [block for node in nodes for block in self.block(node)]

    def block(self, node: SyntaxTreeNode) -> list[Block]:
        reader: Callable[[SyntaxTreeNode, Lines], list[Block]] | None
        reader = getattr(self, f"_{node.type}", None)
        return reader(node, self.lines(node)) if reader else []

    def lines(self, node: SyntaxTreeNode) -> Lines:
        start, end = _range(node)
        if start >= len(self.origin):
            return NOWHERE
        last = self.origin[min(max(end - 1, start), len(self.origin) - 1)]
        return self.origin[start], last + 1

    def inline(self, node: SyntaxTreeNode) -> str:
        content = "".join(child.content for child in node.children if child.type == "inline")
        check_inline(content)
        text = "\n".join(line.lstrip(" \t") for line in content.split("\n"))
        text = self_contained(text, self.references)
        check_inline(text)
        return text

    def _definition(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        """Read a definition that nothing refers to as a text (``[ERROR]: 0x80180014``)."""
        if _COMMENT.fullmatch(str(node.meta["url"])):
            return []
        start, end = _range(node)
        words = "\n".join(line.strip(" \t") for line in self.source[start:end])
        paragraph = Paragraph(words[words.index("[") :], lines)
        self.definitions.append((str(node.meta["id"]), paragraph))
        return [paragraph]

    def settle_definitions(self) -> None:
        """Empty the definitions that were used: their targets stand where they are needed."""
        seen: set[str] = set()
        for label, paragraph in self.definitions:
            if label in self.references.used and label not in seen:
                paragraph.text = ""
            else:
                paragraph.text = f"\\{paragraph.text}"
            seen.add(label)

    def _paragraph(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [Paragraph(self.inline(node), lines)]

    def _heading(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [Heading(int(node.tag[1]), self.inline(node), lines)]

    def _fence(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        info = node.info.split(maxsplit=1)
        return [CodeBlock(node.content.removesuffix("\n"), info[0] if info else "", lines)]

    def _code_block(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [CodeBlock(node.content.removesuffix("\n"), "", lines)]

    def _html_block(self, node: SyntaxTreeNode, lines: Lines) -> list[Block]:
        return [HtmlBlock(node.content.rstrip("\n"), lines)]

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
        header = self.row(head.children[0])
        rows = [self.row(row) for body in bodies for row in body.children]
        alignments = [str(cell.attrs.get("style", ""))[11:] for cell in head.children[0].children]
        # Cells beyond the last column are dropped by GFM; here the table becomes wider.
        width = max(len(row.cells) for row in [header, *rows])
        header.cells += [""] * (width - len(header.cells))
        alignments += [""] * (width - len(alignments))
        return [Table(header, rows, alignments, lines)]

    def row(self, node: SyntaxTreeNode) -> TableRow:
        cells = [self.inline(cell) for cell in node.children]
        return TableRow(cells + self._more_cells(node, len(cells)), self.lines(node))

    def _more_cells(self, node: SyntaxTreeNode, count: int) -> list[str]:
        if node.parent is None or node.parent.type != "tbody":
            return []
        line = _BEFORE_ROW.sub("", self.source[_range(node)[0]]).strip(" \t")
        written = escapedSplit(line.removeprefix("|").removesuffix("|"))[count:]
        more = [self_contained(cell.strip(" \t"), self.references) for cell in written]
        return more if any(more) else []


def _range(node: SyntaxTreeNode) -> tuple[int, int]:
    """Return the lines of a node from the first to the one after the last; a block has some."""
    return node.map or (0, 0)
