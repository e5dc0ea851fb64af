"""The search without one of its parts: what each is worth is what is lost without it.

    python -m benchmarks.ablation                            # what people type, half to tune by
    python -m benchmarks.ablation --corpus DIR --size 1000   # and queries made from articles

A part is left out by putting something that does nothing in its place, before anything is
indexed if it decides what is. ``PARTS`` says of each what it does.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.stand.database import import_fixtures, own_database

#: What is replaced: module below ``troubleshooting``, name in it, replacement.
Replacement = tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the search, in a few words, and what to replace to be without it."""

    does: str
    replaced: Sequence[Replacement]


@contextmanager
def without(names: Collection[str]) -> Iterator[None]:
    """Leave out the parts ``names``. Raises KeyError for one that there is not."""
    replaced = [one for name in names for one in PARTS[name].replaced]
    with ExitStack() as stack:
        for module, name, instead in replaced:
            stack.enter_context(patch(f"troubleshooting.{module}.{name}", instead))
        yield


def _nothing(value: Callable[[], Any]) -> Callable[..., Any]:
    """Return a function that always returns a fresh ``value()``."""
    return lambda *ignored, **named: value()


def _no_step(value: Callable[[], Any]) -> Callable[..., Any]:
    """Return a step of the search (a generator) that asks nothing and gives a fresh ``value()``."""

    def step(*ignored: Any, **named: Any) -> Generator[list[Any], None, Any]:
        yield from ()
        return value()

    return step


def _no_quoted() -> Any:
    from troubleshooting.search.pasted.sentence import Quoted

    return Quoted()


def _only_all_words(context: Any, plans: Any, match: Any) -> Any:
    """Select in place of ``most_words`` entries that hold all words, and no others."""
    return context.engine.ids(match, context.visible_sets, 50) if match else None


def _whole_word(analyser: Any, word: str) -> str:
    return f"{analyser.language}:{word}"


_MATCHING, _RANKING = "search.fulltext.matching", "search.fulltext.ranking"
_CANDIDATES, _READING = "search.fulltext.candidates", "search.reading.interpretation"
_WORDS, _STEMS = "search.words.vocabulary.Vocabulary", "search.words.stemming.Analyser"
_ENGINE, _QUERY = "search.engine", "search.reading.query"

PARTS: dict[str, Part] = {
    "codes": Part("codes are looked up", [(_READING, "answers_for", _nothing(list))]),
    "arriving": Part("garbled and cut codes are read", [(_QUERY, "arrivals", _nothing(list))]),
    "names": Part(
        "names are read in any writing",
        [
            (_READING, "candidates", _nothing(list)),
            (_QUERY, "published", _nothing(list)),
            (_QUERY, "as_part", _nothing(lambda: None)),
        ],
    ),
    "pieces": Part("unknown names are split", [(_READING, "name_parts", _nothing(list))]),
    "near codes": Part("near codes are offered", [(_ENGINE, "nearest_as_guesses", _no_step(list))]),
    "sentences": Part(
        "messages are found in sentences", [(_ENGINE, "find_quoting", _no_step(_no_quoted))]
    ),
    "asides": Part("who, when, which ticket is dropped", [(_READING, "asides", _nothing(list))]),
    "exact messages": Part(
        "messages of just these words are looked up", [(_MATCHING, "_with_message", _nothing(list))]
    ),
    "all but one": Part("one word of a title may be wrong", [(_MATCHING, "_near", _no_step(list))]),
    "quorum": Part("most of the words will do", [(_MATCHING, "most_words", _only_all_words)]),
    "guesses": Part(
        "guesses are offered",
        [(_ENGINE, "_Candidates.guesses", _nothing(list))],
    ),
    "enough": Part("an answer holds half of the query", [("search.reading.plan", "ENOUGH", 1e-9)]),
    "stemming": Part("endings are taken off", [(_STEMS, "_make", _whole_word)]),
    "roots": Part("words of a root are tried", [(_WORDS, "related", _nothing(list))]),
    "synonyms": Part("words that mean the same are tried", [(_STEMS, "synonyms", _nothing(list))]),
    "translations": Part(
        "words of another language are tried", [(_STEMS, "called_in", _nothing(list))]
    ),
    "fillers": Part("words said around all weigh less", [(_STEMS, "is_filler", _nothing(bool))]),
    "vague": Part("words that name nothing answer nothing", [(_STEMS, "is_vague", _nothing(bool))]),
    "joined": Part(
        "neighbouring words are a name",
        [("search.reading.planning", "joined", _nothing(list))],
    ),
    "spelling": Part("typing errors are corrected", [(_WORDS, "nearest", _nothing(list))]),
    "misread": Part("misread letters are read", [(_WORDS, "misread", _nothing(list))]),
    "beginnings": Part("cut words are completed", [(_WORDS, "extended", _nothing(list))]),
    "title": Part("likeness to the title ranks", [(_RANKING, "TITLE", 0.0)]),
    "message": Part("likeness to a message ranks", [(_RANKING, "MESSAGE", 0.0)]),
    "phrase": Part("neighbours rank", [(_RANKING, "PHRASE", 0.0)]),
    "frequency": Part("frequent words rank", [(_RANKING, "FREQUENCY", 0.0)]),
    "surface": Part("the very words rank", [(_CANDIDATES, "SURFACE", 0.0)]),
    "platform": Part("platforms named in the query rank", [(_CANDIDATES, "PLATFORM", 0.0)]),
}


