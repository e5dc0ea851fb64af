"""Imports as jobs: interrupted they go on, and what is in the way is waited for."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError, connections, transaction
from django.utils import timezone

from tests.importing.reimports.test_pending import blocks, edit
from tests.importing.runs.upstream import chief, hall, upstream
from troubleshooting.importing import DocumentReport, ImportOutcome
from troubleshooting.importing.documents import import_document
from troubleshooting.importing.runs import acts, tasks
from troubleshooting.importing.runs.recording import Recorder
from troubleshooting.jobs import Interrupted, work_off
from troubleshooting.jobs.run import JobRun
from troubleshooting.models import Article, ImportRun, Job

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_a_rehearsal_shows_the_same_sides_of_a_text_as_the_import(source, is_rehearsal):
    upstream(source, hall_en=hall("A1 / B1"))
    edit("A2 / B1")
    Path(source.location, "hall.en.md").write_text(hall("A3 / B3"), "utf-8")
    run = tasks.start(ImportRun(source=source, is_rehearsal=is_rehearsal))
    work_off()
    (change,) = run.documents.get().changes
    said = {name: side["resolution"] for name, side in change["sides"].items()}
    assert said == {
        "base": blocks("A1 / B1"),
        "ours": blocks("A2 / B1"),
        "upstream": blocks("A3 / B3"),
    }


@pytest.mark.parametrize("is_rehearsal", [False, True])
def test_an_interrupted_import_goes_on(source, monkeypatch, is_rehearsal):
    files = {f"{name}_en": hall(f"A{n}").replace("hall", name) for n, name in
             enumerate(("attic", "cellar", "porch"))}  # fmt: skip
    for name, words in files.items():
        Path(source.location, f"{name.replace('_', '.')}.md").write_text(words, "utf-8")
    run = tasks.start(ImportRun(source=source, is_rehearsal=is_rehearsal))
    calls = []

    def dies(self, done, total, note=""):
        calls.append(note)
        if len(calls) == 2:
            raise Interrupted

    with monkeypatch.context() as patch:
        patch.setattr(JobRun, "progress", dies)
        work_off("long")
    run.refresh_from_db()
    assert run.finished
    assert len(calls) == 5
    assert run.documents.count() == 3
    assert {row.outcome for row in run.documents.all()} == {"created"}
    assert Article.objects.count() == (0 if is_rehearsal else 3)
    assert run.finished <= timezone.now()


def test_a_source_that_is_away_is_told(source):
    source.location = "/nowhere"
    source.save()
    run = tasks.start(ImportRun(source=source))
    work_off()
    run.refresh_from_db()
    assert "hall" in run.error.lower()


def test_a_file_that_is_named_twice_is_imported_once(source):
    path = Path(source.location, "hall.en.md")
    path.write_text(hall("A1"), "utf-8")
    call_command("import_docs", str(path), str(path), verbosity=0)
    assert Article.objects.count() == ImportRun.objects.count() == 1


def test_a_document_that_others_hold_leaves_the_import_unfinished_until_it_is_had(
    source, monkeypatch
):
    for name in ("attic", "cellar"):
        path = Path(source.location, f"{name}.en.md")
        path.write_text(hall("A1").replace("hall", name), "utf-8")
    run = tasks.start(ImportRun(source=source, user=chief()))
    with monkeypatch.context() as patch:
        patch.setattr("troubleshooting.importing.run.import_document", held("attic.en.md"))
        for attempt in range(1, 6):
            Job.objects.update(due=timezone.now())
            work_off("long")
            run.job.refresh_from_db()
            assert run.job.attempts == attempt
            assert run.job.state == ("waiting" if attempt < 5 else "failed")
    run.refresh_from_db()
    source.refresh_from_db()
    assert "attic.en.md" in run.job.error
    assert (run.finished, source.imported) == (None, None)
    assert [Path(row.path).name for row in run.documents.all()] == ["cellar.en.md"]
    assert acts.go_on(run)
    assert not acts.go_on(run)
    work_off("long")
    run.refresh_from_db()
    assert run.finished
    assert {Path(row.path).name: row.outcome for row in run.documents.all()} == {
        "cellar.en.md": "created",
        "attic.en.md": "created",
    }


def held(name: str):
    """Return ``import_document`` while others hold the document called ``name``."""

    def work(read, *args, **options):
        if read.file.display_path.endswith(name):
            raise OperationalError("database is locked")
        return import_document(read, *args, **options)

    return work


@pytest.mark.postgres  # on SQLite there is one writer at a time
@pytest.mark.django_db(transaction=True)
def test_a_killed_import_that_the_server_still_ends_is_waited_for(source, monkeypatch):
    """What the dead one had in work is there before the next looks what is done."""
    upstream_file = Path(source.location, "hall.en.md")
    upstream_file.write_text(hall("A1"), "utf-8")
    run = tasks.start(ImportRun(source=source, user=chief()))
    stored, reached = threading.Event(), threading.Event()

    def dead() -> None:
        try:
            with transaction.atomic():
                recorder = Recorder(run)
                recorder.claim()
                recorder.note(DocumentReport("hall.en.md", ImportOutcome.CREATED))
                stored.set()
                reached.wait(20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=dead)
    thread.start()
    assert stored.wait(20)
    claim = Recorder.claim

    def claims(self) -> None:
        threading.Timer(0.2, reached.set).start()
        claim(self)

    monkeypatch.setattr(Recorder, "claim", claims)
    assert list(Recorder(run).done) == ["hall.en.md"]
    thread.join()
