"""Blocks -> the one form of Markdown in which texts are stored.

CommonMark and Python-Markdown read this form as the same structure: content of list items is
indented by four columns, blocks are parted by blank lines, code is fenced, neighbouring lists of
one kind are one list, neighbouring quotes are parted by an empty comment. What CommonMark alone
understands inside a line (backslash breaks, escapes that nothing needs) is rewritten.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from .blocks import (
    Alert,
    Block,
    Code,
    Heading,
    Html,
    Item,
    ListBlock,
    Paragraph,
    Quote,
    Row,
    Rule,
    Table,
)
from .limits import check_inline
from .reader import read_blocks
from .spans import code_spans, idle_brackets, without_comments

INDENT = " " * 4
SEPARATOR = "<!-- -->"
# Python-Markdown takes fewer escapes than CommonMark (its documentation, "Backslash Escapes").
_ESCAPE = re.compile(r"\\([\\\"$%&',/:;=?@^~<\n])")
# Python-Markdown looks for the end of a link from every bracket, which takes quadratic time.
MOST_BRACKETS = 100
_LAST_HASH = re.compile(r"(?<!\\)#$")
_BLOCK_START = re.compile(r"(?m)^(#|>|[-+*](?=\s)|\d+(?=[.)]\s)|`{3,}|~{3,}|:::)")
# A marker alone is an empty item, unless inside a paragraph, where dashes make a heading of it.
_MARKER_ALONE = re.compile(r"(?m)\A([+*](?=$)|\d+(?=[.)]$))|^(-)(?=-*$)")


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
    """Lists that follow each other and are of one kind, as one: HTML shows no difference."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if isinstance(block, Html) and not _html(block.text):
            continue
        if not isinstance(block, ListBlock):
            joined.append(block)
        elif isinstance(last, ListBlock) and last.ordered == block.ordered:
            last.items += block.items
        else:
            joined.append(ListBlock(block.ordered, list(block.items), block.start, block.lines))
    return joined


def _write(block: Block) -> str:
    match block:
        case Paragraph(text):
            return _paragraph(text)
        case Heading(level, text):
            return _heading(level, text)
        case Code(text, info):
            return _fenced(text, info)
        case Html(text):
            return _html(text)
        case ListBlock():
            return _list(block)
        case Quote(blocks):
            return _quoted(to_markdown(blocks))
        case Alert(kind, blocks):
            gap = "\n" if blocks and isinstance(blocks[0], Paragraph) else "\n\n"
            return _quoted(f"[!{kind.upper()}]{gap}{to_markdown(blocks)}")
        case Table():
            return _table(block)
        case Rule():
            return ""
    raise TypeError(f"not a block: {block!r}")


def _heading(level: int, text: str) -> str:
    line = " ".join(inline(text).split("\n")).strip()
    # A hash at the end of the line would be taken for the end of the heading.
    words = _LAST_HASH.sub(r"\\#", line)
    return f"{'#' * level} {words}" if words else ""


def inline(text: str) -> str:
    """Return inline Markdown that Python-Markdown reads as CommonMark does. Code spans stay."""
    text = _escape_brackets(text)
    parts: list[str] = []
    done = 0
    for start, end in code_spans(text):
        parts += [_inline_text(text[done:start]), text[start:end]]
        done = end
    return "".join([*parts, _inline_text(text[done:])])


def _escape_brackets(text: str) -> str:
    if text.count("[") <= MOST_BRACKETS:
        return text
    code = {place for span in code_spans(text) for place in range(*span)}
    idle = [place for place in idle_brackets(text) if place not in code]
    if len(idle) <= MOST_BRACKETS:
        return text
    pieces = (text[start:end] for start, end in pairwise([0, *idle, len(text)]))
    return "\\".join(pieces)


def _inline_text(text: str) -> str:
    text = _ESCAPE.sub(_unescape, without_comments(text))
    return re.sub(r"(?<=\S) {2,}\n", "  \n", re.sub(r"(?<! ) \n", "\n", text))


def _unescape(match: re.Match[str]) -> str:
    return {"\\": "\\\\", "<": "&lt;", "\n": "  \n"}.get(match[1], match[1])


def _paragraph(text: str) -> str:
    lines = (line for line in inline(text).strip().split("\n") if line.strip())
    written = "\n".join(_BLOCK_START.sub(_escape_start, line) for line in lines)
    written = _MARKER_ALONE.sub(_escape_start, written)
    check_inline(written)
    return written


def _escape_start(match: re.Match[str]) -> str:
    start = match[match.lastindex or 0]
    return f"{start}\\" if start.isdigit() else f"\\{start}"


def _fenced(text: str, info: str) -> str:
    longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{info}\n{text}\n{fence}"


def _html(text: str) -> str:
    return text.strip() if without_comments(text).strip() else ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _list(block: ListBlock) -> str:
    items = [item for item in block.items if item.blocks]
    loose = any(not _is_tight(item) for item in items)
    written = [
        _item(item, _marker(block, number), loose) for number, item in enumerate(items, block.start)
    ]
    return ("\n\n" if loose else "\n").join(written)


def _is_tight(item: Item) -> bool:
    if not item.blocks:
        return True
    first, *rest = item.blocks
    if not isinstance(first, Paragraph) or len(rest) > 1:
        return False
    return all(isinstance(b, ListBlock) and _follows_closely(b) for b in rest)


def _follows_closely(block: ListBlock) -> bool:
    """Whether a list may stand in the line after a paragraph: one that begins with 3 may not."""
    interrupts = not block.ordered or block.start == 1
    return interrupts and all(map(_is_tight, block.items))


def _marker(block: ListBlock, number: int) -> str:
    # From the second item on the number is not read; three digits would not fit the indent.
    return (f"{min(number, 99)}." if block.ordered else "-").ljust(4)


def _item(item: Item, marker: str, loose: bool) -> str:
    blocks = _join_lists([_inside_item(block) for block in item.blocks])
    if not isinstance(blocks[0], Paragraph):
        blocks = [Paragraph("&nbsp;"), *blocks]
    text = to_markdown(blocks) if loose else "\n".join(_write(block) for block in blocks)
    first, *rest = text.split("\n")
    return "\n".join([marker + first, *(INDENT + line if line else "" for line in rest)])


def _inside_item(block: Block) -> Block:
    """Python-Markdown knows no headings in list items: a line in bold type stands for one."""
    return Paragraph(f"**{block.text}**", block.lines) if isinstance(block, Heading) else block


def _table(table: Table) -> str:
    width = len(table.header.cells)
    rule = [_RULES.get(a, "---") for a in (table.alignments or [""] * width)]
    rows = [table.header, Row(rule), *table.rows]
    return "\n".join(f"| {' | '.join(_cells(row, width))} |" for row in rows)


_RULES = {"left": ":--", "center": ":-:", "right": "--:"}


def _cells(row: Row, width: int) -> list[str]:
    cells = [re.sub(r"\s*\n\s*", " ", inline(cell)).replace("|", "\\|") for cell in row.cells]
    return [cell.strip() or " " for cell in (cells + [""] * width)[:width]]
