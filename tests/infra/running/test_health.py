"""Probes, the doctor, and a log that machines read."""

from __future__ import annotations

import json
import logging
import platform
import re
import sys
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from kbportal import logs, probes
from kbportal.limits import clients
from tests.infra.project import read
from troubleshooting.jobs import LONG
from troubleshooting.models import Job, MediaImage, SearchLog
from troubleshooting.operation import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def fresh(monkeypatch):
    monkeypatch.setattr(probes, "_ANSWER_SECONDS", -1.0)


def test_the_process_lives_whatever_host_is_asked_for(client: Client, settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = client.get("/healthz", HTTP_HOST="10.0.0.9")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.usefixtures("fresh")
def test_it_is_ready_when_all_that_serving_needs_is_there(client: Client):
    answer = client.get("/readyz", HTTP_HOST="10.0.0.9")
    assert answer.status_code == 200
    assert set(answer.json()) == {"database", "migrations", "index", "disk", "worker"}
    assert set(answer.json().values()) == {"ok"}


@pytest.mark.usefixtures("fresh")
def test_it_is_not_ready_without_a_database_and_says_no_more(client: Client, monkeypatch):
    def away() -> None:
        raise OperationalError("password authentication failed for user chief")

    monkeypatch.setattr(connection, "cursor", away)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "failed"
    assert "chief" not in answer.content.decode()


def free(size: int):
    return lambda _folder: SimpleNamespace(free=size)


#: What is done to the portal -> the check that notices, whether it is grave, words of the remedy.
FAULTS = {
    "a full disk": (
        lambda patch, settings: patch.setattr(health.shutil, "disk_usage", free(5_000_000)),
        "disk", True, "DATA_DIR",
    ),
    "a nearly full disk": (
        lambda patch, settings: patch.setattr(health.shutil, "disk_usage", free(500_000_000)),
        "disk", False, "DATA_DIR",
    ),
    "a folder that is not there": (
        lambda patch, settings: setattr(settings, "DATA_DIR", Path("/nowhere/portal")),
        "disk", False, "Créez le dossier",
    ),
    "tables of another version": (
        lambda patch, settings: patch.setattr(
            health.MigrationExecutor, "migration_plan", lambda *_: ["one"]
        ),
        "migrations", True, "manage.py migrate",
    ),
    "an image without its file": (
        lambda patch, settings: MediaImage.objects.create(
            name="0" * 16 + ".png", file="gone.png", content_type="image/png",
            width=1, height=1, size=1,
        ),
        "files", False, "DATA_DIR/media",
    ),
    "a clock that went backwards": (
        lambda patch, settings: SearchLog.objects.create(
            kind="words", language="fr", created=timezone.now() + timedelta(days=1)
        ),
        "clock", False, "NTP",
    ),
    "jobs that nobody does": (
        lambda patch, settings: Job.objects.create(
            task="x", queue=LONG, due=timezone.now() - timedelta(days=1)
        ),
        "worker", False, "manage.py worker",
    ),
    "a proxy that is not named": (
        lambda patch, settings: setattr(settings, "IS_LOCAL", False),
        "deployment", False, "TRUSTED_PROXIES",
    ),
    "a mail server that is away": (
        lambda patch, settings: (
            setattr(settings, "EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend"),
            setattr(settings, "EMAIL_HOST", "127.0.0.1"),
            setattr(settings, "EMAIL_PORT", 1),
        ),
        "mail", False, "EMAIL_URL",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_the_doctor_says_what_is_wrong_and_the_remedy(fault: str, monkeypatch, settings, capsys):
    cause, check, is_grave, remedy = FAULTS[fault]
    assert [one for one in health.examine(check) if remedy in one.remedy] == []
    cause(monkeypatch, settings)
    found = [one for one in health.examine(check) if remedy in one.remedy]
    assert [one.is_grave for one in found] == [is_grave]
    with pytest.raises(SystemExit) if is_grave else suppress(SystemExit):
        call_command("doctor")
    assert remedy in capsys.readouterr().out


def test_the_doctor_names_the_versions_of_the_portal_and_of_what_it_runs_on(capsys):
    with suppress(SystemExit):
        call_command("doctor")
    version = re.search(r'^version = "([\d.]+)"$', read("pyproject.toml"), re.MULTILINE)[1]
    first = capsys.readouterr().out.partition("\n")[0]
    assert first.startswith(f"Portal {version}, Python {platform.python_version()}, Django ")


@pytest.mark.usefixtures("fresh")
def test_without_a_worker_readers_are_served(client: Client):
    Job.objects.create(task="x", queue=LONG, due=timezone.now() - timedelta(days=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["worker"]) == (200, "failed")


def line(record: logging.LogRecord) -> dict:
    return json.loads(logs.JsonFormatter().format(record))


def test_each_request_has_a_line_without_what_was_typed_or_who_asks(client, settings, caplog):
    settings.LOG_FORMAT = "json"
    with caplog.at_level(logging.INFO, "portal.access"):
        answer = client.get("/fr/search/?q=Marie+Curie", REMOTE_ADDR="203.0.113.7")
        client.get("/fr/codes/Marie-Curie/")
    said = [line(record) for record in caplog.records if record.name == "portal.access"]
    assert [(one["view"], one["status"]) for one in said] == [
        ("troubleshooting:search", 200), ("troubleshooting:code", 404),
    ]  # fmt: skip
    assert len(answer.headers["X-Request-ID"]) == 32
    assert "Marie" not in json.dumps(said)
    assert "203.0.113.7" not in json.dumps(said)


def test_an_error_says_where_it_arose_but_not_its_words():
    try:
        raise ValueError("the text of somebody")
    except ValueError:
        record = logging.LogRecord("x", logging.ERROR, "f", 1, "It failed", (), sys.exc_info())
    said = line(record)
    assert said["error"] == "builtins.ValueError"
    assert "test_health.py" in said["where"][-1]
    assert "somebody" not in json.dumps(said)


@pytest.mark.parametrize(
    ("given", "proxies", "is_kept"),
    [
        ("a1b2c3d4-e5f6", "127.0.0.1", True),
        ("a1b2c3d4-e5f6", "", False),
        ('x"\n{"level":', "127.0.0.1", False),
        ("short", "127.0.0.1", False),
        ("x" * 65, "127.0.0.1", False),
    ],
)
def test_the_name_of_a_request_is_believed_of_a_proxy_alone(
    client, settings, monkeypatch, given: str, proxies: str, is_kept: bool
):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    settings.TRUSTED_PROXIES = clients.trusted_proxies()
    answer = client.get("/healthz", HTTP_X_REQUEST_ID=given)
    assert (answer.headers["X-Request-ID"] == given) is is_kept
