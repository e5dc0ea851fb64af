"""Aligned units of two texts, and what finds a unit again by another that is nearly the same. Pure.

A unit is found by its keys: the hash of all its words, and the least hashes of the words and
pairs of words in it (a bottom-k sketch: A. Broder, "On the resemblance and containment of
documents", 1997). Units that share most of their words share most of these keys, whatever the
order, so a table of keys finds them without comparing texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from ..comparing.aligning import likeness, pair
from ..languages import fold
from ..markup.units import Unit, units_of
from ..sections import SECTIONS
from .rows import neutral, sort_of

#: Keys of a unit beside the one of all its words.
KEYS = 8
#: Up to so many words, single words find a unit too.
SHORT = 8
#: Signs of a unit; a longer one is hardly written a second time.
LONGEST = 2_000
#: The share of codes, commands and paths that two units need in common to say the same.
_SHARED = 0.5
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]{2}")


def aligned_units(source: Mapping[str, str], target: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the units of two texts of an article that say the same, each as Markdown.

    ``source`` and ``target`` map names of sections to canonical texts. Notes of editors are left
    out: what is found again is put into texts that others read.
    """
    pairs = [(source.get("title", ""), target.get("title", ""))]
    for name in SECTIONS:
        pairs += _aligned(units_of(source.get(name, "")), units_of(target.get(name, "")))
    return list(dict.fromkeys(two for two in pairs if _is_worth_keeping(*two)))


def _aligned(source: list[Unit], target: list[Unit]) -> Iterator[tuple[str, str]]:
    """Yield pairs of units: by place where both are built alike, else by what both have to hold."""
    is_alike = [sort_of(unit) for unit in source] == [sort_of(unit) for unit in target]
    if is_alike:
        together = list(zip(source, target, strict=True))
    else:
        places = pair(source, target, _shared)
        together = [(source[i], target[j]) for i, j in places if i is not None and j is not None]
    for one, other in together:
        held, kept = neutral(one), neutral(other)
        if (held or kept or is_alike) and likeness(held, kept) >= _SHARED:
            yield one.text, other.text


def _shared(one: Unit, other: Unit) -> float:
    return 1.0 + likeness(neutral(one), neutral(other)) if sort_of(one) == sort_of(other) else 0.0


def _is_worth_keeping(source: str, target: str) -> bool:
    is_short = max(len(source), len(target)) <= LONGEST
    return is_short and source != target and bool(_LETTERS.search(source) and target.strip())


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text, folded."""
    return _WORD.findall(fold(text))


def digest(*texts: str) -> str:
    """Return what stands for ``texts``: the same where their blanks alone differ."""
    said = "\0".join(" ".join(text.split()) for text in texts)
    return blake2b(said.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def whole_key(text: str, language: str) -> int:
    """Return the key that all texts of the same words have."""
    return _hash(language, " ".join(words_of(text)), 0)


def keys_of(text: str, language: str) -> list[int]:
    """Return the keys by which a text is found, as numbers of 63 bits; the first is ``whole_key``.

    None where it has no words.
    """
    words = words_of(text)
    if not words:
        return []
    parts = {" ".join(two) for two in pairwise(words)}
    if len(words) <= SHORT:
        parts |= set(words)
    least = sorted(_hash(language, part, len(part.split())) for part in parts)[:KEYS]
    return [whole_key(text, language), *least]


def _hash(language: str, words: str, length: int) -> int:
    said = f"{language} {length} {words}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest()) >> 1


def percent_alike(one: Sequence[str], other: Sequence[str], least: int = 0) -> int:
    """Return the percentage of words that two texts have in the same order; 0 if below ``least``.

    It is the distance of Levenshtein between their words, as ``words_of`` gives them.
    """
    alike = Levenshtein.normalized_similarity(one, other, score_cutoff=least / 100)
    return int(100 * alike + 1e-9)
