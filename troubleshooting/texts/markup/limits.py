"""How intricate a text may be: far beyond what people write, far below what takes long to read.

Parsers take quadratic time, or recurse, on texts that are nested or marked up beyond any use. Of
435 documents of real product documentation none has more than 57 marks of inline Markdown in a
block, and none nests more than four lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markdown_it.token import Token

#: Blocks inside each other as a CommonMark parser counts them: a list is two, a quotation one.
DEEPEST = 40
#: Elements of HTML inside each other. The parser drops what is deeper than 255 without a word.
DEEPEST_HTML = 120
#: Characters in one paragraph, heading or cell that may begin or end inline Markdown.
MOST_MARKS = 2_000
#: Characters that reference links may add to a text when they are written out.
MOST_EXPANDED = 200_000
# What is escaped is one mark, so that a text counts the same before and after it is rewritten.
_MARK = re.compile(r"\\.|[*_`\\\[<&]", re.DOTALL)


class IntricateTextError(ValueError):
    """A text beyond the limits; ``reason`` is ``too_deep`` or ``too_intricate``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def check_depth(levels: int, deepest: int = DEEPEST) -> None:
    """Raise ``IntricateTextError`` where something is nested in ``levels`` others: too deep."""
    if levels >= deepest:
        raise IntricateTextError("too_deep")


def check_tokens(tokens: Iterable[Token]) -> None:
    """Raise ``IntricateTextError`` where blocks that a parser read are nested too deep."""
    for token in tokens:
        check_depth(token.level)


def check_inline(text: str) -> None:
    """Raise ``IntricateTextError`` for the inline Markdown of one block with too many marks."""
    if len(text) > MOST_MARKS and len(_MARK.findall(text)) > MOST_MARKS:
        raise IntricateTextError("too_intricate")


def check_expanded(characters: int) -> None:
    """Raise ``IntricateTextError`` where references add so many ``characters`` to a text."""
    if characters > MOST_EXPANDED:
        raise IntricateTextError("too_intricate")
