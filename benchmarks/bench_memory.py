"""What the translation memory costs the page on which a text is translated, and what it finds.

    python -m benchmarks.bench_memory [--corpus DIR] [--size 10000] [--rounds 9]
    python scripts/private_postgres.py .venv/bin/python -m benchmarks.bench_memory

The base is made of the bilingual sections of a corpus, recombined: every other paragraph has a word
or a number of its own, as if somebody had written it again. The page is that of an article that
has no translation yet, asked in turn with the memory and without. What the memory finds is compared
with what a comparison with every unit finds.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from scripts import portal_server

if TYPE_CHECKING:  # Django is set up later
    from benchmarks.material.multiply import BenchArticle

SEED = 7
#: Rows of the page that is measured, and texts whose best match is looked for by comparing all.
ROWS, ASKED = 20, 60
_LANGUAGES = ("fr", "en")
_AT_ONCE = 500
#: What the page asks.
PLACE = "troubleshooting.admin.translating.page.matches_for"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    fixtures = Path(__file__).resolve().parent.parent / "fixtures"
    parser.add_argument("--corpus", type=Path, default=os.environ.get("CORPUS") or fixtures)
    parser.add_argument("--size", type=int, default=10_000, help="articles in the base")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        url = os.environ.get("TEST_DATABASE_URL", "")
        os.environ.update(portal_server.environment(Path(name), DATABASE_URL=url))
        os.environ["DJANGO_SETTINGS_MODULE"] = "kbportal.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        _measure(options)


def _measure(options: argparse.Namespace) -> None:
    from benchmarks.material import corpus, multiply

    read = corpus.read(Path(options.corpus))
    sections = [one for one in read if set(_LANGUAGES) <= set(one.titles)]
    articles = multiply.multiply(sections, options.size, SEED)
    fill(articles, random.Random(SEED))
    _report_building()
    address = _untranslated()
    _report_page(address, options.rounds)
    _report_found()


def fill(articles: Sequence[BenchArticle], chance: random.Random) -> None:
    """Store the articles with a French text and its English translation."""
    from troubleshooting.models import Article, ArticleTranslation, Revision

    for start in range(0, len(articles), _AT_ONCE):
        some = articles[start : start + _AT_ONCE]
        rows = Article.objects.bulk_create(
            Article(slug=f"a-{one.number}", status="published") for one in some
        )
        texts = [
            ArticleTranslation(
                article=row,
                language=language,
                source_language="" if language == "fr" else "fr",
                source_revision=int(language != "fr"),
                revision_number=1,
                **said,
            )
            for row, one in zip(rows, some, strict=True)
            for language, said in zip(_LANGUAGES, _texts(one, chance), strict=True)
        ]
        ArticleTranslation.objects.bulk_create(texts)
        Revision.objects.bulk_create(
            Revision(translation=text, number=1, **text.texts()) for text in texts
        )


def _texts(article: BenchArticle, chance: random.Random) -> Iterator[dict[str, str]]:
    """Yield the texts of each language; what is changed in one is changed in both."""
    changes = [chance.choice(("", f"N{chance.randrange(10**6)}")) for _ in article.paragraphs]
    for language in _LANGUAGES:
        steps = (
            f"1.  {' '.join(filter(None, (paragraph.texts[language].text, change)))}"
            for paragraph, change in zip(article.paragraphs, changes, strict=True)
        )
        yield {
            "title": f"{article.title.texts[language].text[:280]} {article.number}",
            "resolution": "\n".join(" ".join(step.split()) for step in steps),
        }


def _report_building() -> None:
    from troubleshooting.memory.building import AT_ONCE, align, outdated
    from troubleshooting.models import AlignedUnit, AlignedUnitKey, Article

    began, calls = time.process_time(), []
    while texts := list(outdated().order_by("pk")[:AT_ONCE]):
        start = time.perf_counter()
        align(texts)
        calls.append(time.perf_counter() - start)
    spent = time.process_time() - began
    number = Article.objects.count()
    print(f"{number} articles, load {os.getloadavg()[0]:.1f}")
    print(f"units {AlignedUnit.objects.count()}, keys {AlignedUnitKey.objects.count()}")
    print(f"aligning: {1000 * spent / number:.1f} ms of processor time an article,"
          f" longest call of the worker {max(calls):.2f} s")  # fmt: skip


def _untranslated() -> str:
    """Make an article of rows that others have nearly so; return its page."""
    from troubleshooting.models import Article, ArticleTranslation, Revision

    article = Article.objects.create(slug="new", status="draft")
    steps = [f"{step} et puis" if n % 2 else step for n, step in enumerate(_asked(ROWS))]
    text = ArticleTranslation.objects.create(
        article=article, language="fr", title="Neuf", revision_number=1,
        resolution="\n".join(f"1.  {step}" for step in steps),
    )  # fmt: skip
    Revision.objects.create(translation=text, number=1, **text.texts())
    return f"/fr/admin/troubleshooting/article/{article.pk}/translate/en/"


def _asked(number: int) -> list[str]:
    from troubleshooting.models import AlignedUnit

    # One language sorts before the other: French is the second.
    units = AlignedUnit.objects.order_by("digest")[: 20 * number : 20]
    return [unit.in_language("fr") for unit in units]


def _report_page(address: str, rounds: int) -> None:
    from django.contrib.auth.models import User
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from troubleshooting.memory import matches_for

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create_superuser("editor"))
    times: dict[bool, list[float]] = {True: [], False: []}
    queries = {}
    for number in range(2 * rounds + 2):
        is_with = bool(number % 2)
        found = matches_for if is_with else lambda *_asked: {}
        with patch(PLACE, new=found), CaptureQueriesContext(connection) as captured:
            start = time.process_time()
            answer = client.get(address)
            times[is_with].append(1000 * (time.process_time() - start))
        if answer.status_code != 200:
            raise RuntimeError(f"answered {answer.status_code}")
        queries[is_with] = len(captured)
        offered = answer.content.decode().count('class="match"')
    median = {is_with: statistics.median(some[1:]) for is_with, some in times.items()}
    print(f"page of {ROWS} rows: {median[False]:.1f} ms without ({queries[False]} queries),"
          f" {median[True]:.1f} ms with ({queries[True]} queries, {offered} offers),"
          f" ratio {median[True] / median[False]:.2f}")  # fmt: skip


def _report_found() -> None:
    """Say how many texts whose best unit a comparison with all finds get one as good."""
    from troubleshooting.memory import matches_for
    from troubleshooting.memory.finding import LEAST, NEARLY
    from troubleshooting.models import AlignedUnit
    from troubleshooting.texts.translating.memory import percent_alike, words_of

    chance = random.Random(SEED)
    asked = [_rewritten(text, chance) for text in _asked(ASKED)]
    units = [words_of(unit.in_language("fr")) for unit in AlignedUnit.objects.all()]
    start = time.perf_counter()
    found = matches_for(asked, "fr", "en")
    taken = time.perf_counter() - start
    start = time.perf_counter()
    missed = best_of_all = 0
    for text in asked:
        words = words_of(text)
        best = min(NEARLY, max(percent_alike(words, unit, LEAST) for unit in units))
        best_of_all += best >= LEAST
        missed += best >= LEAST and (not found[text] or found[text][0].percent < best)
    print(f"{len(asked)} texts with words changed: by comparing all, {best_of_all} have a match"
          f" ({time.perf_counter() - start:.2f} s); the memory offers one as good for"
          f" {best_of_all - missed} ({taken:.3f} s)")  # fmt: skip


def _rewritten(text: str, chance: random.Random) -> str:
    """Return the text with a tenth of its words replaced, one at least."""
    words = text.split()
    for place in chance.sample(range(len(words)), max(1, len(words) // 10)):
        words[place] = f"mot{chance.randrange(100)}"
    return " ".join(words)


if __name__ == "__main__":
    main()
