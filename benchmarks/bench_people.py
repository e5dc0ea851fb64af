"""How well the search answers what people type: ``tests/search/people.tsv`` over the fixtures.

    python -m benchmarks.bench_people --half report
    python -m benchmarks.bench_people --half tune --misses
    python -m benchmarks.bench_people --without spelling   # see benchmarks/ablation.py
    python -m benchmarks.bench_people --semantic DIR       # with a model made of these documents
    python -m benchmarks.bench_people --corpus DIR --table tests/search/people_corpus.tsv

The queries were written by people who knew the articles and not the search. Rules are made with
the half ``tune`` in sight; what is reported is the other. The database is SQLite unless
DATABASE_URL names a PostgreSQL server where databases can be created and ``--database postgres``
is given. With ``--corpus`` the base is the documents of a folder instead of the fixtures, and
``expected`` are paths of documents below it, with ``#`` and a heading where a part is meant.
"""

from __future__ import annotations

import argparse
import csv
import json
import tempfile
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.ablation import PARTS, without
from benchmarks.stand.database import ROOT, ask, import_fixtures, own_database
from benchmarks.stand.imported import import_corpus, meant

if TYPE_CHECKING:  # Django is set up later
    from troubleshooting.search.result import SearchResult

PEOPLE = ROOT / "tests" / "search" / "people.tsv"
#: What the table has for queries about something else.
OFF_TOPIC = "-"


@dataclass(frozen=True, slots=True)
class PersonsQuery:
    """What a person typed, and what is right.

    ``expected`` are headings or codes of right articles, none if the base has nothing about it.
    """

    id: str
    half: str
    language: str
    kind: str
    text: str
    expected: tuple[str, ...]


