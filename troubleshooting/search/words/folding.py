"""Text -> words as they are compared: without case, accents, elisions or invisible characters.

Pure. The same function serves what is indexed, what is asked and what is highlighted, so that
all three agree on where a word begins and what it is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ...texts.codes import INVISIBLE
from ...texts.languages.searching import elided_words

#: Longer runs (hashes, base64) are cut: nobody types them, and an index of them is waste.
MAX_WORD = 64

APOSTROPHES = "'’ʼ‘′´"
#: What can stand inside a word beside its letters: what shows nothing, and the combining accents of
#: decomposed text.
_INNER = rf"[\w\u0300-\u036f{INVISIBLE}]"
_WORD = re.compile(rf"\w{_INNER}*(?:[{APOSTROPHES}]\w{_INNER}*)*")
#: The same where no longer word has begun before.
_WHOLE = re.compile(rf"(?<!{_INNER})(?<!{_INNER}[{APOSTROPHES}]){_WORD.pattern}")
_DROPPED = re.compile(rf"[\u0300-\u036f{INVISIBLE}]")
_UNSEEN = re.compile(rf"[{INVISIBLE}]")
_APOSTROPHE = re.compile(rf"[{APOSTROPHES}]")
#: Capital and other letters: names of French or German products bear accents, too.
_CAPITAL = "".join(letter for letter in map(chr, range(0x530)) if letter.isupper())
_LETTER = rf"[^\W\d_{_CAPITAL}]"
#: A part of a name such as ``APNSCertificateNotValid`` or ``ERROR_INSTALL_USEREXIT``.
NAME_PART = re.compile(rf"[{_CAPITAL}]+(?!{_LETTER})|[{_CAPITAL}]?{_LETTER}+|\d+")
#: Parts of a name with something between them.
_NAME = re.compile(
    rf"(?<![\w-])(?:[{_CAPITAL}\d][^\W_]{{0,40}}|[^\W_]{{1,40}}(?=_))"
    rf"(?:-[{_CAPITAL}\d][^\W_]{{0,40}}|_[^\W_]{{1,40}}){{1,6}}(?![\w-])"
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


class Word(NamedTuple):
    """A word of a text: ``folded`` for comparing, ``start`` and ``end`` in characters."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, ligatures and invisible characters.

    >>> fold("Échec de l’Œuvre")
    'echec de l’oeuvre'
    """
    lowered = text.casefold()
    if lowered.isascii():
        return lowered
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", lowered).casefold())
    return _DROPPED.sub("", decomposed).translate(_LIGATURES)


def words(text: str) -> list[str]:
    """Return the folded words of ``text`` in order; elided articles are dropped.

    >>> words("L’ordinateur n'a pas redémarré")
    ['ordinateur', 'a', 'pas', 'redemarre']
    """
    known = _memory
    return [word for raw in _WORD.findall(text) if (word := known[raw])]


def name_words(name: str) -> list[str]:
    """Return the folded words of a name, split at case, underscores and digits.

    None of two letters.

    >>> name_words("APNSCertificateNotValid")
    ['apns', 'certificate', 'not', 'valid']
    """
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", name))
    return [fold(part) for part in NAME_PART.findall(composed) if len(part) > 2]


def name_parts(name: str) -> list[str]:
    """Return the words of a name that is made of several; none for one word or a number."""
    parts = name_words(name)
    return parts if len(parts) > 1 and any(map(str.isalpha, parts)) else []


def joined_names(text: str) -> list[str]:
    """Return names of ``text`` that are written in parts as they are without what parts them.

    A part begins with a capital letter or a digit, or an underscore stands before it.

    >>> joined_names("Sc_Online_Issuing, WS-Trust; a well-known plug-in")
    ['sconlineissuing', 'wstrust']
    """
    joined = (fold(re.sub(r"[-_]", "", match[0])) for match in _NAME.finditer(text))
    return [name[:MAX_WORD] for name in dict.fromkeys(joined) if not name.isdigit()]


def folded_word(raw: str) -> str:
    """Return the folded form of a raw word; empty if nothing of it counts."""
    return _memory[raw]


def spans(text: str) -> Iterator[Word]:
    """Return the words of ``text`` with their place in it. An elided article belongs to no word."""
    return (word for match in _WORD.finditer(text) if (word := _located(match)).folded)


def spellings(text: str) -> dict[str, str]:
    """Return each folded word of ``text`` with how it stands there first.

    >>> spellings("L’écran, l’ÉCRAN noir")
    {'ecran': 'écran', 'noir': 'noir'}
    """
    spelt: dict[str, str] = {}
    for word in spans(text):
        spelt.setdefault(word.folded, text[word.start : word.end])
    return spelt


def raw_words(text: str) -> list[str]:
    """Return the words of ``text`` as they stand."""
    return _WORD.findall(text)


def occurrences(text: str, raw: str) -> Iterator[tuple[int, int]]:
    """Yield from and to where, in characters, ``raw`` stands in ``text`` as a whole word.

    Letters are compared as written, capitals and accents included.
    """
    length, skipped = len(raw), _skipped(raw)
    place = text.find(raw)
    while place >= 0:
        match, end = _WHOLE.match(text, place), place + length
        if match and match.end() == end:
            yield place + skipped, end
        place = text.find(raw, end)


def _located(match: re.Match[str]) -> Word:
    raw = match[0]
    start, end = match.span()
    return Word(_memory[raw], start + _skipped(raw), end)


def _skipped(raw: str) -> int:
    """Return how many characters of a raw word are no part of the word itself."""
    return 0 if raw.isalnum() else _elision(raw)


@lru_cache(maxsize=20_000)
def _elision(raw: str) -> int:
    """Return how many characters of ``raw`` are elided words with their apostrophes."""
    length = 0
    for mark in _APOSTROPHE.finditer(raw):
        if fold(raw[length : mark.start()]) not in elided_words():
            break
        length = mark.end()
    return length


class _Memory(dict[str, str]):
    """Folded words by their raw form; texts repeat the same words, folding them once is enough."""

    LIMIT = 200_000

    def __missing__(self, raw: str) -> str:
        folded = _APOSTROPHE.sub("", fold(raw[_elision(raw) :]))
        folded = re.sub(r"\W+", "", folded).strip("_")[:MAX_WORD]
        if len(self) >= self.LIMIT:
            self.clear()
        self[raw] = folded
        return folded


_memory = _Memory()
