"""Prompts: what a template leaves to whoever writes, such as ``{{the message shown}}``. Pure.

Programs write the same braces (Jinja, GitHub Actions, Helm). So what stands in code is a prompt
only where the template that the text was made from says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from .markup.blocks import CodeBlock, walk
from .markup.reader import read_blocks
from .sections import MARKDOWN_TEXTS

LONGEST = 200
#: How statements of template languages begin: ``{{#if}}``, ``{{< note >}}``, ``{{ .Values }}``.
_STATEMENT = r"#/<>%!&^=.$@|*~"
_PROMPT = re.compile(
    rf"(?<![${{\w])\{{\{{\s*(?![\s{_STATEMENT}])([^{{}}]{{1,{LONGEST}}}?)\s*\}}\}}(?!\}})"
)
_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t]*\n))*")
_TICKS = re.compile(r"`+")
Span = tuple[int, int]


class Prompt(NamedTuple):
    """A prompt: the section it stands in, its words, its line (1: the first), whether in code."""

    section: str
    words: str
    line: int
    is_code: bool

    @property
    def markup(self) -> str:
        """Return the prompt as the text has it."""
        return f"{{{{{self.words}}}}}"


def prompts_in(texts: Mapping[str, str]) -> Iterator[Prompt]:
    """Yield the prompts of canonical ``texts`` by section, in their order."""
    for section, text in texts.items():
        if "{{" not in text:
            continue
        code = _code(text) if section in MARKDOWN_TEXTS else []
        line, seen = 1, 0
        for match in _PROMPT.finditer(text):
            at = match.start()
            line, seen = line + text.count("\n", seen, at), at
            yield Prompt(section, " ".join(match[1].split()), line, _holds(code, at))


def prompts_left(texts: Mapping[str, str], wordings: Collection[str] = ()) -> list[Prompt]:
    """Return the prompts that nobody has replaced; in code only those worded like ``wordings``."""
    return [
        prompt for prompt in prompts_in(texts) if not prompt.is_code or prompt.words in wordings
    ]


def without_prompts(line: str) -> str:
    """Return ``line`` without its prompts."""
    return " ".join(_PROMPT.sub(" ", line).split())


def _code(text: str) -> list[Span]:
    """Return where code stands in Markdown, from which character to which, in order."""
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text)]
    blocks = [
        (starts[block.lines[0]], starts[min(block.lines[1], len(starts) - 1)])
        for block in walk(read_blocks(text))
        if isinstance(block, CodeBlock)
    ]
    spans = [span for part in _PARAGRAPH.finditer(text) for span in _spans(part[0], part.start())]
    return sorted([*blocks, *(span for span in spans if not _holds(blocks, span[0]))])


def _holds(spans: list[Span], at: int) -> bool:
    """Return whether one of ``spans``, which are in order, holds the character ``at``."""
    before = bisect_right(spans, at, key=lambda span: span[0])
    return before > 0 and at < spans[before - 1][1]


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
