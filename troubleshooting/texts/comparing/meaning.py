"""Whether a change of words may change what a text says. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ..languages.meaning import meaning_words

#: More pairs of words than this are another sentence, whose size is measured by their number.
_MOST_PAIRS = 400
_FENCED = re.compile(r"^ *(```+|~~~+)[^\n]*\n(.*?)^ *\1", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(`+)([^`].*?)\1(?!`)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
#: What a sentence quotes, at most a line of it.
_QUOTED = re.compile(r"«([^«»\n]+)»|“([^“”\n]+)”|„([^„“\n]+)“|(?<!\w)\"([^\"\n]+)\"(?!\w)")
#: Two capitalised names, one below the other in a menu, and what may follow in the same line.
_MENU_PATH = re.compile(r"[A-ZÀ-Þ][^\n>*,;:.]{0,60} > [A-ZÀ-Þ][^\n*,;:.]{0,200}")
#: Addresses of mail, of pages and of files.
_ADDRESS = re.compile(
    # Each begins where a run of its signs does: tried at each letter, a word takes its square.
    r"(?<![\w.+-])[.+-]*\w[\w.+-]*@\w[\w.-]*\w"
    r"|(?<!\w)\w+://[^\s<>()\[\]]+"
    r"|(?:\b[A-Za-z]:|\\\\)[\w.$\\-]+"
)


class Typed(NamedTuple):
    """What readers type, and what they look for on a screen, in the order of the text."""

    commands: tuple[str, ...]
    names: tuple[str, ...]


@lru_cache(maxsize=8)  # of each change the text before and that after are looked at four times
def typed(text: str) -> Typed:
    """Return the code and the names of a Markdown text, without spaces at their ends.

    A name is what stands in bold, in quotation marks or in a path through menus, or an address.
    """
    fenced = [match[2] for match in _FENCED.finditer(text)]
    rest = _FENCED.sub("", text)
    code = [match[2] for match in _CODE.finditer(rest)]
    words = _CODE.sub("", rest)
    names = [
        *_BOLD.findall(words),
        *("".join(match.groups("")) for match in _QUOTED.finditer(words)),
        *(name for path in _MENU_PATH.findall(words) for name in path.split(" > ")),
        *_ADDRESS.findall(words),
    ]
    return Typed(tuple(map(_in_one_line, [*fenced, *code])), tuple(map(_in_one_line, names)))


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


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