def read(path: Path = PEOPLE) -> list[PersonsQuery]:
    """Return the rows of the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            PersonsQuery(
                row["id"],
                row["half"],
                row["language"],
                row["kind"],
                row["query"].replace("\\n", "\n"),
                () if row["expected"] == OFF_TOPIC else tuple(row["expected"].split(" | ")),
            )
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


@dataclass(slots=True)
class Tally:
    """Queries of a kind, and how many were answered how.

    ``first`` and ``third``: a right article is the first hit, or among the first three, guesses
    counted after hits. ``dead``: neither hit nor guess. ``false``: a hit that is no guess where the
    base has nothing.
    """

    asked: int = 0
    first: int = 0
    third: int = 0
    dead: int = 0
    off_topic: int = 0
    false: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, query: PersonsQuery, result: SearchResult, right: Container[int]) -> None:
        """Count the answer to ``query``, for which the articles ``right`` are right."""
        if not query.expected:
            self.off_topic += 1
            self.false += bool(result.hits)
            if result.hits:
                self._note(query, "false", result.hits[0].title)
            return
        shown = [*result.hits, *result.guesses]
        # The page shows hits that say the same as one, at the place of the first.
        says = [(hit.title.casefold(), hit.snippet) for hit in shown]
        places = [one for one, hit in enumerate(shown) if hit.article_id in right]
        place = 1 + len(set(says[: says.index(says[places[0]])])) if places else 0
        self.asked += 1
        self.first += place == 1
        self.third += 1 <= place <= 3
        self.dead += not shown
        if place != 1:
            found = shown[0].title if shown else "NOTHING"
            self._note(query, str(place or "-"), found)

    def _note(self, query: PersonsQuery, place: str, found: str) -> None:
        text = query.text.replace("\n", "\\n")[:110]
        wanted = " | ".join(query.expected)[:60]
        self.wrong.append(
            f"{query.id} {place:5} {query.language} {query.kind:10} {text}"
            f"\n      wanted {wanted}\n      found  {found[:80]}"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--table", type=Path, default=PEOPLE, help="tab-separated, as people.tsv")
    parser.add_argument("--half", choices=("tune", "report", "both"), default="report")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--misses", action="store_true", help="print what went wrong")
    parser.add_argument("--without", action="append", choices=sorted(PARTS), default=[])
    parser.add_argument("--corpus", type=Path, help="folder of documents instead of the fixtures")
    parser.add_argument("--semantic", type=Path, help="folder of documents to make a model of")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    asked = [query for query in read(options.table) if options.half in (query.half, "both")]
    with own_database(options.database), without(options.without):
        if options.corpus:
            import_corpus(options.corpus)
        else:
            import_fixtures()
        with _second_opinion(options.semantic):
            tallies = measure(asked, meant if options.corpus else None)
    if options.misses:
        for tally in tallies.values():
            print("\n".join(tally.wrong))
    print(json.dumps(_shares(tallies)) if options.json else table(tallies, options.half))


@contextmanager
def _second_opinion(documents: Path | None) -> Iterator[None]:
    """Give the search a semantic model made of the fixtures and ``documents``, if any are named."""
    if documents is None:
        yield
        return
    from django.core.management import call_command
    from django.test import override_settings

    from benchmarks.material import corpus, semantic_model

    sections = [*corpus.read(ROOT / "fixtures"), *corpus.read(documents)]
    with tempfile.TemporaryDirectory() as folder:
        semantic_model.make(Path(folder), semantic_model.contexts_of(sections))
        with override_settings(SEMANTIC_MODEL=folder):
            call_command("rebuild_derived", "--vectors", verbosity=0)
            yield


def measure(
    queries: Iterable[PersonsQuery], judge: Callable[[Sequence[str]], Container[int]] | None = None
) -> dict[str, Tally]:
    """Ask every query, and return the tallies by kind, with one for all.

    ``judge`` tells which articles are right; without it those that have an expected name.
    """
    judge = judge or _named(_names())
    tallies: dict[str, Tally] = defaultdict(Tally)
    for query in queries:
        result = ask(query.text, query.language)
        right = judge(query.expected)
        for kind in (query.kind, "all"):
            tallies[kind].add(query, result, right)
    tallies["all"].wrong = []
    return tallies


def _named(names: Mapping[int, Container[str]]) -> Callable[[Sequence[str]], Container[int]]:
    """Return what tells which articles have one of the names that it is given."""
    return lambda expected: {
        number for number, held in names.items() if any(name in held for name in expected)
    }


def _names() -> dict[int, set[str]]:
    """Return by article its titles and headings in all languages, and the codes in it."""
    from troubleshooting.models import ArticleTranslation
    from troubleshooting.texts.sections import SECTIONS

    names: dict[int, set[str]] = defaultdict(set)
    for text in ArticleTranslation.objects.prefetch_related("citations"):
        here = names[text.article_id]
        here.update(one.spelling for one in text.citations.all())
        here.add(text.title)
        lines = (line for name in SECTIONS for line in getattr(text, name).splitlines())
        here.update(line.lstrip("#").strip() for line in lines if line.startswith("#"))
    return names


def _shares(tallies: dict[str, Tally]) -> dict[str, Any]:
    return {
        kind: {
            "asked": one.asked,
            "first": _share(one.first, one.asked),
            "third": _share(one.third, one.asked),
            "dead": _share(one.dead, one.asked),
            "off_topic": one.off_topic,
            "false": _share(one.false, one.off_topic),
        }
        for kind, one in tallies.items()
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def table(tallies: dict[str, Tally], half: str) -> str:
    """Return the figures as Markdown."""
    lines = [
        f"{half} half",
        "",
        "| kind | queries | first | in the first three | dead ends | off topic | false hits |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, one in sorted(_shares(tallies).items(), key=lambda item: (item[0] == "all", item[0])):
        cells = [
            one["asked"],
            one["first"],
            one["third"],
            one["dead"],
            one["off_topic"],
            one["false"],
        ]
        lines.append(
            f"| {kind} | " + " | ".join("–" if c is None else str(c) for c in cells) + " |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
