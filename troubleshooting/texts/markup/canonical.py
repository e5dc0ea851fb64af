"""Blocks -> the one form of Markdown in which texts are stored.

It is CommonMark, and means what the author's text meant: content of list items is indented by four
columns or more, blocks are parted by blank lines, code is fenced, neighbouring lists of one kind
are one list, neighbouring quotes are parted by an empty comment. Inside a line it is as written.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .blocks import (
    Alert,
    Block,
    CodeBlock,
    Heading,
    HtmlBlock,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
    Table,
    TableRow,
)
from .limits import check_inline
from .reader import read_blocks

INDENT = " " * 4
SEPARATOR = "<!-- -->"
_LAST_HASH = re.compile(r"(?<!\\)#$")
# What begins another block at the start of a line, even in the middle of a paragraph.
_BLOCK_START = re.compile(
    r"#{1,6}(?:[ \t]|$)|>|[-+*](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|`{3,}[^`\n]*$|~{3}|:::"
    r"|<[A-Za-z/!?]|=+[ \t]*$|([-*_])[ \t]*(?:\1[ \t]*){2,}$|-+[ \t]*$|[|:-][-|: \t]*$",
    re.MULTILINE,
)
_DEFINITION = re.compile(r"\[(?:[^\[\]\\]|\\.)+\]:", re.DOTALL)
_NUMBER = re.compile(r"\d+")
# Spaces that CommonMark takes off the ends of lines: no-break ones are content.
_SPACES = " \t\n"


# A preview and the save after it ask for the same text, a preview for all sections but one.
@lru_cache(maxsize=16)
def canonical(text: str) -> str:
    """Return ``text`` in canonical form. The form of a canonical text is that text.

    Raise ``IntricateTextError``, but not for a text that is in canonical form already.
    """
    return to_markdown(read_blocks(text.replace("\r\n", "\n")))


def to_markdown(blocks: list[Block]) -> str:
    """Return the canonical Markdown of ``blocks``, without a final line feed."""
    parts: list[str] = []
    previous: Block | None = None
    for block in _join_lists(blocks):
        text = _write(block)
        if not text:
            continue
        if isinstance(previous, Quote | Alert) and isinstance(block, Quote | Alert):
            parts.append(SEPARATOR)
        parts.append(text)
        previous = block
    return "\n\n".join(parts)


def _join_lists(blocks: list[Block]) -> list[Block]:
    """Join lists that follow each other and are of one kind: HTML shows no difference."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if _says_nothing(block):
            continue
        if not isinstance(block, ListBlock):
            joined.append(block)
        elif isinstance(last, ListBlock) and last.ordered == block.ordered:
            last.items += block.items
        else:
            joined.append(ListBlock(block.ordered, list(block.items), block.start, block.lines))
    return joined


def _says_nothing(block: Block) -> bool:
    match block:
        case Rule():
            return True
        case HtmlBlock(text):
            return not _html(text)
        case Paragraph(text) | Heading(_, text):
            return not text.strip(_SPACES)
        case ListBlock(_, items):
            return all(map(_says_nothing, (b for item in items for b in item.blocks)))
    return False


def _write(block: Block) -> str:
    match block:
        case Paragraph(text):
            return _paragraph(text)
        case Heading(level, text):
            return _heading(level, text)
        case CodeBlock(text, info):
            return _fenced(text, info)
        case HtmlBlock(text):
            return _html(text)
        case ListBlock():
            return _list(block)
        case Quote(blocks):
            return _quoted(to_markdown(blocks))
        case Alert(kind, blocks):
            first = blocks[0] if blocks else None
            is_words = isinstance(first, Paragraph) and not first.text.lstrip().startswith("<")
            gap = "\n" if is_words else "\n\n"
            return _quoted(f"[!{kind.upper()}]{gap}{to_markdown(blocks)}")
        case Table():
            return _table(block)
        case Rule():
            return ""
    raise TypeError(f"not a block: {block!r}")


def _heading(level: int, text: str) -> str:
    line = _one_line(text)
    # A hash at the end of the line would be taken for the end of the heading.
    words = _LAST_HASH.sub(r"\\#", line)
    return f"{'#' * level} {words}" if words else ""


