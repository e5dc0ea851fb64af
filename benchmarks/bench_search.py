"""How good and how fast the search is, beside full text as it comes and ``icontains``.

    python -m benchmarks.bench_search --corpus DIR --size 10000 --database sqlite

The ranking is tuned on the queries of one half only (``--half tune``); what is reported is the
other half. ``--database postgres`` uses the server that DATABASE_URL names. Below the ranks stand
which share of everyday phrases, about nothing that a base of computers is about, gets a hit that is
not called a guess, and how long a pasted log takes.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import bench_logs, bench_people
from benchmarks.ablation import PARTS, without
from benchmarks.stand.database import ROOT, ask, own_database

if TYPE_CHECKING:  # Django is set up later
    from benchmarks.material.multiply import BenchArticle
    from benchmarks.material.queries import Query
    from troubleshooting.search.index.document import IndexDocument

#: Figures as they go into JSON.
Report = dict[str, Any]
SEED = 20260101
#: Queries about something else, of drawn words.
NONSENSE = 400
#: Such queries as people ask them, in words that computers share.
EVERYDAY = ROOT / "tests" / "search" / "people_everyday.tsv"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its tables, or JSON."""
    options = _options(arguments)
    with own_database(options.database), without(options.without):
        report = measure(options)
    print(json.dumps(report, indent=1, ensure_ascii=False) if options.json else table(report))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    fixtures = ROOT / "fixtures"
    parser.add_argument("--corpus", type=Path, default=os.environ.get("CORPUS") or fixtures)
    parser.add_argument("--size", type=int, default=10_000, help="number of articles")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--each", type=int, default=80, help="queries of each kind, both halves")
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--alone", action="store_true", help="without the two others")
    parser.add_argument("--misses", action="store_true", help="print the queries that went wrong")
    parser.add_argument("--own", type=int, default=0, help="entries of the editors' vocabulary")
    parser.add_argument("--network", type=float, default=0, help="milliseconds for a statement")
    parser.add_argument("--one-by-one", action="store_true", help="a statement for each question")
    parser.add_argument("--without", action="append", choices=sorted(PARTS), default=[])
    parser.add_argument("--json", action="store_true")
    return parser.parse_args(arguments)


def measure(options: argparse.Namespace) -> Report:
    """Fill the database, ask all queries, and return the figures."""
    from benchmarks.material import corpus, multiply, own_words, queries
    from benchmarks.stand import baselines, journeys, setup

    articles = multiply.multiply(corpus.read(Path(options.corpus)), options.size, SEED)
    entries = sum(len(article.languages) for article in articles)
    seconds = setup.fill(articles)
    own_words.keep(articles, options.own, SEED)
    asked = _visible(queries.make(articles, options.each, SEED))
    gc.freeze()  # no server holds the benchmark's articles, nor walks them to collect garbage
    half = asked[0::2] if options.half == "tune" else asked[1::2]
    with journeys.slowed(options.network / 1000), journeys.one_by_one(options.one_by_one):
        report = _report(options, articles, entries / seconds, half)
    if not options.alone:
        baselines.build_plain()
        report["plain"] = _ask(half, baselines.plain)
        few = half[:: max(1, len(half) // 90)] if options.size > 20_000 else half
        report["icontains"] = _ask(few, baselines.contains)
        for name, engine in (("plain", baselines.plain), ("icontains", baselines.contains)):
            report[name]["everyday"] = _everyday_answered(options, engine)
    return report


def _report(
    options: argparse.Namespace,
    articles: Sequence[BenchArticle],
    per_second: float,
    half: Sequence[Query],
) -> Report:
    from benchmarks.material import nonsense, queries

    log = "\n".join(log.text for log in bench_logs.read(options.half))
    return {
        "corpus": Path(options.corpus).name,
        "database": options.database,
        "articles": len(articles),
        "texts": sum(len(article.languages) for article in articles),
        "half": options.half,
        "build_per_second": round(per_second),
        "ours": {
            **_ask(half, ours, options.misses),
            "everyday": _everyday_answered(options, ours),
            "log_cpu_ms": round(bench_logs.milliseconds(log)),
        },
        "false_code_hits": _false_code_hits(queries.texts_without_codes(articles, 1000, SEED)),
        "nonsense_answered": _nonsense_answered(nonsense.make(NONSENSE, SEED), options.misses),
        "save_ms": _save(articles),
    }


def _visible(asked: Iterable[Query]) -> list[Query]:
    """Return the queries that readers who see no drafts can find an answer to."""
    from dataclasses import replace

    kept = []
    for query in asked:
        answers = frozenset(number for number in query.answers if number % 50)
        if answers:
            kept.append(replace(query, answers=answers))
    return kept


def ours(text: str, language: str) -> list[int]:
    """Return the articles that the search finds, with highlights and facets."""
    return [hit.article_id for hit in ask(text, language).hits]


def _ask(
    asked: Sequence[Query], engine: Callable[[str, str], list[int]], misses: bool = False
) -> Report:
    """Return the mean reciprocal rank by kind of query, and times in milliseconds.

    ``cpu`` is the time of this process's own processor, which a busy machine does not stretch;
    what a PostgreSQL server works is not in it.
    """
    for query in asked[:10]:
        engine(query.text, query.language)
    ranks: dict[str, list[float]] = {}
    times, own = [], []
    for query in asked:
        started, worked = time.perf_counter(), time.process_time()
        found = engine(query.text, query.language)
        times.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - worked) * 1000)
        right = [place for place, number in enumerate(found, 1) if number in query.answers]
        ranks.setdefault(query.kind, []).append(1 / right[0] if right else 0.0)
        if misses and right[:1] != [1]:
            place = right[0] if right else "-"
            print(f"{query.kind:22} {place!s:>3} {query.language} {query.text[:110]}")
    flat = [value for values in ranks.values() for value in values]
    return {
        "mrr": round(statistics.mean(flat), 3),
        "by_kind": {kind: round(statistics.mean(values), 3) for kind, values in ranks.items()},
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(statistics.quantiles(times, n=20)[-1], 1),
        "max_ms": round(max(times), 1),
        "p95_cpu_ms": round(statistics.quantiles(own, n=20)[-1], 1),
        "queries": len(flat),
    }


