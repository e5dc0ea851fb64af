"""How large a change of a text is. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from ..markup.blocks import ITEM_NUMBER
from .aligning import Hunk, hunks
from .meaning import changes_meaning, named_otherwise, typed

_MARKER = re.compile(r" *(?:\d+\.|[-*+]) ")
#: The sign of a unit, behind its number: "5 ms", "10 Go".
_UNIT = re.compile(r"(?<=\d)[ \u00a0\u202f]([A-Za-zµ]{1,2}|[°€$])(?!\w)")
#: Signs of figures and how they compare, with or without spaces around. A hyphen between figures
#: is no minus; the end of a quotation, a path through menus and an arrow compare nothing.
_SIGN = re.compile(
    r"(?<![\w+–−-])[+–−-](?=\d)"
    r"|[!=<>]=|(?<![<=>-])=(?![=>])|<>|[<>](?= ?[+–−-]?\d)|[≤≥≠±×÷‰%]"
)
#: A capital that names something behind another word: "option A", "drive C:".
_LETTER_NAME = re.compile(r"(?<=[^\W\d_] )([A-ZÀ-Þ])(?![\w’'])|\b([A-Z])(?=:(?!\w))")
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
#: What kind of file, or which host: behind a name or alone, in small letters or capitals.
_EXTENSION = re.compile(r"\.([a-z][a-z0-9]{1,4}|[A-Z][A-Z0-9]{1,4})(?!\w|\.\w)")
#: Signs that are written in several ways.
_SAME_SIGNS = {"–": "-", "−": "-", "==": "=", "<>": "≠", "!=": "≠", "<=": "≤", ">=": "≥"}
#: A line of signs alone is drawn: a rule, the line below a heading or a table's header.
_RULE = re.compile(r"[\s=|:*_-]+")
_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
#: Words of the same place that are at least this alike differ by a typing error.
_ALIKE = 0.6
#: Letters of what can be a word; to compare what is longer would take too long.
_LONGEST_WORD = 200
#: At most so many words differ where nothing but typing errors was mended.
_TYPOS = 3
#: A text in which a larger share of the words is new says something else.
_LARGE = 0.2


def size_of(before: Mapping[str, str], after: Mapping[str, str], language: str = "") -> str:
    """Return ``typo``, ``minor`` or ``major``: the size of the change between two sets of texts.

    Both map names (title, problem, ...) to Markdown in ``language``. Steps that come or go, numbers
    and codes that change, words that turn the meaning round, and a section that appears or vanishes
    are major whatever their length: a reader who follows the old text would do something else.
    Letters mended within a few words are a typo, but not in what readers look for on a screen.
    """
    names = [name for name in after if before.get(name, "") != after[name]]
    if not names:
        return "typo"
    pairs = [(before.get(name, ""), after[name]) for name in names]
    if any(_is_major(old, new) or _turns_round(old, new, language) for old, new in pairs):
        return "major"
    return "typo" if all(_is_typo(old, new, language) for old, new in pairs) else "minor"


def may_change_meaning(
    before: Mapping[str, str], after: Mapping[str, str], language: str = ""
) -> bool:
    """Return whether a text of ``after`` may say something else than it did, few words as differ.

    Words that say no, opposites, prefixes, numbers, codes, commands and what is named on a screen.
    """
    return any(
        _differ_in_figures(before.get(name, ""), after[name])
        or typed(before.get(name, "")) != typed(after[name])
        or _names_otherwise(before.get(name, ""), after[name], language)
        or _turns_round(before.get(name, ""), after[name], language)
        for name in changed_names(before, after)
    )


def changed_names(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Return the names of the texts that differ, in the order of ``after``."""
    return [name for name in after if before.get(name, "") != after[name]]


