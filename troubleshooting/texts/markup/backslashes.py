"""Paths that lose a backslash: Markdown takes one before a mark for a sign that it means it. Pure.

Source: CommonMark 0.31.2, 2.4 (backslash escapes).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .parser import new_parser

_MARK = r"[!-/:-@\[-`{-~]"
_ESCAPE = re.compile(rf"\\({_MARK})")
_LOST = re.compile(r"\\[!-/:-@\[\]-`{-~]")  # all but a doubled one, which reads as it is meant
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
#: Words with a backslash before a letter or a digit are a path; ``CERT\_E`` only means its marks.
_PATH = re.compile(r"\\[^\W_]")
_SHARE = re.compile(r"(?<![\w\\:])\\\\(?=[\w<])")
#: A placeholder inside a path, as in ``CONTOSO\<user>``. ``\<`` at the start of a word, or with
#: ``\>`` after it, is how programs write the mark itself.
_PLACE = re.compile(r"(?:(?<=[^\W_])|(?<=[>%:]))\\<(?=[^\W_])")
_parser = new_parser()


@dataclass(frozen=True, slots=True)
class ShortenedPath:
    """A path as ``typed`` in a ``line`` (from 1), and as it is ``shown``."""

    typed: str
    shown: str
    line: int


def may_shorten_paths(text: str) -> bool:
    """Return whether ``text`` has such a path, in code or out of it, without reading it."""
    return any(_paths(text, 1))


def shortened_paths(text: str) -> list[ShortenedPath]:
    """Return the paths of a Markdown ``text`` outside code of which a backslash is not shown."""
    if not may_shorten_paths(text):
        return []
    return [
        path
        for token in _parser.parse(text)
        if token.type == "inline" and "\\" in token.content
        for path in _in_line(token.content, (token.map or [0])[0] + 1)
    ]


def with_places(line: str) -> str:
    r"""Return ``line`` with a backslash for readers before a placeholder: ``CONTOSO\<user>``.

    Code says what it says as it stands.
    """
    if "\\<" not in line:
        return line
    parts = re.split(r"((?<!`)(`+)(?!`).*?(?<!`)\2(?!`))", line)
    return "".join(
        re.sub(r"\S+", _with_place, part) if number % 3 == 0 else part
        for number, part in enumerate(parts)
        if number % 3 != 2
    )


def _with_place(word: re.Match[str]) -> str:
    return word[0] if "\\>" in word[0] else _PLACE.sub(r"\\\\\\<", word[0])


def _in_line(content: str, first: int) -> Iterator[ShortenedPath]:
    yield from _paths(_CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), content), first)


def _paths(words: str, first: int) -> Iterator[ShortenedPath]:
    # Words, then those with a backslash: looked for at each letter, a long one takes its square.
    for match in re.finditer(r"\S+", words):
        typed = match[0]
        if "\\" not in typed:
            continue
        if _loses_one(typed):
            line = first + words.count("\n", 0, match.start())
            yield ShortenedPath(typed, _ESCAPE.sub(r"\1", typed), line)


def _loses_one(typed: str) -> bool:
    return bool(
        _SHARE.search(typed)
        or (_PATH.search(typed) and _LOST.search(typed))
        or (_PLACE.search(typed) and "\\>" not in typed)
    )
