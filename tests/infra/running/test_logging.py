"""The log: never what a reader typed; that for machines not even who asks, and for which page."""

from __future__ import annotations

import json
import logging

import pytest
from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousFileOperation
from django.test import Client

from kbportal import logs
from troubleshooting.texts.bounded import child
from troubleshooting.views.articles.page import ArticleView

pytestmark = pytest.mark.django_db

#: Somebody's words, in every place of a request where they can stand.
SAID = "Marie-Curie-0612345678"
MULTIPART = "multipart/form-data; boundary="
ADDRESS = "203.0.113.7"


class Written(logging.Handler):
    """Formats each record when it is written, as the terminal would."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logs.JsonFormatter())
        self.lines: list[dict] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@pytest.fixture
def written(settings):
    settings.LOG_FORMAT = "json"
    handler, root = Written(), logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.removeHandler(handler)
    root.setLevel(level)


def failing(error: Exception):
    def fail(*args, **options):
        raise error

    return fail


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (404, None),
        (403, "csrf"),
        (405, "method"),
        (400, BadRequest(SAID)),
        (400, SuspiciousFileOperation(SAID)),
        (403, PermissionDenied(SAID)),
        (500, ValueError(SAID)),
    ],
    ids=str,
)
def test_what_a_request_makes_the_portal_log_names_it_and_nothing_else(
    written, monkeypatch, status, error
):
    client = Client(
        raise_request_exception=False, enforce_csrf_checks=error == "csrf", REMOTE_ADDR=ADDRESS
    )
    page = f"/fr/articles/{SAID}/"
    if isinstance(error, Exception):
        monkeypatch.setattr(ArticleView, "dispatch", failing(error))
    if error in ("csrf", "method"):
        page = "/fr/sign-in/" if error == "csrf" else page
    answer = client.post(f"{page}?q={SAID}", {"text": SAID}) if error in ("csrf", "method") else (
        client.get(f"{page}?q={SAID}", headers={"user-agent": SAID})
    )  # fmt: skip
    assert answer.status_code == status
    said = json.dumps(written.lines)
    assert SAID not in said
    assert ADDRESS not in said
    name = answer.headers["X-Request-ID"]
    about = [one for one in written.lines if one["logger"].startswith("django.")]
    assert about, "Django logs what was refused"
    assert {one["request"] for one in about} == {name}
    assert all(one["where"] for one in about)


def test_words_of_the_server_about_a_request_are_left_out(written):
    logging.getLogger("waitress").info("Client disconnected while serving %s", f"/fr/{SAID}/")
    logging.getLogger("gunicorn.error").info("Listening at: %s", "http://127.0.0.1:8000")
    gone, begun = written.lines
    assert SAID not in json.dumps(gone)
    assert "test_logging.py" in gone["where"][0]
    assert begun["message"].startswith("Listening at")


def test_a_fault_of_a_child_does_not_repeat_the_text(monkeypatch):
    monkeypatch.setitem(child.JOBS, "broken", failing(ValueError(SAID)))
    kind, account = child._outcome("broken", (), child._Nobody())
    assert kind == "broken"
    assert SAID not in account
    assert "in fail" in account
    assert account.endswith("ValueError")


def test_missing_pages_are_logged_without_their_query(client, caplog):
    client.get("/fr/no-such-page/?q=telephone+de+Marie")
    assert any("/fr/no-such-page/" in record.getMessage() for record in caplog.records)
    assert "Marie" not in caplog.text


def test_sql_is_not_logged_even_at_debug():
    assert logging.getLogger("django.db.backends").getEffectiveLevel() >= logging.INFO
    assert settings.LOGGING["loggers"]["django.db.backends"]["level"] == "INFO"
