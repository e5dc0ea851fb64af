"""Whether a change of words may change what a text says. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..languages.meaning import meaning_words

#: More pairs of words than this are another sentence, whose size is measured by their number.
_MOST_PAIRS = 400
_FENCED = re.compile(r"^ *(```+|~~~+)[^\n]*\n(.*?)^ *\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)([^`].*?)\1(?!`)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")


class Typed(NamedTuple):
    """What readers type, and what they look for on a screen, in the order of the text."""

    commands: tuple[str, ...]
    names: tuple[str, ...]


def typed(text: str) -> Typed:
    """Return code and bold words of a Markdown text, without spaces at their ends."""
    fenced = [match[2] for match in _FENCED.finditer(text)]
    rest = _FENCED.sub("", text)
    code = [match[2] for match in _CODE.finditer(rest)]
    return Typed(
        tuple(" ".join(words.split()) for words in [*fenced, *code]),
        tuple(" ".join(words.split()) for words in _BOLD.findall(_CODE.sub("", rest))),
    )


def changes_meaning(
    before: Sequence[str],
    after: Sequence[str],
    differences: Iterable[tuple[Sequence[str], Sequence[str]]],
    language: str,
) -> bool:
    """Return whether lines say no more or less often, or a word is replaced by an opposite.

    ``before`` and ``after`` are the lines that differ, ``differences`` the words of theirs that are
    gone, with those in their place.
    """
    words = meaning_words(language)
    if words.number_of_negations("\n".join(before)) != words.number_of_negations("\n".join(after)):
        return True
    return any(
        words.are_opposed(one, other)
        for gone, come in differences
        if len(gone) * len(come) <= _MOST_PAIRS
        for one in gone
        for other in come
    )
