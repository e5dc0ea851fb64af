"""What the audit says of imports that nobody started by hand, and of those that were given up."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.importing.runs.upstream import hall, upstream
from tests.people import person
from troubleshooting.importing.runs import tasks
from troubleshooting.jobs import RetryLater, work_off
from troubleshooting.models import AuditEntry, ImportRun, Job
from troubleshooting.texts.remarks import in_words

pytestmark = pytest.mark.django_db


def said() -> tuple[str, str, str]:
    entry = AuditEntry.objects.get(kind="importrun")
    return in_words(entry.who), entry.name, in_words(entry.detail)


@pytest.mark.parametrize(
    ("language", "who", "texts"),
    [("en", "a command", "Texts created: 1"), ("fr", "une commande", "Textes créés\xa0: 1")],
)
def test_what_a_command_or_timer_imports_is_noted(
    source, client, settings, language: str, who: str, texts: str
):
    Path(source.location, "hall.en.md").write_text(hall("A1"), "utf-8")
    for _again in range(2):  # the second finds nothing new
        call_command("sync_sources", "hall")
    client.force_login(person("administrator"))
    page = client.get(f"/{language}/admin/troubleshooting/auditentry/").content.decode()
    assert who in page
    assert said()[1] == "Hall"
    assert texts in page
    assert AuditEntry.objects.get().user is None
    found = client.get(f"/{language}/admin/troubleshooting/auditentry/", {"q": who})
    assert "Hall" in found.content.decode()
    assert (
        who in client.get(f"/{language}/admin/troubleshooting/auditentry/csv/").getvalue().decode()
    )


def test_a_source_that_a_command_cannot_read_is_noted_with_the_reason(source):
    source.location = str(Path(source.location) / "nowhere")
    source.save()
    with pytest.raises(CommandError):
        call_command("sync_sources", "hall")
    who, name, detail = said()
    run = ImportRun.objects.get()
    assert (who, name) == ("une commande", "Hall")
    assert detail.startswith("Abandonné")
    assert run.finished
    assert in_words(run.error) in detail


@pytest.mark.parametrize("error", [RetryLater("busy", tasks._AGAIN), RuntimeError("fault")])
def test_an_import_that_is_tried_no_more_is_noted_once(source, monkeypatch, error: Exception):
    def fail(*_values: object) -> None:
        raise error

    upstream(source, hall_en=hall("A1"))
    AuditEntry.objects.all().delete()
    monkeypatch.setattr(tasks, "_import_source", fail)
    run = tasks.start(ImportRun(source=source, user=person("administrator")))
    for _again in range(9):
        Job.objects.update(due=run.created)
        work_off()
    run.job.refresh_from_db()
    assert (run.job.state, run.job.attempts) == (Job.State.FAILED, 5)
    assert (said()[0], said()[1]) == ("administrator", "Hall")
    assert said()[2].startswith("Abandonné")
    assert str(error) in said()[2]


def test_a_rehearsal_that_was_given_up_is_not_noted(source, monkeypatch):
    monkeypatch.setattr(tasks, "Recorder", None)
    tasks.start(ImportRun(source=source, user=person("administrator"), is_rehearsal=True))
    Job.objects.update(attempts=4)
    work_off()
    assert Job.objects.get().state == Job.State.FAILED
    assert not AuditEntry.objects.filter(kind="importrun").exists()


def test_undoing_that_is_tried_no_more_is_noted_with_the_reason(source, monkeypatch):
    def fail(*_values: object) -> None:
        raise RuntimeError("fault")

    upstream(source, hall_en=hall("A1"))
    AuditEntry.objects.all().delete()
    monkeypatch.setattr(tasks, "undo", fail)
    tasks.start_undoing(ImportRun.objects.get(), person("administrator"))
    work_off()
    assert Job.objects.latest("pk").state == Job.State.FAILED
    assert (said()[0], said()[1]) == ("administrator", "Hall")
    assert said()[2].startswith("Import annulé · Fichiers\xa0: 0 · Abandonné")
    assert "fault" in said()[2]
