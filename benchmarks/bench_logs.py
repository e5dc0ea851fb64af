"""How well pasted logs are read: the files of ``tests/search/logs_unseen`` over the fixtures.

    python -m benchmarks.bench_logs --half report
    python -m benchmarks.bench_logs --half tune --misses

Each log stands beside a table of what must be marked in it, what must not, and which article
answers first; ``nothing`` is expected of logs without any documented failure. They were written
before the rules were read. Rules are made with the half ``tune`` in sight; what is reported is the
other. The last lines are the processor time that a log of 150 KB takes, and how much longer that is
than for half of it (twice where the time grows with the length only), and which single log of the
tests, repeated to 150 KB, takes longest.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.stand.database import ROOT, ask, import_fixtures, own_database

if TYPE_CHECKING:  # Django is set up later
    from troubleshooting.search.result import Evidence, SearchResult

LOGS = ROOT / "tests" / "search" / "logs_unseen"
#: Logs of more formats.
OTHER_LOGS = ROOT / "tests" / "search" / "logs"
#: Characters of the log whose time is measured.
LONG = 150_000


@dataclass(frozen=True, slots=True)
class Log:
    """A pasted text and what is expected of its answer.

    ``marked`` and ``unmarked`` are codes and messages; ``first`` is a part of the title of the
    first hit, or a code that its article cites; of a log with ``nothing`` no known evidence and no
    hit is right.
    """

    name: str
    text: str
    language: str
    marked: tuple[str, ...]
    unmarked: tuple[str, ...]
    first: str
    nothing: bool


def read(half: str, folder: Path = LOGS) -> Iterator[Log]:
    """Yield the logs of a half, by name."""
    for path in sorted((folder / half).glob("*.tsv")):
        rows: dict[str, list[str]] = {}
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                rows.setdefault(row["expect"], []).append(row["value"] or "")
        yield Log(
            path.stem,
            path.with_suffix("").read_text(encoding="utf-8"),
            rows["language"][0],
            tuple(rows.get("mark", ())),
            tuple(rows.get("not", ())),
            rows.get("first", [""])[0],
            "nothing" in rows,
        )


@dataclass(slots=True)
class Tally:
    """Logs and what was right: marks, marks that must not be, first hits, silent logs."""

    logs: int = 0
    wanted: int = 0
    marked: int = 0
    unwanted: int = 0
    mismarked: int = 0
    led: int = 0
    first: int = 0
    silent: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, log: Log, result: SearchResult, titles: Sequence[str]) -> None:
        """Count the answer to ``log``; ``titles`` name the first hit: its titles and codes."""
        said = {name for one in result.evidence for name in _names(log, one)}
        missing = [value for value in log.marked if _key(value) not in said]
        extra = [value for value in log.unmarked if _key(value) in said]
        self.logs += 1
        self.wanted += len(log.marked)
        self.marked += len(log.marked) - len(missing)
        self.unwanted += len(log.unmarked)
        self.mismarked += len(extra)
        self.wrong += [f"{log.name}: unmarked {value}" for value in missing]
        self.wrong += [f"{log.name}: marked {value}" for value in extra]
        if log.first:
            right = any(_key(log.first) in _key(title) for title in titles)
            self.led += 1
            self.first += right
            if not right:
                self.wrong.append(f"{log.name}: first {titles[:1]} for {log.first}")
        if log.nothing:
            known = [one for one in result.evidence if one.known]
            self.silent += 1
            self.false += bool(result.hits or known)
            if result.hits or known:
                self.wrong.append(f"{log.name}: says {known or result.hits[0].title}")


def _names(log: Log, evidence: Evidence) -> Iterator[str]:
    yield _key(evidence.value)
    yield _key(log.text[evidence.start : evidence.end])


def _key(value: str) -> str:
    """Return a value however it is spelt: codes and messages alike."""
    from troubleshooting.texts.codes import parse_code

    code = parse_code(value)
    return code.canonical.casefold() if code else value.replace("’", "'").casefold()


def measure(half: str) -> Tally:
    """Import the fixtures, paste every log of a half and return the tally."""
    import_fixtures()
    tally = Tally()
    for log in read(half):
        result = ask(log.text, log.language)
        tally.add(log, result, _titles(result))
    return tally


def _titles(result: SearchResult) -> list[str]:
    from troubleshooting.models import ArticleTranslation

    titles: list[str] = []
    for hit in result.hits[:1]:
        for text in ArticleTranslation.objects.filter(article_id=hit.article_id):
            titles += [text.title, *(one.spelling for one in text.citations.all())]
    return titles


def milliseconds(text: str, characters: int = LONG) -> float:
    """Return the least processor time of three that ``text``, repeated, takes."""
    text = (text * (characters // len(text) + 1))[:characters]
    times = []
    for _ in range(3):
        started = time.process_time()
        ask(text, "en")
        times.append(time.process_time() - started)
    return min(times) * 1000


def slowest() -> tuple[float, str]:
    """Return the processor time of the log of the tests that takes longest, and its name."""
    files = [*OTHER_LOGS.glob("*"), *LOGS.glob("*/*")]
    logs = [path for path in files if path.is_file() and path.suffix not in (".tsv", ".py")]
    return max((milliseconds(path.read_text("utf-8") + "\n"), path.name) for path in logs)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    options = parser.parse_args(arguments)
    with own_database():
        tally = measure(options.half)
        text = "".join(log.text + "\n" for log in read(options.half))
        spent = milliseconds(text)
        ratio = spent / milliseconds(text, LONG // 2)
        most, name = slowest()
    if options.misses:
        print("\n".join(tally.wrong))
    print(table(tally, options.half))
    print(f"\n{LONG // 1000} KB: {spent:.0f} ms of processor time, {ratio:.1f} times half of it")
    print(f"At most {most:.0f} ms, for {name}")


def table(tally: Tally, half: str) -> str:
    """Return the figures as Markdown."""
    return "\n".join(
        [
            f"{half} half, {tally.logs} logs",
            "",
            "| what | right | of |",
            "|---|---:|---:|",
            f"| codes and messages marked | {tally.marked} | {tally.wanted} |",
            f"| left unmarked | {tally.unwanted - tally.mismarked} | {tally.unwanted} |",
            f"| right article first | {tally.first} | {tally.led} |",
            f"| nothing said of logs without a failure | {tally.silent - tally.false}"
            f" | {tally.silent} |",
        ]
    )


if __name__ == "__main__":
    main()
