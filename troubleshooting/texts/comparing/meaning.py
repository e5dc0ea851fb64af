"""Whether a change of words may change what a text says. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ..languages import fold
from ..languages.meaning import MeaningWords, meaning_words
from .aligning import hunks

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
    r"|(?<![\w.-])\w[\w-]*\.[a-z][a-z0-9]{1,4}(?!\w|\.\w)"
)
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
#: A capital where no sentence begins: behind a word or a comma, or behind an elision.
_CAPITAL = re.compile(r"(?:(?<=[\w,;][ \u00a0\u202f])|(?<=\w[’']))[A-ZÀ-Þ]\w")

#: Words, and the marks at which a clause ends.
_PIECE = re.compile(r"\w+(?:[’'.-]\w+)*|[,;:.!?\n()]")


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


def named_otherwise(old: str, new: str, language: str) -> bool:
    """Return whether a capitalised word inside a sentence is another one in ``new``.

    It is what something on a screen is called: "Cliquez sur Comptes". Capitals alone name nothing.
    """
    words = meaning_words(language)
    (olds, old_names), (news, new_names) = (_words_and_names(text, words) for text in (old, new))
    for one in hunks(olds, news):
        gone, come = range(one.start, one.end), range(one.new_start, one.new_end)
        if len(gone) == len(come):
            if any(
                olds[a] != news[b] and a in old_names and b in new_names
                for a, b in zip(gone, come, strict=True)
            ):
                return True
        elif old_names & set(gone) and new_names & set(come):
            return True
    return False


def _words_and_names(text: str, words: MeaningWords) -> tuple[list[str], set[int]]:
    """Return the words in small letters, and the places of those that name something."""
    matches = list(_WORD.finditer(text))
    starts = [match.start() for match in matches]
    found = [match[0].casefold() for match in matches]
    capitals = {bisect_right(starts, match.start()) - 1 for match in _CAPITAL.finditer(text)}
    return found, {place for place in capitals if words.may_name(found[place])}


def changes_meaning(
    changes: Sequence[tuple[Sequence[str], Sequence[str]]],
    differences: Iterable[tuple[Sequence[str], Sequence[str]]],
    language: str,
) -> bool:
    """Return whether a clause says no more or less often, or a word is replaced by an opposite.

    ``changes`` are the lines that are gone, each with those in their place, ``differences`` the
    words of theirs likewise.
    """
    words = meaning_words(language)
    if any(_deny_otherwise(words, *lines) for lines in _without_moved(changes)):
        return True
    return any(
        words.are_opposed(one, other)
        for gone, come in differences
        if len(gone) * len(come) <= _MOST_PAIRS
        for one in gone
        for other in come
    )


def _without_moved(
    changes: Sequence[tuple[Sequence[str], Sequence[str]]],
) -> list[tuple[list[str], list[str]]]:
    """Return the changes without lines that stand elsewhere now, and deny there what they did."""
    moved = {line for gone, _come in changes for line in gone}
    moved &= {line for _gone, come in changes for line in come}
    return [
        ([line for line in gone if line not in moved], [line for line in come if line not in moved])
        for gone, come in changes
    ]


def _deny_otherwise(words: MeaningWords, gone: Sequence[str], come: Sequence[str]) -> bool:
    """Return whether a clause says no more or less often than the one in its place.

    Clauses end where both texts have the same mark: a comma more or less makes none.
    """
    old, new = (_Clauses("\n".join(lines), words) for lines in (gone, come))
    if len(old.negations) != len(new.negations):
        return True
    if not old.negations:
        return False
    differing = hunks(old.pieces, new.pieces)
    starts = (0, 0)
    for one, following in pairwise(differing):
        between = range(one.end, following.start)
        mark = next((place for place in between if old.is_mark(place)), None)
        if mark is None:
            continue
        ends = (old.end(mark), new.end(one.new_end + mark - one.end))
        if old.denials(starts[0], ends[0]) != new.denials(starts[1], ends[1]):
            return True
        starts = ends
    return old.denials(starts[0], None) != new.denials(starts[1], None)


class _Clauses:
    """Words and marks of a text, and where it says no.

    A word that says no is like no other piece: which "not" stands for which, its clause tells.
    """

    def __init__(self, text: str, words: MeaningWords) -> None:
        text = fold(text)
        self.negations = words.places_of_negations(text)
        self._found = list(_PIECE.finditer(text)) if self.negations else []
        self.pieces: list[Hashable] = [
            piece[0] if not self.denials(piece.start(), piece.end()) else object()
            for piece in self._found
        ]

    def is_mark(self, place: int) -> bool:
        """Return whether the piece at ``place`` may end a clause."""
        first = self._found[place][0][0]
        return not (first.isalnum() or first == "_")

    def end(self, place: int) -> int:
        """Return where in the text the piece at ``place`` ends."""
        return self._found[place].end()

    def denials(self, start: int, end: int | None) -> int:
        """Return how often the text says no from ``start`` to ``end`` (None: to its end)."""
        last = len(self.negations) if end is None else bisect_left(self.negations, end)
        return last - bisect_left(self.negations, start)
