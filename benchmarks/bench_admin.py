"""What an editor waits for: the list of many articles, the preview and the saving of a long one.

    python -m benchmarks.bench_admin [--size 10000] [--rounds 15] [--json]

The base is the articles of fixtures/, copied with all that is derived from them to the wanted
number, in a folder that is thrown away. Requests go through the whole of Django in this process;
of each kind the median counts. The long article is a fixture's resolution repeated to 40 KB; a save
of it adds a number, which is a major change at once, or words alone, whose size has to be measured.
The columns after the time are of processor time, which a busy machine leaves alone: of this process
and of the one that reads texts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts import portal_server

if TYPE_CHECKING:  # Django is set up later
    from django.http.response import HttpResponseBase

    from troubleshooting.models import Article

Form = dict[str, Any]
#: Figures as they go into JSON.
Report = dict[str, Any]
LONG = 40_000
#: What is aimed at, in milliseconds; the list shall ask at most 10 queries.
AIMS = {
    "list": 300,
    "list, searched": 300,
    "list, filtered": 300,
    "preview, long section": 100,
    "preview, short section": 100,
    "save": 150,
    "save, words alone": 150,
    "save, short text": 150,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark and print its table, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000, help="articles in the base")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        portal_server.prepare(Path(folder))
        os.environ.update(portal_server.environment(Path(folder)))
        os.environ["DJANGO_SETTINGS_MODULE"] = "kbportal.settings"
        import django

        django.setup()
        fill(options.size)
        report = measure(options.rounds)
    print(json.dumps(report, indent=1) if options.json else table(report))


def fill(size: int) -> None:
    """Copy the articles until there are ``size``, with their texts and what is derived."""
    from django.db import transaction

    from troubleshooting.models import Article

    articles = list(Article.objects.order_by("pk"))
    number = len(articles)
    while number < size:
        with transaction.atomic():
            for article in articles[: size - number]:
                _copy(article, number)
                number += 1


def _copy(article: Article, number: int) -> None:
    from django.forms.models import model_to_dict

    from troubleshooting import models

    values = model_to_dict(article, exclude=["id", "platforms", "slug", "owner"])
    copy = models.Article.objects.create(slug=f"{article.slug}-{number}", **values)
    copy.platforms.set(article.platforms.all())
    for text in article.translations.all():
        parts = [list(getattr(text, name).all()) for name in ("revisions", "symptoms", "citations")]
        rendered = text.rendered
        text.pk, text.article = None, copy
        text.save()
        for rows in parts:
            for row in rows:
                row.pk, row.translation = None, text
            if rows:
                type(rows[0]).objects.bulk_create(rows)
        rendered.pk = text.pk
        rendered.save(force_insert=True)


def measure(rounds: int) -> Report:
    """Return median milliseconds and queries of each kind of request."""
    from django.contrib.auth.models import User
    from django.test import Client

    from troubleshooting.models import Article

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create_superuser("editor"))
    article = Article.objects.order_by("pk")[0]
    form = _long_form(article)
    base = "/fr/admin/troubleshooting/article/"

    def save(number: int, change: Callable[[Form, int], Form]) -> HttpResponseBase:
        changed = _based(change(form, number), article)
        return client.post(f"{base}{article.pk}/change/", changed)

    kinds: dict[str, Callable[[int], HttpResponseBase]] = {
        "list": lambda _: client.get(base),
        "list, searched": lambda _: client.get(base, {"q": "appareil"}),
        "list, filtered": lambda _: client.get(base, {"translation": "stale-en"}),
        "preview, long section": lambda n: client.post(f"{base}preview/", _typed(form, n)),
        "preview, short section": lambda n: client.post(f"{base}preview/", _elsewhere(form, n)),
        **{name: partial(save, change=change) for name, change in SAVES.items()},
    }
    return {name: _timed(kind, rounds) for name, kind in kinds.items()} | {
        "articles": Article.objects.count()
    }


def _long_form(article: Article) -> Form:
    text = max((t for t in article.translations.all()), key=lambda t: t.language == "fr")
    longest = max(type(text).objects.values_list("resolution", flat=True), key=len)
    resolution = (f"{longest}\n\n" * (LONG // len(longest) + 1))[:LONG]
    return {**text.texts(), "resolution": resolution, "language": "fr", "article": article.pk}


def _typed(form: Form, number: int) -> Form:
    """Return a little more in the long section, as somebody types there."""
    return {**form, "resolution": f"{form['resolution']}\n\nEssai {number}."}


def _reworded(form: Form, number: int) -> Form:
    """Return other words in the middle of the long section, and no other number."""
    words = form["resolution"].split(" ")
    words[len(words) // 2] = "essai" + "abcdefghij"[number % 10] * (number // 10 + 1)
    return {**form, "resolution": " ".join(words)}


def _short(form: Form, number: int) -> Form:
    return {**form, "resolution": f"1.  Essai {number}."}


def _elsewhere(form: Form, number: int) -> Form:
    return {**form, "cause": f"Essai {number}."}


SAVES = {"save": _typed, "save, words alone": _reworded, "save, short text": _short}


def _based(form: Form, article: Article) -> Form:
    revision = article.translations.get(language="fr").revision_number
    return {**form, "base_revision": revision}


def _timed(request: Callable[[int], HttpResponseBase], rounds: int) -> Report:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for number in range(rounds + 2):
        before = _clocks()
        response = request(number)
        times.append([(now - then) * 1000 for now, then in zip(_clocks(), before, strict=True)])
        if response.status_code >= 400:
            raise RuntimeError(f"answered {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        request(rounds + 2)
    medians = [round(statistics.median(column), 1) for column in zip(*times[2:], strict=True)]
    return dict(zip(("ms", "own", "child"), medians, strict=True)) | {"queries": len(captured)}


def _clocks() -> tuple[float, float, float]:
    """Return seconds by the clock, of processor time of this process, and of its living children.

    The last is 0 where the system does not tell (Linux does).
    """
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    pids = children.read_text().split() if children.exists() else ()
    spent = sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids)
    return time.perf_counter(), time.process_time(), spent / 1e9


def table(report: Report) -> str:
    """Return the figures beside what is aimed at."""
    load = " ".join(f"{load:.1f}" for load in os.getloadavg())
    lines = [
        f"{report['articles']} articles, load {load}",
        f"{'':<24}{'ms':>8}{'aim':>8}{'own':>8}{'child':>8}{'queries':>9}",
    ]
    for name, aim in AIMS.items():
        row = report[name]
        lines.append(
            f"{name:<24}{row['ms']:>8}{aim:>8}{row['own']:>8}{row['child']:>8}{row['queries']:>9}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
