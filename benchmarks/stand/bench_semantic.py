"""What a second opinion by meaning costs in a large base: memory, time, rank.

    python -m benchmarks.stand.bench_semantic --corpus DIR --size 10000 --database sqlite

The model is made of the documents themselves (``material/semantic_model``), with vectors of 256
numbers, as many as usual. Each query is asked without it and with it in turns.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench_search import SEED, Report
from benchmarks.stand.database import own_database

_SIZE = 256


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--size", type=int, default=10_000, help="number of articles")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    options = parser.parse_args(arguments)
    with own_database(options.database), tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measure(options.corpus, options.size, Path(folder)), indent=1))


def measure(documents: Path, size: int, folder: Path) -> Report:
    """Fill the database, make a model, and return the figures."""
    from django.core.management import call_command
    from django.test import override_settings

    from benchmarks.bench_search import _visible, ours
    from benchmarks.material import corpus, multiply, queries, semantic_model
    from benchmarks.stand import setup

    sections = corpus.read(documents)
    articles = multiply.multiply(sections, size, SEED)
    setup.fill(articles)
    semantic_model.make(folder, semantic_model.contexts_of(sections), _SIZE)
    asked = _visible(queries.make(articles, 80, SEED))[1::2]
    for query in asked[:10]:
        ours(query.text, query.language)
    with override_settings(SEMANTIC_MODEL=str(folder)):
        started = time.process_time()
        call_command("rebuild_derived", "--vectors", verbosity=0)
        written = time.process_time() - started
        before, first, again = _memory(), *_reading()
        held = _memory() - before
    times: dict[str, list[float]] = {"": [], str(folder): []}
    ranks: dict[str, list[float]] = {"": [], str(folder): []}
    for query in asked:
        for model in times:
            with override_settings(SEMANTIC_MODEL=model):
                worked = time.process_time()
                found = ours(query.text, query.language)
                times[model].append((time.process_time() - worked) * 1000)
            right = [place for place, number in enumerate(found, 1) if number in query.answers]
            ranks[model].append(1 / right[0] if right else 0.0)
    entries = sum(len(article.languages) for article in articles)
    return {
        "texts": entries,
        "vectors_a_second": round(entries / written),
        "first_reading_ms": round(first * 1000),
        "reading_after_a_change_ms": round(again * 1000, 1),
        "memory_mb": round(held, 1),
        "without": _figures(times[""], ranks[""]),
        "with": _figures(times[str(folder)], ranks[str(folder)]),
    }


def _figures(times: list[float], ranks: list[float]) -> Report:
    return {
        "mrr": round(statistics.mean(ranks), 3),
        "p50_cpu_ms": round(statistics.median(times), 1),
        "p95_cpu_ms": round(statistics.quantiles(times, n=20)[-1], 1),
    }


def _reading() -> tuple[float, float]:
    """Return the seconds of processor time to read all vectors, and to read one that is new."""
    from django.db import connection

    from benchmarks.bench_search import ours
    from troubleshooting.caching import version

    found = []
    for _ in range(2):
        started = time.process_time()
        ours("nothing that anyone wrote", "en")
        found.append(time.process_time() - started)
        version.renew(connection)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE troubleshooting_searchvector SET id = id + 1000000"
                " WHERE id = (SELECT MAX(id) FROM troubleshooting_searchvector)"
            )
    return found[0], found[1]


def _memory() -> float:
    """Return what this process holds in memory, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1_000_000


if __name__ == "__main__":
    main()
