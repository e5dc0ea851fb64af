"""How large a change of a text is. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+(?:[’'.-]\w+)*")
#: Words of the same place that are at least this alike differ by a typing error.
_ALIKE = 0.6
#: At most so many words differ where nothing but typing errors was mended.
_TYPOS = 3
#: A text in which a larger share of the words is new says something else.
_LARGE = 0.2


def size_of(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """``typo``, ``minor`` or ``major``: the size of the change between two sets of texts.

    Both map names (title, problem, ...) to Markdown. Steps that come or go, numbers and codes
    that change, and a section that appears or vanishes are major whatever their length: a reader
    who follows the old text would do something else. Letters mended within a few words are a typo.
    """
    names = [name for name in after if before.get(name, "") != after[name]]
    if not names:
        return "typo"
    pairs = [(before.get(name, ""), after[name]) for name in names]
    if any(_is_major(old, new) for old, new in pairs):
        return "major"
    return "typo" if all(_is_typo(old, new) for old, new in pairs) else "minor"


def changed_names(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """The names of the texts that differ, in the order of ``after``."""
    return [name for name in after if before.get(name, "") != after[name]]


def _is_major(old: str, new: str) -> bool:
    if not old.strip() or not new.strip():
        return True
    if _items(old) != _items(new) or _figures(old) != _figures(new):
        return True
    before, after = _WORD.findall(old), _WORD.findall(new)
    changed = sum(max(len(olds), len(news)) for olds, news in _differences(before, after))
    return changed > max(_TYPOS, _LARGE * max(len(before), len(after)))


def _items(text: str) -> int:
    return len(re.findall(r"^ *(?:\d+\.|[-*+]) ", text, re.MULTILINE))


def _figures(text: str) -> list[str]:
    """The words that hold a digit: codes, versions, numbers; list markers are none."""
    unmarked = re.sub(r"^ *\d+\. ", "", text, flags=re.MULTILINE)
    return [word for word in _WORD.findall(unmarked) if any(c.isdigit() for c in word)]


def _is_typo(old: str, new: str) -> bool:
    differences = _differences(_WORD.findall(old), _WORD.findall(new))
    return len(differences) <= _TYPOS and all(
        len(olds) == len(news) and all(map(_alike, olds, news)) for olds, news in differences
    )


def _differences(before: list[str], after: list[str]) -> list[tuple[list[str], list[str]]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (before[a:b], after[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"
    ]


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _ALIKE
