"""The words of inline Markdown, as readers see them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from markdown_it.token import Token

from .parser import new_parser

_parser = new_parser()
_MARK = re.compile(r"[\\`*_\[\]<&~!@:]")
# Marks without a partner: a sentence may be cut out of words in bold.
_LONELY = re.compile(r"\*\*|__|`|(?<!\w)[*_]|\*(?!\w)|(?<![A-Z0-9])_(?!\w)")


@lru_cache(maxsize=4096)
def wording(text: str) -> str:
    """Return the words of inline Markdown ``text``, with the white space that it has.

    Character references and escapes are what they stand for, a placeholder in angle brackets and
    an address are words, an image is the words that describe it.
    """
    if not _MARK.search(text):
        return text
    tokens: list[Token] = []
    _parser.inline.parse(text, _parser, {}, tokens)
    return "".join(_words(tokens))


def _words(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "text":
            yield _LONELY.sub("", token.content)
        elif token.type in ("text_special", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
        elif token.type == "image":
            yield from _words(token.children or ())
