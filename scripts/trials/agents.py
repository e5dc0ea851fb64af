"""Agents that work on a portal by a mix of requests, and what each kind of request took."""

from __future__ import annotations

import random
import statistics
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from scripts.trials.clients import ask

AGENTS = 4
#: What agents do on the telephone, of a hundred requests: searches by what callers read out or say,
#: the articles they open, and what the box suggests while they type.
MIX = {"code": 18, "words": 17, "suggestions": 20, "article": 35, "list": 5, "home": 5}
#: Letters after which the box suggests something.
_TYPED = 5


@dataclass(frozen=True, slots=True)
class Material:
    """What agents ask for: addresses of articles, queries that name a code, queries of words."""

    slugs: Sequence[str]
    codes: Sequence[str]
    words: Sequence[str]


class Agents:
    """Agents that work by the mix; ``pause`` are the seconds that each rests on average."""

    def __init__(self, address: str, material: Material, seed: int, pause: float = 0.0) -> None:
        self._address, self._material = address, material
        self._seed, self._pause = seed, pause
        self._lock = threading.Lock()
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()

    def work(self, seconds: float) -> None:
        """Let all agents work for so long."""
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=self._work, args=(end, n)) for n in range(AGENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _work(self, end: float, number: int) -> None:
        chance = random.Random(self._seed * 100 + number)
        kinds, weights = list(MIX), list(MIX.values())
        while time.monotonic() < end:
            kind = chance.choices(kinds, weights)[0]
            answer = ask(self._address, self._path(kind, chance))
            with self._lock:
                self.seconds[kind].append(answer.seconds)
                # An exact code may lead to its page at once.
                if answer.status not in ((200, 302) if kind == "code" else (200,)):
                    self.wrong[f"{kind} {answer.status}"] += 1
            if self._pause:
                time.sleep(chance.expovariate(1 / self._pause))

    def _path(self, kind: str, chance: random.Random) -> str:
        language, material = chance.choice(("fr", "en")), self._material
        match kind:
            case "article":
                path = f"articles/{chance.choice(material.slugs)}/"
            case "code":
                path = f"search/?q={quote(chance.choice(material.codes))}"
            case "words":
                path = f"search/?q={quote(chance.choice(material.words))}"
            case "suggestions":
                path = f"search/suggestions/?q={quote(chance.choice(material.words)[:_TYPED])}"
            case "list":
                path = f"articles/?page={chance.randint(1, 5)}"
            case _:
                path = ""
        return f"/{language}/{path}"

    @property
    def all_seconds(self) -> list[float]:
        """Return the times of all requests."""
        return [one for times in self.seconds.values() for one in times]


def percentiles(seconds: Sequence[float]) -> tuple[float, float, float]:
    """Return p50, p95 and p99 in milliseconds."""
    if len(seconds) < 2:
        return (0.0, 0.0, 0.0)
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return cuts[49] * 1000, cuts[94] * 1000, cuts[98] * 1000
