"""Show what share of the documents of the grid is read as an editor would, by value.

``--half report`` shows the shares of the other half; differences are those of the guiding half.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterable

from scripts.truth.grid.measuring import Result, results
from scripts.truth.grid.words import LANGUAGES
from scripts.truth.scoring import MEASURES, mean


def show_figures(found: Iterable[Result]) -> None:
    """Print the averages of each half by language."""
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for result in found:
        groups[result.page.kind, f"{result.page.half} {result.page.language}"].append(result)
        groups[result.page.kind, f"{result.page.half} all"].append(result)
    for (kind, name), group in sorted(groups.items()):
        shown = "  ".join(
            f"{measure} {value:.3f}"
            for measure in MEASURES
            if (value := mean(each.score.values[measure] for each in group)) is not None
        )
        print(f"{kind:<7}{name:<11}{len(group):>4}  right {right(group):.3f}  {shown}")


def show_values(found: Iterable[Result]) -> None:
    """Print the share of documents that are read wholly as expected, by value of each dimension."""
    groups: dict[tuple[str, str, str], list[Result]] = defaultdict(list)
    for result in found:
        for name, value in result.page.row.items():
            groups[result.page.kind, name, value].append(result)
    for (kind, name, value), group in groups.items():
        print(f"{kind:<7}{name:<14}{value:<24}{len(group):>4}  {right(group):.3f}")


def right(group: list[Result]) -> float:
    """Return the share of results without a difference."""
    return sum(result.right for result in group) / len(group)


def show_difference(result: Result) -> None:
    """Print a document with its values, what was expected of it and what was made."""
    print(
        f"\n==== {result.page.language} {result.page.name}\n{result.page.text}",
        *result.told,
        sep="\n  ",
    )


def main() -> None:
    """Score the grid."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("guide", "report"), default="guide")
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--values", action="store_true", help="shares by value")
    parser.add_argument("--differences", type=int, default=0, help="how many, guiding half alone")
    options = parser.parse_args()
    found = [
        result
        for language in ([options.language] if options.language else LANGUAGES)
        for result in results(language)
    ]
    if options.values:
        show_values(result for result in found if result.page.half == options.half)
    wrong = [each for each in found if not each.right and each.page.half == "guide"]
    for result in wrong[: options.differences]:
        show_difference(result)
    show_figures(found)


if __name__ == "__main__":
    main()