#: Parts that decide what is indexed: each has a database of its own.
INDEXED = frozenset({"stemming"})
#: Figures of a row.
Cells = list[str]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table: the whole search, then without each part."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", help="folder of documents; without it only what people type")
    parser.add_argument("--size", type=int, default=1000, help="number of articles made of them")
    parser.add_argument("--each", type=int, default=80, help="made queries of each kind")
    parser.add_argument("--half", choices=("tune", "report"), default="tune")
    parser.add_argument("--parts", nargs="*", choices=sorted(PARTS), default=list(PARTS))
    options = parser.parse_args(arguments)
    parts = ["", *options.parts]
    people = _people(parts, options.half)
    made = _made(parts, options) if options.corpus else {part: ["–", "–"] for part in parts}
    print(
        "| without | which | first | in the first three | dead ends | false hits | MRR | p95 ms |\n"
        "|---|---|---:|---:|---:|---:|---:|---:|"
    )
    for part in parts:
        does = PARTS[part].does if part else ""
        print(f"| {part or '(nothing)'} | {does} | {' | '.join(people[part] + made[part])} |")


def _people(parts: Sequence[str], half: str) -> dict[str, Cells]:
    """Return what people's queries get without each of ``parts``."""
    bench_people = import_module("benchmarks.bench_people")
    queries = [query for query in bench_people.read() if query.half == half]

    def ask() -> Cells:
        shares = bench_people._shares(bench_people.measure(queries))["all"]
        return [f"{shares[name]:.3f}" for name in ("first", "third", "dead", "false")]

    return _each(parts, import_fixtures, ask)


def _made(parts: Sequence[str], options: argparse.Namespace) -> dict[str, Cells]:
    """Return what queries made from articles get without each of ``parts``."""
    corpus, multiply, queries, setup, bench_search = (
        import_module(f"benchmarks.{name}")
        for name in (
            *("material.corpus", "material.multiply", "material.queries"),
            *("stand.setup", "bench_search"),
        )
    )
    seed = bench_search.SEED
    articles = multiply.multiply(corpus.read(Path(options.corpus)), options.size, seed)
    asked = bench_search._visible(queries.make(articles, options.each, seed))
    half = asked[0::2] if options.half == "tune" else asked[1::2]

    def ask() -> Cells:
        found = bench_search._ask(half, bench_search.ours)
        return [f"{found['mrr']:.3f}", f"{found['p95_cpu_ms']:.1f}"]

    return _each(parts, lambda: setup.fill(articles), ask)


def _each(
    parts: Sequence[str], fill: Callable[[], object], ask: Callable[[], Cells]
) -> dict[str, Cells]:
    """Return what ``ask`` returns without each of ``parts``, over a base that ``fill`` makes."""
    own = [[part] for part in parts if part in INDEXED]
    cells: dict[str, Cells] = {}
    for group in ([part for part in parts if part not in INDEXED], *own):
        with own_database(), without([part for part in group if part in INDEXED]):
            _forget()
            fill()
            for part in group:
                with without([part] if part and part not in INDEXED else []):
                    cells[part] = ask()
                print(f"{part or '(nothing)'}: {' '.join(cells[part])}", file=sys.stderr)
    _forget()
    return cells


def _forget() -> None:
    """Forget what the process remembers of words and of a base that is gone."""
    frequencies, stemming, vocabulary = (
        import_module(f"troubleshooting.search.words.{name}")
        for name in ("frequencies", "stemming", "vocabulary")
    )
    frequencies.frequencies.clear()
    stemming.analyser.cache_clear()
    vocabulary._vocabularies.clear()


if __name__ == "__main__":
    main()