def _one_line(text: str) -> str:
    lines = text.strip(_SPACES).replace("  \n", "<br>").split("\n")
    return " ".join(line.strip(_SPACES) for line in lines)


def _paragraph(text: str) -> str:
    # The parser takes no-break spaces, too, off the ends of a paragraph, though not of its lines.
    lines = [line for line in text.strip().split("\n") if line.strip(_SPACES)]
    written = lines[0].lstrip(_SPACES) if lines else ""
    for line in lines[1:]:
        written = _continued(written, line.lstrip(_SPACES))
    written = _escape_start(written)
    check_inline(written)
    return written


def _continued(before: str, line: str) -> str:
    """Return a paragraph with one more line; one that looks like a block joins the line before."""
    if not _BLOCK_START.match(line):
        return f"{before}\n{line}"
    is_break = before.endswith("  ")
    return f"{before.rstrip(' ')}<br>{line}" if is_break else f"{before.rstrip(' ')} {line}"


def _escape_start(line: str) -> str:
    if line.startswith("["):
        return f"\\{line}" if _DEFINITION.match(line) else line
    if not _BLOCK_START.match(line) or line[0] == "<":
        return line
    number = _NUMBER.match(line)
    return f"{number[0]}\\{line[number.end() :]}" if number else f"\\{line}"


def _fenced(text: str, info: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}|~{3,}", text)), default=2)
    mark = "~" if "`" in info else "`"
    fence = mark * (longest + 1)
    return f"{fence}{info}\n{text}\n{fence}" if text else f"{fence}{info}\n{fence}"


def _html(text: str) -> str:
    return text.strip(_SPACES) if _COMMENTS.sub("", text).strip() else ""


_COMMENTS = re.compile(r"<!--.*?-->", re.DOTALL)


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _list(block: ListBlock) -> str:
    items = [item for item in block.items if to_markdown(item.blocks)]
    loose = any(not _is_tight(item) for item in items)
    markers = [
        f"{number}." if block.ordered else "-"
        for number in range(block.start, block.start + len(items))
    ]
    written = [_item(item, marker, loose) for item, marker in zip(items, markers, strict=True)]
    return ("\n\n" if loose else "\n").join(written)


def _is_tight(item: Item) -> bool:
    first, *rest = item.blocks
    if not isinstance(first, Paragraph) or len(rest) > 1:
        return False
    return all(isinstance(b, ListBlock) and _follows_closely(b) for b in rest)


def _follows_closely(block: ListBlock) -> bool:
    """Return whether a list may stand in the line after a paragraph.

    One that begins with 3 may not.
    """
    interrupts = not block.ordered or block.start == 1
    return interrupts and all(map(_is_tight, block.items))


def _item(item: Item, marker: str, loose: bool) -> str:
    indent = " " * max(len(INDENT), len(marker) + 1)
    blocks = _join_lists([_inside_item(block) for block in item.blocks])
    text = to_markdown(blocks) if loose else "\n".join(filter(None, map(_write, blocks)))
    first, *rest = text.split("\n")
    return "\n".join(
        [marker.ljust(len(indent)) + first, *(indent + line if line else "" for line in rest)]
    )


def _inside_item(block: Block) -> Block:
    """Return the block as it stands in an item: a line in bold type for a heading.

    Steps are no parts of the page.
    """
    return Paragraph(f"**{block.text}**", block.lines) if isinstance(block, Heading) else block


def _table(table: Table) -> str:
    width = len(table.header.cells)
    rule = [_RULES.get(a, "---") for a in (table.alignments or [""] * width)]
    rows = [table.header, TableRow(rule), *table.rows]
    return "\n".join(f"| {' | '.join(_cells(row, width))} |" for row in rows)


_RULES = {"left": ":--", "center": ":-:", "right": "--:"}


def _cells(row: TableRow, width: int) -> list[str]:
    cells = [_one_line(cell).replace("|", "\\|") for cell in row.cells]
    return [cell or " " for cell in (cells + [""] * width)[:width]]
