"""Whoever signs in or saves while an import or its rehearsal runs need not wait for it.

An import takes its time where the child processes read texts and pictures. Whenever they do, no
transaction is open, so that every other writer has its turn at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, connections
from django.test import Client

from tests.importing.conftest import TABLE
from tests.people import person
from tests.pictures import picture
from troubleshooting.editing import save_translation
from troubleshooting.importing import ImportOutcome, import_paths
from troubleshooting.importing.documents import import_document
from troubleshooting.models import Article, ArticleTranslation, Revision
from troubleshooting.texts.bounded.pool import Pool

pytestmark = pytest.mark.django_db(transaction=True)

ENGLISH = """\
---
title: Errors
---
# Errors

See [the other one](#stuck) and [the codes](#codes).

## <a name="stuck"></a>An Android device hangs
**Problem:** It hangs. ![Screen](media/screen.png)

**Resolution:**

1. Restart it.

## <a name="more"></a>The clock is wrong
**Problem:** The clock is wrong.

**Resolution:** See [above](#stuck).
"""


LOCKED = OperationalError("database is locked")
MADE_BY_OTHERS = IntegrityError("UNIQUE constraint failed")


class Held:
    """``import_document`` of documents that others hold: the first time each, or always."""

    def __init__(self, *, error: Exception = LOCKED, always: bool = False) -> None:
        self.error, self.always = error, always
        self.calls = 0
        self._met: set[str] = set()

    def __call__(self, read, *args, **options):
        self.calls += 1
        if self.always or read.file.display_path not in self._met:
            self._met.add(read.file.display_path)
            raise self.error
        return import_document(read, *args, **options)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two documents, one in two languages and with a picture."""
    folder = tmp_path / "tree"
    (folder / "media").mkdir(parents=True)
    (folder / "media" / "screen.png").write_bytes(picture())
    (folder / "errors.fr.md").write_text(TABLE, "utf-8")
    (folder / "errors.en.md").write_text(ENGLISH, "utf-8")
    (folder / "other.en.md").write_text(ENGLISH.replace("Errors", "Other errors"), "utf-8")
    return folder


@pytest.fixture
def slow_moments(monkeypatch) -> Iterator[list[Callable[[], None]]]:
    """What to do at the next moments when texts or pictures are read; each is done once."""
    waiting: list[Callable[[], None]] = []
    genuine = Pool.call

    def call(self, job, *arguments, **options):
        if threading.current_thread() is threading.main_thread():
            assert not connection.in_atomic_block, f"a transaction waits for the job “{job}”"
            if waiting:
                _elsewhere(waiting.pop(0))
        return genuine(self, job, *arguments, **options)

    monkeypatch.setattr(Pool, "call", call)
    yield waiting
    assert not waiting


def _elsewhere(act: Callable[[], None]) -> None:
    """Does it as another process would, with a connection of its own."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def sign_in() -> None:
    values = {"username": "reader", "password": "reader-password"}
    response = Client().post("/fr/sign-in/", values)
    assert response.status_code == 302


def save(text: str) -> Callable[[], None]:
    def act() -> None:
        article = Article.objects.get(slug="own")
        texts = {"title": "Own", "problem": text}
        save_translation(
            article=article, language="en", texts=texts, author=None, origin=Revision.Origin.EDITOR
        )

    return act


@pytest.mark.parametrize("dry_run", [True, False], ids=["rehearsal", "import"])
@pytest.mark.parametrize("again", [False, True], ids=["first", "again"])
def test_others_write_whenever_an_import_reads(tree: Path, slow_moments, dry_run, again):
    person("reader")
    Article.objects.create(slug="own")
    save("Nothing.")()
    if again:
        import_paths([str(tree)])
        stuck = ArticleTranslation.objects.get(article__slug="stuck", language="en")
        texts = {**stuck.texts(), "cause": "Nobody knows."}
        save_translation(
            article=stuck.article, language="en", texts=texts, author=None, origin="editor"
        )
        for name in ("errors.en.md", "other.en.md"):
            path = tree / name
            path.write_text(path.read_text("utf-8").replace("Restart", "Switch off"), "utf-8")
    slow_moments += [act for n in range(3) for act in (sign_in, save(f"Moment {n}."))]
    run = import_paths([str(tree)], dry_run=dry_run)
    assert not run.failed
    assert ArticleTranslation.objects.get(article__slug="own").problem == "Moment 2."


def test_a_save_in_the_middle_is_met_like_an_earlier_one(tree: Path, slow_moments):
    """What was read before the transaction is outdated by then: the newer text is merged."""
    import_paths([str(tree)])
    path = tree / "errors.en.md"
    path.write_text(path.read_text("utf-8").replace("It hangs", "It stops"), "utf-8")
    stuck = ArticleTranslation.objects.get(article__slug="stuck", language="en")
    planned = ArticleTranslation.objects.count()

    def edit() -> None:
        texts = {**stuck.texts(), "cause": "Nobody knows."}
        save_translation(
            article=stuck.article, language="en", texts=texts, author=None, origin="editor"
        )

    slow_moments += [lambda: None] * 2 + [edit]
    run = import_paths([str(path)])
    stuck.refresh_from_db()
    assert run.documents[0].articles[0].outcome is ImportOutcome.MERGED
    assert (stuck.cause, "It stops" in stuck.problem) == ("Nobody knows.", True)
    assert ArticleTranslation.objects.count() == planned


def test_a_rehearsal_reports_what_the_import_then_does(tree: Path):
    for change in ("", "Restart"):
        path = tree / "other.en.md"
        path.write_text(path.read_text("utf-8").replace(change or "\0", "Leave"), "utf-8")
        rehearsed = import_paths([str(tree)], dry_run=True)
        done = import_paths([str(tree)])
        assert [d.as_json() for d in rehearsed.documents] == [d.as_json() for d in done.documents]


@pytest.mark.parametrize("dry_run", [True, False], ids=["rehearsal", "import"])
@pytest.mark.parametrize("error", [LOCKED, MADE_BY_OTHERS], ids=["lock", "row"])
def test_what_others_hold_for_a_moment_is_imported_all_the_same(
    tree: Path, monkeypatch, dry_run, error
):
    undisturbed = [d.as_json() for d in import_paths([str(tree)], dry_run=True).documents]
    held = Held(error=error)
    monkeypatch.setattr("troubleshooting.importing.run.import_document", held)
    run = import_paths([str(tree)], dry_run=dry_run)
    assert [document.as_json() for document in run.documents] == undisturbed
    assert held.calls == 6


@pytest.mark.parametrize("dry_run", [True, False], ids=["rehearsal", "import"])
def test_a_lock_that_is_not_to_be_had_is_said_in_the_report(tree: Path, monkeypatch, dry_run):
    monkeypatch.setattr("troubleshooting.importing.run.import_document", Held(always=True))
    run = import_paths([str(tree)], dry_run=dry_run)
    assert len(run.busy) == 3
    assert run.failed == len(run.documents) == 3
    assert settings.LANGUAGE_CODE == "fr"
    assert "errors.fr.md" in run.documents[0].said[0]
    assert "n’a été enregistré" in run.documents[0].said[0]
