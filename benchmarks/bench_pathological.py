"""What becomes of pathological texts: ``python -m benchmarks.bench_pathological [SIZE]``.

Every case of ``pathological`` goes the whole way of a section (canonical form, structure, HTML), as
a problem and as a resolution, and of a document (docfx), within the bounds of the portal. Prints
what is slow, and the totals as a table.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Callable

from troubleshooting.bounded import (
    LIMITS,
    Limits,
    UnrenderableText,
    canonical_sections,
    read_document,
    structure_article,
)
from troubleshooting.docfx import DocumentError

from .pathological import texts

Way = Callable[[str, Limits], object]


def as_section(name: str) -> Way:
    """The way of a text that an editor saves in the section ``name``."""

    def way(text: str, limits: Limits) -> object:
        stored = canonical_sections({name: text}, limits=limits)
        return structure_article({"title": "T", **stored}, "en", limits=limits)

    return way


def as_document(text: str, limits: Limits) -> object:
    """The way of a file that is imported."""
    return read_document(text.encode("utf-8"), "text.en.md", limits=limits)


WAYS: dict[str, Way] = {
    "as a problem": as_section("problem"),
    "as a resolution": as_section("resolution"),
    "as a document": as_document,
}


def outcome(way: Way, text: str, limits: Limits = LIMITS) -> str:
    """``rendered``, or why ``text`` was refused."""
    try:
        way(text, limits)
    except UnrenderableText as error:
        return error.reason
    except DocumentError as error:
        return f"no document: {error.code}"
    return "rendered"


def main(size: int) -> None:
    """Measures all cases at ``size`` characters."""
    canonical_sections({"problem": "The first call waits for the process."})
    outcomes: Counter[str] = Counter()
    seconds: list[tuple[float, str, str]] = []
    for name, text in texts(size):
        for how, way in WAYS.items():
            started = time.perf_counter()
            result = outcome(way, text)
            taken = time.perf_counter() - started
            outcomes[result] += 1
            seconds.append((taken, result, f"{name}, {how}"))
            if taken > LIMITS.seconds / 2 or result == "crash":
                print(f"{taken:6.2f} s  {result:14} {name}, {how}", flush=True)
    total = sorted(taken for taken, _, _ in seconds)
    print(f"\n| Texts of {size:,} characters | |\n|---|---:|")
    for result, number in outcomes.most_common():
        print(f"| {result} | {number} |")
    print(f"| half within | {total[len(total) // 2]:.2f} s |")
    print(f"| 95 % within | {total[len(total) * 95 // 100]:.2f} s |")
    print(f"| longest | {total[-1]:.2f} s |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 65_536)
