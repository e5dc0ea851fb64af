"""Kills an import, and the worker that does one, at random moments: what goes on loses nothing.

``python -m scripts.trials.import_kills N SEED`` kills N times, a run and a worker in turn, on a
SQLite database in a folder of its own; with ``--postgres`` on the server of TEST_DATABASE_URL.
Looked at after the kill: whatever document is there is there whole, with the report on it. After
the run went on: all rows that an import writes are those of a run that nobody disturbed. A control
takes the transaction away and has to be noticed.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
import time
from collections.abc import Callable
from itertools import zip_longest
from typing import Any

import psycopg

from benchmarks.bench_import import write
from scripts.trials.kills import FOLDER, SERVER, Moments, asked, done, killed, without_transactions

from django.core.management import call_command  # isort: skip
from django.db import connection  # isort: skip
from django.utils import timezone  # isort: skip

from troubleshooting.importing import import_paths  # isort: skip
from troubleshooting.importing.runs.tasks import start  # isort: skip
from troubleshooting.jobs import queue  # isort: skip
from troubleshooting.jobs.identity import is_dead, new_name  # isort: skip
from troubleshooting.models import (  # isort: skip
    ArticleTranslation,
    ImportedDocument,
    ImportRun,
    Job,
    RenderedTranslation,
    Source,
    SourceDocument,
    SourceEntry,
)
from troubleshooting.texts.sections import SECTIONS  # isort: skip

DOCUMENTS = FOLDER / "tree"
DATABASE = FOLDER / "db.sqlite3"
EMPTY = FOLDER / "empty.sqlite3"
PLAIN, RICH = 12, 3
Rows = dict[str, list[str]]


def by_command() -> None:
    """Import the documents as ``import_docs`` does."""
    source = Source.objects.get()
    report = import_paths([str(DOCUMENTS)], source=source, language="en")
    assert not report.failed


def by_worker() -> None:
    """Do what a worker does when it starts: take up what a dead one left, then the next job."""
    me = new_name()
    queue.reclaim(lambda name: is_dead(name, me))
    while job := queue.claim("long", me):
        queue.perform(job)
        # What others held for too long is tried again later; nobody shall wait for that here.
        Job.objects.filter(state="waiting").update(due=timezone.now())
    assert not Job.objects.exclude(state="done").exists(), list(Job.objects.values())


WAYS: dict[str, Callable[[], None]] = {"run": by_command, "worker": by_worker}


def rows() -> dict[str, Rows]:
    """Return what is stored of each document, by its key, in an order of its own."""
    found: dict[str, Rows] = {}
    for document in SourceDocument.objects.all():
        entries = SourceEntry.objects.filter(document=document).select_related("article")
        texts = ArticleTranslation.objects.filter(article__sources__in=entries)
        found[document.key] = {
            "document": [document.path, document.sha256, document.preamble],
            "entries": sorted(
                f"{e.position} {e.anchor} {e.article.slug} {sorted(e.base.items())}"
                for e in entries
            ),
            "texts": sorted(f"{t.article.slug} {sorted(t.texts().items())}" for t in texts),
            "revisions": sorted(f"{t.article.slug} {t.revision_number}" for t in texts),
        }
    return found


def whole() -> dict[str, Any]:
    """Return all that an import writes, links rendered."""
    html = RenderedTranslation.objects.order_by("translation__article__slug").values_list(
        "translation__article__slug", *SECTIONS
    )
    call_command("check_index", verbosity=0)
    return {"documents": rows(), "html": [list(each) for each in html]}


def restore() -> None:
    """Make the database empty again, with the job of an import that waits."""
    connection.close()
    if SERVER:
        on_server("DROP DATABASE trial WITH (FORCE)", "CREATE DATABASE trial TEMPLATE trial_empty")
        return
    for one in FOLDER.glob("db.sqlite3*"):
        one.unlink()
    shutil.copy(EMPTY, DATABASE)


def on_server(*statements: str) -> None:
    """Execute ``statements`` beside the database of the trial."""
    with psycopg.connect(SERVER, autocommit=True) as server:
        for statement in statements:
            server.execute(statement.encode())


def in_fork(look: Callable[[], object], name: str) -> Any:
    """Return what ``look`` finds in a process of its own: this one keeps no connection."""
    path = FOLDER / f"{name}.json"
    path.unlink(missing_ok=True)

    def work() -> None:
        path.write_text(json.dumps(look()))

    if not done(work):
        return None
    return json.loads(path.read_text())


def differences(found: Any, reference: Any) -> list[str]:
    """Return which documents that were found are other than those of the reference."""
    if found is None:
        return ["nothing could be looked at"]
    return [key for key, each in found.items() if each != reference["documents"].get(key)]


def differing(found: Any, reference: Any) -> list[str]:
    """Return what of a run that went on is other than in that of the reference, shortened."""
    if not found:
        return ["nothing could be looked at"]
    rows = differences(found["documents"], reference)
    rows += [key for key in reference["documents"] if key not in found["documents"]]
    pairs = zip_longest(found["html"], reference["html"])
    html = [f"{left} / {right}"[:300] for left, right in pairs if left != right]
    return [*rows, *html][:5]


def unreported() -> list[str]:
    """Return the files of which a document is stored without a report, or the other way round."""
    reported = set(ImportedDocument.objects.values_list("document", flat=True))
    stored = set(SourceDocument.objects.values_list("pk", flat=True))
    return [str(key) for key in reported ^ stored]


def failures() -> list[str]:
    """Return why documents could not be imported, in the words of their reports."""
    failed = ImportedDocument.objects.filter(outcome="failed")
    return [text for each in failed for text in each.report["messages"]]


def prepare() -> None:
    """Make the documents and an empty database in which an import waits for a worker."""
    if SERVER:
        on_server("CREATE DATABASE trial")
    call_command("migrate", verbosity=0)
    DOCUMENTS.mkdir()
    write(DOCUMENTS, "plain", range(PLAIN))
    write(DOCUMENTS, "rich", range(RICH))
    source = Source.objects.create(slug="tree", name="Tree", location=str(DOCUMENTS))
    start(ImportRun(source=source))
    if SERVER:
        connection.close()
        on_server("CREATE DATABASE trial_empty TEMPLATE trial")
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copy(DATABASE, EMPTY)


def trial(way: str, moment: float, references: dict[str, Any]) -> tuple[bool, list[str]]:
    """Kill ``way`` after ``moment`` seconds, then let it go on; return what is wrong."""
    restore()
    was_hit = killed(WAYS[way], moment)
    wrong = [f"partial: {key}" for key in differences(in_fork(rows, "after"), references[way])]
    if way == "worker":
        lacking = in_fork(unreported, "reports")
        wrong += [f"no report: {key}" for key in lacking or ()]
    if not done(WAYS[way]):
        wrong.append("it did not go on")
    wrong += [f"failed: {each}" for each in in_fork(failures, "failures") or ()]
    end = in_fork(whole, "end")
    if end != references[way]:
        wrong += [f"it ended otherwise: {each}" for each in differing(end, references[way])]
    return was_hit, wrong


def control(chance: random.Random, reference: Any, duration: float) -> bool:
    """Return whether an import without transactions is noticed, of 30 kills."""

    def work() -> None:
        with without_transactions():
            by_command()

    moments = Moments(chance, duration)
    for _ in range(30):
        restore()
        moments.note(killed(work, moments.next()))
        if differences(in_fork(rows, "control"), reference):
            return True
    return False


def main(times: int = 30, seed: int = 1) -> int:
    """Kill an import ``times`` times; return 1 where something was wrong."""
    chance = random.Random(seed)
    wrong: list[str] = []
    hit = 0
    try:
        prepare()
        references, moments = {}, {}
        for way, work in WAYS.items():
            restore()
            began = time.monotonic()
            assert done(work), f"{way} fails by itself"
            moments[way] = Moments(chance, time.monotonic() - began)
            references[way] = in_fork(whole, "reference")
        for number in range(times):
            way = list(WAYS)[number % 2]
            moment = moments[way].next()
            was_hit, found = trial(way, moment, references)
            moments[way].note(was_hit)
            hit += was_hit
            wrong += [f"{way} killed after {moment:.2f} s: {one}" for one in found]
            if (number + 1) % 5 == 0:  # a long trial that is stopped has shown what it saw
                said = f"{number + 1} of {times}, {hit} in time, {len(wrong)} wrong"
                print(said, file=sys.stderr, flush=True)
        print(f"{times} kills, {hit} of them in time")
        if control(chance, references["run"], moments["run"].seconds):
            print("kept   (control) an import without its transaction is noticed")
        else:
            wrong.append("BROKEN (control) an import without its transaction is noticed")
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    print("\n".join(wrong) or "0 partial documents, 0 differences after it went on")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*asked(__doc__, times=30, on_server=True)))