def _false_code_hits(texts: Sequence[str]) -> int:
    """Count in how many of ``texts``, which hold no code, the search claims to have found one."""
    results = (ask(text, "fr") for text in texts)
    return sum(any(hit.tier == "code" for hit in result.hits) for result in results)


def _nonsense_answered(asked: Sequence[tuple[str, str]], misses: bool) -> int:
    """Count the queries about something else that get hits which are not called guesses."""
    answered = [(text, hits) for text, language in asked if (hits := ask(text, language).hits)]
    for text, hits in answered if misses else ():
        print(f"nonsense answered          {text}: {hits[0].title[:80]}")
    return len(answered)


def _everyday_answered(
    options: argparse.Namespace, engine: Callable[[str, str], list[int]]
) -> float:
    """Return the share of the half's everyday phrases that ``engine`` finds something for."""
    asked = [query for query in bench_people.read(EVERYDAY) if query.half == options.half]
    return round(statistics.mean(bool(engine(one.text, one.language)) for one in asked), 3)


def _save(articles: Sequence[BenchArticle]) -> dict[str, float]:
    """Return the milliseconds to save one text with its index entry, committed."""
    from django.db import connection, transaction

    from benchmarks.stand.setup import document, translation_id
    from troubleshooting.models import ArticleTranslation
    from troubleshooting.search.index.writing import write_entry

    times = []
    for place in range(60):
        article = articles[place * 7919 % len(articles)]
        donor = articles[(place + 1) * 104729 % len(articles)]
        language = article.languages[0]
        changed = document(donor, donor.languages[0])
        key = translation_id(article.number, language)
        started = time.perf_counter()
        with transaction.atomic():
            texts = ArticleTranslation.objects.filter(pk=key)
            texts.update(title=changed.title, problem=changed.problem)
            write_entry(connection, _moved(changed, key, article.number, language))
        times.append((time.perf_counter() - started) * 1000)
    return {"p50": round(statistics.median(times), 1), "max": round(max(times), 1)}


def _moved(changed: IndexDocument, key: int, article: int, language: str) -> IndexDocument:
    from dataclasses import replace

    return replace(changed, translation_id=key, article_id=article, language=language)


def table(report: Report) -> str:
    """Return the figures as Markdown, with ratios to what the project does."""
    others = [name for name in ("plain", "icontains") if name in report]
    names = {
        "ours": "this search",
        "plain": "FTS5 as it comes" if report["database"] == "sqlite" else "full text as it comes",
        "icontains": "`icontains`",
    }
    columns = ["ours", *others]
    lines = [
        f"{report['articles']} articles ({report['texts']} texts), {report['database']},"
        f" {report['ours']['queries']} queries, {report['half']} half",
        "",
        "| | " + " | ".join(names[column] for column in columns) + " |",
        "|---|" + "---:|" * len(columns),
        "| **all** | " + " | ".join(f"{report[c]['mrr']:.3f}" for c in columns) + " |",
    ]
    for kind in report["ours"]["by_kind"]:
        values = (report[column]["by_kind"].get(kind) for column in columns)
        shown = ["–" if value is None else f"{value:.3f}" for value in values]
        lines.append(f"| {kind} | " + " | ".join(shown) + " |")
    shown = [f"{report[column]['everyday']:.3f}" for column in columns]
    lines.append("| everyday phrases answered | " + " | ".join(shown) + " |")
    for figure in ("p50_ms", "p95_ms", "max_ms", "p95_cpu_ms"):
        base = report["ours"][figure]
        shown = [f"{base:.1f}"]
        shown += [f"{report[c][figure]:.1f} (× {report[c][figure] / base:.1f})" for c in others]
        lines.append(f"| {figure.replace('_', ' ')} | " + " | ".join(shown) + " |")
    log = f"| log of {bench_logs.LONG // 1000} KB, cpu ms | {report['ours']['log_cpu_ms']} |"
    lines += [
        log + " – |" * len(others),
        "",
        f"Build {report['build_per_second']} texts/s; saving one {report['save_ms']['p50']} ms"
        f" (at most {report['save_ms']['max']}); false code hits in 1,000 texts without codes:"
        f" {report['false_code_hits']}; nonsense queries answered: {report['nonsense_answered']}"
        f" of {NONSENSE}.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
