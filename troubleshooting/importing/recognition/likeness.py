"""How much of two texts is the same, told from runs of three words. Pure."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from zlib import crc32

_WORD = re.compile(r"\w+")
_RUN = 3
#: One of so many runs stands in the index: enough to find the few that are then compared whole.
_SAMPLE = 8
_MOST_HOLDERS = 200
_HEADER = re.compile(r"\A\ufeff?---\n.*?\n---\n", re.DOTALL)

Runs = frozenset[int]


def runs_of(text: str) -> Runs:
    """Return the runs of ``text``, each as a number; markup and case do not count."""
    words = _WORD.findall(text.casefold())
    count = max(len(words) - _RUN + 1, 1 if words else 0)
    return frozenset(crc32(" ".join(words[n : n + _RUN]).encode()) for n in range(count))


def runs_of_file(raw: bytes) -> Runs:
    """Return the runs of a document without its front matter."""
    text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n")
    return runs_of(_HEADER.sub("", text))


def likeness(left: Runs, right: Runs) -> float:
    """Return the share of the runs of both that both have, 0 to 1."""
    return len(left & right) / len(left | right) if left and right else 0.0


class LikenessIndex:
    """Texts by number, found by what they have in common with another."""

    def __init__(self) -> None:
        self._holders: dict[int, list[int]] = defaultdict(list)

    def add(self, number: int, runs: Runs) -> None:
        """Note a text. A short one is noted by all its runs."""
        for run in _sample(runs):
            # What very many say tells none of them from the others, and would cost as many looks.
            if len(self._holders[run]) < _MOST_HOLDERS:
                self._holders[run].append(number)

    def nearest(self, runs: Runs, most: int = 4) -> list[int]:
        """Return the numbers of texts that seem to have most in common, the best first."""
        found = Counter(number for run in runs for number in self._holders.get(run, ()))
        return [number for number, _count in found.most_common(most)]


def _sample(runs: Runs) -> list[int]:
    if len(runs) < _SAMPLE * _SAMPLE:
        return list(runs)
    return [run for run in runs if run % _SAMPLE == 0]