def _is_major(old: str, new: str) -> bool:
    if not old.strip() or not new.strip():
        return True
    before, after = _lines(old), _lines(new)
    changed = hunks(before, after)
    if not changed:
        return False
    olds, news = _between(changed, before, after)
    if _items(olds) != _items(news) or _figures(olds) != _figures(news):
        return True
    count = sum(max(len(gone), len(come)) for gone, come in _words_of(changed, before, after))
    # The words of a long text are counted only where enough of them differ.
    return count > _TYPOS and count > _LARGE * max(len(_WORD.findall(one)) for one in (old, new))


def _differ_in_figures(old: str, new: str) -> bool:
    before, after = _lines(old), _lines(new)
    changed = hunks(before, after)
    if not changed:
        return False
    olds, news = _between(changed, before, after)
    return _figures(olds) != _figures(news)


def _between(
    changed: Sequence[Hunk], before: Sequence[str], after: Sequence[str]
) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines of both sides from the first change to the last; those around are the same.

    To look for figures in all of a long text takes longer than all else that a save compares.
    """
    first, last = changed[0], changed[-1]
    return before[first.start : last.end], after[first.new_start : last.new_end]


def _turns_round(old: str, new: str, language: str) -> bool:
    if typed(old).commands != typed(new).commands:
        return True
    before, after = _lines(old), _lines(new)
    changed = hunks(before, after)
    lines = [
        (before[hunk.start : hunk.end], after[hunk.new_start : hunk.new_end]) for hunk in changed
    ]
    return changes_meaning(lines, _words_of(changed, before, after), language)


def _names_otherwise(old: str, new: str, language: str) -> bool:
    before, after = _lines(old), _lines(new)
    return any(
        named_otherwise(
            "\n".join(before[one.start : one.end]),
            "\n".join(after[one.new_start : one.new_end]),
            language,
        )
        for one in hunks(before, after)
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _items(lines: Sequence[str]) -> int:
    return sum(map(bool, map(_MARKER.match, lines)))


def _figures(lines: Sequence[str]) -> list[str]:
    """Return the words that hold a digit, and what is read with them: codes, versions, numbers.

    Signs, comparisons, units, kinds of files, and letters that are names. List markers are none.
    """
    unmarked = [line[match.end() if (match := ITEM_NUMBER.match(line)) else 0 :] for line in lines]
    unmarked = [_RANGE.sub("-", line) for line in unmarked]
    words = (word for line in unmarked for word in _WORD.findall(line))
    units = (unit for line in unmarked for unit in _UNIT.findall(line))
    # Nearly all words are letters alone, which one call tells of each.
    figures = (word for word in words if not word.isalpha() and any(c.isdigit() for c in word))
    signs = (
        _SAME_SIGNS.get(sign, sign)
        for line in unmarked
        if not _RULE.fullmatch(line)
        for sign in _SIGN.findall(line)
    )
    letters = (one or two for line in unmarked for one, two in _LETTER_NAME.findall(line))
    kinds = (kind for line in unmarked for kind in _EXTENSION.findall(line))
    return [*figures, *units, *signs, *letters, *kinds]


def _is_typo(old: str, new: str, language: str) -> bool:
    if typed(old) != typed(new) or _names_otherwise(old, new, language):
        return False
    before, after = _lines(old), _lines(new)
    differences = list(_words_of(hunks(before, after), before, after))
    return len(differences) <= _TYPOS and all(
        len(gone) == len(come) and all(map(_alike, gone, come)) for gone, come in differences
    )


def _words_of(
    changes: Sequence[Hunk], before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[list[str], list[str]]]:
    """Yield words that were removed, each with the words that replace them.

    Words are compared in changed lines only.

    Comparing all words of a long text would take a second where few words stand in it often.
    """
    for lines in changes:
        olds = _WORD.findall("\n".join(before[lines.start : lines.end]))
        news = _WORD.findall("\n".join(after[lines.new_start : lines.new_end]))
        for words in hunks(olds, news):
            yield olds[words.start : words.end], news[words.new_start : words.new_end]


def _alike(one: str, other: str) -> bool:
    if max(len(one), len(other)) > _LONGEST_WORD:
        return False
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _ALIKE
