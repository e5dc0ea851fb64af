"""A folder of documents that is imported as a job."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth.models import User

from tests.importing.reimports.test_pending import DOCUMENT, blocks
from troubleshooting.importing.runs import tasks
from troubleshooting.jobs import work_off
from troubleshooting.models import ImportRun, Source


def upstream(source: Source, **files: str) -> ImportRun:
    """Import ``files`` (by name, ``_`` for the dot) as a job and return its run."""
    for name, words in files.items():
        Path(source.location, f"{name.replace('_', '.')}.md").write_text(words, "utf-8")
    run = tasks.start(ImportRun(source=source, user=chief()))
    work_off()
    run.refresh_from_db()
    assert run.job.state == "done", run.job.error
    return run


def chief() -> User:
    return User.objects.get_or_create(username="chief", defaults={"is_superuser": True})[0]


def hall(wanted: str) -> str:
    return DOCUMENT.format(blocks(wanted))
