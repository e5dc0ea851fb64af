"""What is deleted in time, and copies of a database whose rows are all equal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from kbportal.environment import databases
from tests.infra.other_databases import allow, empty_postgresql
from tests.web.content import make_portal
from troubleshooting.models import (
    Article,
    AuditEntry,
    FormAddition,
    FormReceipt,
    GapReport,
    SearchLog,
)
from troubleshooting.operation.copying import CopyError, copy_rows, opened
from troubleshooting.operation.retention import prune
from troubleshooting.operation.rows import digests


@pytest.mark.django_db
def test_prune_deletes_what_is_past_its_time_alone(settings):
    settings.SEARCH_LOG_DAYS = 30
    for days in (1, 29, 31, 400):
        moment = timezone.now() - timedelta(days=days)
        SearchLog.objects.create(kind="words", language="fr", created=moment)
        Session.objects.create(session_key=f"k{days}", expire_date=moment + timedelta(days=14))
    call_command("prune")
    assert SearchLog.objects.count() == 2
    assert set(Session.objects.values_list("pk", flat=True)) == {"k1"}
    settings.SEARCH_LOG_DAYS = 0
    call_command("prune")
    assert SearchLog.objects.count() == 2


@pytest.mark.django_db
def test_the_audit_is_kept_unless_a_setting_says_for_how_long(settings):
    for days in (0, 399, 401):
        AuditEntry.objects.create(who=f"d{days}", time=timezone.now() - timedelta(days=days))
    call_command("prune")
    assert AuditEntry.objects.count() == 3
    settings.AUDIT_DAYS = 400
    call_command("prune")
    assert set(AuditEntry.objects.values_list("who", flat=True)) == {"d0", "d399"}


@pytest.mark.django_db
def test_what_a_form_added_is_noted_for_ninety_days():
    make_portal()
    user, article = User.objects.create_user("zoe"), Article.objects.all()[0]
    for days in (0, 89, 91, 800):
        moment = timezone.now() - timedelta(days=days)
        FormReceipt.objects.create(user=user, token=f"k{days}", article=article, created=moment)
        FormAddition.objects.create(
            user=user, number=f"k{days}", model="auth.user", key="1", created=moment
        )
    assert prune()["forms"] == 4
    assert set(FormReceipt.objects.values_list("token", flat=True)) == {"k0", "k89"}
    assert set(FormAddition.objects.values_list("number", flat=True)) == {"k0", "k89"}
    assert Article.objects.filter(pk=article.pk).exists()


@pytest.fixture
def target(transactional_db, tmp_path: Path):
    allow("copy_source", "copy_target")
    entry = databases.entry_of(f"sqlite:///{tmp_path}/copy.sqlite3", "--to")
    with opened("copy_target", entry) as alias:
        yield alias


def test_a_copy_has_equal_rows_and_goes_on_counting(target: str):
    """On PostgreSQL this copies from it to SQLite."""
    make_portal()
    User.objects.create_superuser("é chief", password="x")
    GapReport.objects.create(subject="quote ' \" 🎧", key="k", language="fr")
    first = GapReport.objects.get()
    copied = copy_rows("default", target)
    assert copied["troubleshooting_article"].rows == Article.objects.count() > 0
    assert copied == digests(target) == digests("default")
    kept = GapReport.objects.using(target).get()
    assert kept.created == first.created
    GapReport.objects.using(target).create(subject="later", key="l", language="fr")
    GapReport.objects.using(target).filter(key="k").update(comment="x")
    assert digests(target) != copied, "one letter in one row is a difference"
    with pytest.raises(CopyError, match="occupied"):
        copy_rows("default", target)


@pytest.mark.postgres
def test_a_copy_goes_from_sqlite_to_postgresql_too(target: str):
    make_portal()
    GapReport.objects.create(subject="quote ' \" 🎧", key="k", language="fr")
    copied = copy_rows("default", target)
    with (
        empty_postgresql("copy") as url,
        opened("copy_source", databases.entry_of(url, "--to")) as alias,
    ):
        assert copy_rows(target, alias) == copied == digests(alias)
        GapReport.objects.using(alias).create(subject="later", key="l", language="fr")
        with pytest.raises(CopyError, match="occupied"):
            copy_rows(target, alias)


def test_nothing_is_copied_from_a_database_of_another_version(target: str, tmp_path: Path):
    entry = databases.entry_of(f"sqlite:///{tmp_path}/new.sqlite3", "--from")
    with opened("copy_source", entry) as empty, pytest.raises(CopyError, match="behind"):
        copy_rows(empty, target)
    assert connections[target].introspection.table_names() == []


def test_the_command_shows_no_password(tmp_path: Path):
    with pytest.raises(CommandError) as caught:
        call_command("copy_database", "--from", "postgresql://u:1/cret@h/x", "--to", "sqlite:///x")
    assert "cret" not in str(caught.value)
