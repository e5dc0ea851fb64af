"""Tags that HTML knows and readers do not get: where a text has them. Pure.

These are refused elements, and parts of a table or list that stand in none: browsers drop them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from markdown_it.token import Token

from .elements import REFUSED
from .parser import new_parser

_OPENING = re.compile(r"<([A-Za-z][A-Za-z0-9-]*)[^<>]*>?")
#: Elements that are dropped with what is in them.
_DROPPED = frozenset({"script", "style"})
#: Elements with parts that are nothing outside of them.
_CONTAINERS = {
    "table": ("caption", "tbody", "td", "tfoot", "th", "thead", "tr"),
    "dl": ("dd", "dt"),
    "ul": ("li",),
    "ol": ("li",),
}
_PARTS = frozenset(chain.from_iterable(_CONTAINERS.values()))
_COMMENT, _COMMENT_END = "<!--", "-->"
_EXCERPT = 80  # characters of a tag or a comment
_parser = new_parser()


@dataclass(frozen=True, slots=True)
class RefusedTag:
    """A ``tag`` as written in a ``line`` (from 1); ``hides``: the words in it are not shown."""

    name: str
    tag: str
    line: int
    hides: bool


@dataclass(frozen=True, slots=True)
class HiddenComment:
    """What a comment of HTML says, on one line, and the ``line`` (from 1) that it begins in."""

    words: str
    line: int

    @property
    def excerpt(self) -> str:
        """Return the words, cut where there are many."""
        return self.words[:_EXCERPT]


def hidden_comments(text: str) -> list[HiddenComment]:
    """Return the comments of a ``text`` as it was typed that hold words; code has none."""
    if _COMMENT not in text:
        return []
    return [
        HiddenComment(words, line)
        for html, line in _pieces(_parser.parse(text))
        for words, line in _comments(html, line)
        if any(sign.isalnum() for sign in words)
    ]


def _comments(html: str, first: int) -> Iterator[tuple[str, int]]:
    """Yield the words of each comment and its line; one that nothing ends is shown."""
    done, line = 0, first
    start = html.find(_COMMENT)
    while start >= 0 and (end := html.find(_COMMENT_END, start + len(_COMMENT))) >= 0:
        line += html.count("\n", done, start)
        done = start
        yield " ".join(html[start + len(_COMMENT) : end].split()), line
        start = html.find(_COMMENT, end)


def may_have_refused_tags(text: str) -> bool:
    """Return whether ``text`` has such a tag, in code or out of it, without reading it."""
    names = (match[1].lower() for match in _OPENING.finditer(text))
    return any(name in REFUSED or name in _PARTS for name in names)


def refused_tags(text: str) -> list[RefusedTag]:
    """Return the first tag of each element of a canonical ``text`` that is dropped, in order."""
    found: dict[str, RefusedTag] = {}
    if "<" in text:
        for tag in _tags(_parser.parse(text)):
            found.setdefault(tag.name, tag)
    return list(found.values())


def _tags(tokens: list[Token]) -> Iterator[RefusedTag]:
    seen: set[str] = set()
    for html, first in _pieces(tokens):
        yield from _in_html(html, first, seen)


def _pieces(tokens: list[Token]) -> Iterator[tuple[str, int]]:
    """Yield what is HTML, each with the line in which it begins."""
    for token in tokens:
        first = (token.map or [0])[0] + 1
        if token.type == "html_block":
            yield token.content, first
        for child in token.children or ():
            if child.type == "html_inline":
                yield child.content, first
            first += child.content.count("\n") + (child.type in ("softbreak", "hardbreak"))


def _in_html(html: str, first: int, seen: set[str]) -> Iterator[RefusedTag]:
    done, line = 0, first
    for match in _OPENING.finditer(html):
        line += html.count("\n", done, match.start())
        done = match.start()
        seen.add(name := match[1].lower())
        if name in REFUSED or (name in _PARTS and not _is_within(name, seen)):
            yield RefusedTag(name, match[0][:_EXCERPT], line, name in _DROPPED)


def _is_within(name: str, seen: set[str]) -> bool:
    """Return whether one of the elements ``seen`` so far may hold the part ``name``."""
    return any(name in parts for container, parts in _CONTAINERS.items() if container in seen)
