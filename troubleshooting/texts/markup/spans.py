"""Code spans, comments and brackets of inline Markdown, each found in one pass over the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

_RUN = re.compile(r"`+")
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_COMMENT_START, _COMMENT_END = "<!--", "-->"


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each code span of ``text``, its backticks included.

    As many backticks open a span as close it; of a longer run without a partner the last few may.
    """
    runs = [match.span() for match in _RUN.finditer(text)]
    starts: dict[int, list[int]] = defaultdict(list)
    for start, end in runs:
        starts[end - start].append(start)
    done = 0
    for start, end in runs:
        if start < done:
            continue
        for length in range(end - start, 0, -1):
            closers = starts.get(length, [])
            index = bisect_right(closers, end)
            if index < len(closers):
                done = closers[index] + length
                yield end - length, done
                break


def without_comments(text: str) -> str:
    """``text`` without HTML comments; one that does not end is none."""
    kept, end = [], 0
    while (start := text.find(_COMMENT_START, end)) >= 0:
        closing = text.find(_COMMENT_END, start + len(_COMMENT_START))
        if closing < 0:
            break
        kept.append(text[end:start])
        end = closing + len(_COMMENT_END)
    return "".join([*kept, text[end:]])


def idle_brackets(text: str) -> list[int]:
    """Where ``text`` has opening brackets that begin no link: no closing one, or no target."""
    idle: list[int] = []
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            start = opened.pop()
            if not text.startswith("(", match.end()):
                idle.append(start)
    return sorted([*idle, *opened])
