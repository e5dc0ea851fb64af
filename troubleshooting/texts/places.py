"""Where code, addresses and names of snippets stand in a Markdown text. Pure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from .markup.blocks import CodeBlock, walk
from .markup.reader import read_blocks
from .markup.snippets import MARKER

#: From which character to which.
Span = tuple[int, int]


class _Target(NamedTuple):
    """An address behind ``](``, from where to where, and where the bracket behind it ends."""

    start: int
    end: int
    close: int


#: What ends a link behind its address: perhaps a title.
_END_OF_LINK = re.compile(r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?\s*\)")
_BRACKET = re.compile(r"(?<!\\)(?:\\\\)*([\[\]])")
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
_TICKS = re.compile(r"`+")
#: A snippet, the target of a link or image, an attribute of HTML, an address that is written out.
#: Each begins where a run of its signs does, and ends at the first that it cannot hold.
_ADDRESS = re.compile(
    rf"{MARKER.pattern}"
    r"|(?<=\]\()(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
    r"|\b(?:href|src)=(?:\"[^\"\n]*\"|'[^'\n]*')"
    r"|(?<![\w/])(?:\w+://|mailto:|www\.)[^\s<>()\[\]]+",
    re.IGNORECASE,
)


def code_spans(text: str) -> list[Span]:
    """Return where code stands, fenced or in a line, in order."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    blocks = [
        (starts[block.lines[0]], starts[min(block.lines[1], len(starts) - 1)])
        for block in walk(read_blocks(text))
        if isinstance(block, CodeBlock)
    ]
    spans = [span for part in _PARAGRAPH.finditer(text) for span in _spans(part[0], part.start())]
    return sorted([*blocks, *(span for span in spans if not touches(blocks, span[0]))])


def address_spans(text: str) -> list[Span]:
    """Return where addresses and names of snippets stand, in order: what programs read."""
    return [match.span() for match in _ADDRESS.finditer(text)]


def unlinked(text: str, is_meant: Callable[[str], bool]) -> str:
    """Return ``text`` with nothing but the words of those links whose address ``is_meant``.

    Code, images and addresses that are written out stay as they are.
    """
    code = code_spans(text)
    targets = _targets(text, code)
    programs_read = sorted([*code, *((one.start, one.close) for one in targets)])
    openings = _openings(text, programs_read)
    cuts: list[Span] = []
    for one in targets:
        begin = openings.get(one.start - 2)
        if begin is None or text[max(begin - 1, 0)] == "!":
            continue
        if is_meant(text[one.start : one.end].strip("<>")):
            cuts += [(begin, begin + 1), (one.start - 2, one.close)]
    cuts.sort()
    kept = zip([0, *(end for _, end in cuts)], [*(start for start, _ in cuts), None], strict=True)
    return "".join(text[start:end] for start, end in kept)


def _targets(text: str, code: Sequence[Span]) -> list[_Target]:
    """Return those of links and images out of ``code``, in order."""
    found: list[_Target] = []
    for start, end in address_spans(text):
        is_target = text[start - 2 : start] == "](" and not touches(code, start)
        is_in_title = bool(found) and start < found[-1].close
        close = _END_OF_LINK.match(text, end) if is_target and not is_in_title else None
        if close:
            found.append(_Target(start, end, close.end()))
    return found


def _openings(text: str, closed: Sequence[Span]) -> dict[int, int]:
    """Return where the bracket stands that one closes, by the place of that one.

    Those in the spans ``closed``, which are in order, open and close nothing.
    """
    found: dict[int, int] = {}
    waiting: list[int] = []
    for match in _BRACKET.finditer(text):
        place = match.start(1)
        if touches(closed, place):
            continue
        if match[1] == "[":
            waiting.append(place)
        elif waiting:
            found[place] = waiting.pop()
    return found


def touches(spans: Sequence[Span], start: int, end: int = 0) -> bool:
    """Return whether one of ``spans``, which are in order, has a character from start to end.

    ``end``: 0 asks for the one character at ``start``.
    """
    before = bisect_right(spans, max(start, end - 1), key=lambda span: span[0])
    return before > 0 and start < spans[before - 1][1]


def _spans(text: str, offset: int) -> Iterator[Span]:
    """Yield the code spans of a paragraph: from a run of backticks to the next one as long."""
    runs = [match.span() for match in _TICKS.finditer(text)]
    following: dict[int, list[int]] = {}
    for number in range(len(runs) - 1, -1, -1):
        following.setdefault(runs[number][1] - runs[number][0], []).append(number)
    number = 0
    while number < len(runs):
        same = following[runs[number][1] - runs[number][0]]
        while same and same[-1] <= number:
            same.pop()
        end = same[-1] if same else number
        if end > number:
            yield offset + runs[number][0], offset + runs[end][1]
        number = end + 1
