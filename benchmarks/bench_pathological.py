"""What becomes of pathological texts: ``python -m benchmarks.bench_pathological [SIZE]``.

Every case of ``pathological`` goes the whole way of a section (canonical form, structure, HTML), as
a problem and as a resolution, and of a document (docfx), within the bounds of the portal. Prints
what is slow, and the totals as a table. Seconds are of processor time, of all processes together,
where the system tells (Linux), else by the clock; what follows an ended process includes the start
of the next.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from benchmarks.material.pathological import texts
from troubleshooting.texts.bounded import (
    LIMITS,
    Limits,
    UnrenderableText,
    canonical_sections,
    read_document,
    structure_article,
)
from troubleshooting.texts.docfx import DocumentError

Way = Callable[[str, Limits], object]


def as_section(name: str) -> Way:
    """Return the way of a text that an editor saves in the section ``name``."""

    def way(text: str, limits: Limits) -> object:
        stored = canonical_sections({name: text}, limits=limits)
        return structure_article({"title": "T", **stored}, "en", limits=limits)

    return way


def as_document(text: str, limits: Limits) -> object:
    """Read ``text`` as a file that is imported, within ``limits``; return what came of it."""
    return read_document(text.encode("utf-8"), "text.en.md", limits=limits)


WAYS: dict[str, Way] = {
    "as a problem": as_section("problem"),
    "as a resolution": as_section("resolution"),
    "as a document": as_document,
}


def outcome(way: Way, text: str, limits: Limits = LIMITS) -> str:
    """Return ``rendered``, or why ``text`` was refused."""
    try:
        way(text, limits)
    except UnrenderableText as error:
        return error.reason
    except DocumentError as error:
        return f"no document: {error.code}"
    return "rendered"


def spent() -> float:
    """Return seconds of processor time of this process and its children so far, ended ones too."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    if not children.exists():
        return time.perf_counter()
    ticks = os.sysconf("SC_CLK_TCK")
    living = (Path(f"/proc/{pid}/stat") for pid in children.read_text().split())
    fields = (file.read_text().rpartition(")")[2].split() for file in living)
    return sum(os.times()[:4]) + sum((int(f[11]) + int(f[12])) / ticks for f in fields)


def main(size: int) -> None:
    """Measure all cases at ``size`` characters."""
    canonical_sections({"problem": "The first call waits for the process."})
    outcomes: Counter[str] = Counter()
    seconds: list[float] = []
    for name, text in texts(size):
        for how, way in WAYS.items():
            started = spent()
            result = outcome(way, text)
            taken = spent() - started
            outcomes[result] += 1
            seconds.append(taken)
            if taken > LIMITS.seconds / 2 or result == "crash":
                print(f"{taken:6.2f} s  {result:14} {name}, {how}", flush=True)
    seconds.sort()
    print(f"\n| Texts of {size:,} characters | |\n|---|---:|")
    for result, number in outcomes.most_common():
        print(f"| {result} | {number} |")
    print(f"| half within | {seconds[len(seconds) // 2]:.2f} s |")
    print(f"| 95 % within | {seconds[len(seconds) * 95 // 100]:.2f} s |")
    print(f"| longest | {seconds[-1]:.2f} s |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 65_536)
