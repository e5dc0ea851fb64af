"""Prompts: what a template leaves to whoever writes, such as ``{{the message shown}}``. Pure.

Programs write the same braces (Jinja, GitHub Actions, Helm). So what stands in code is a prompt
only where the template that the text was made from says so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from .places import code_spans, touches
from .sections import MARKDOWN_TEXTS

LONGEST = 200
#: How statements of template languages begin: ``{{#if}}``, ``{{< note >}}``, ``{{ .Values }}``.
_STATEMENT = r"#/<>%!&^=.$@|*~"
_PROMPT = re.compile(
    rf"(?<![${{\w])\{{\{{\s*(?![\s{_STATEMENT}])([^{{}}]{{1,{LONGEST}}}?)\s*\}}\}}(?!\}})"
)


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
        code = code_spans(text) if section in MARKDOWN_TEXTS else []
        line, seen = 1, 0
        for match in _PROMPT.finditer(text):
            at = match.start()
            line, seen = line + text.count("\n", seen, at), at
            yield Prompt(section, " ".join(match[1].split()), line, touches(code, at))


def prompts_left(texts: Mapping[str, str], wordings: Collection[str] = ()) -> list[Prompt]:
    """Return the prompts that nobody has replaced; in code only those worded like ``wordings``."""
    return [
        prompt for prompt in prompts_in(texts) if not prompt.is_code or prompt.words in wordings
    ]


def without_prompts(line: str) -> str:
    """Return ``line`` without its prompts."""
    return " ".join(_PROMPT.sub(" ", line).split())
