"""After a committing test a copy leaves the database as Django's own emptying does."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.db import connection

from tests.kept import empty, flush
from tests.people import person
from tests.web.content import make_portal

pytestmark = [pytest.mark.sqlite, pytest.mark.django_db(transaction=True)]


def rows() -> dict[str, int]:
    """How many rows each table has, but for the trees in which FTS5 keeps its terms."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        return {
            name: cursor.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0]
            for name in names
            if not name.endswith(("searchfts_data", "searchfts_idx"))
        }


def emptied(act: Callable[[], None]) -> tuple[dict[str, int], set[str], set[str]]:
    make_portal()
    person("reviewer")
    act()
    permissions = Permission.objects.values_list("codename", flat=True)
    return rows(), set(permissions), set(Group.objects.values_list("name", flat=True))


def test_a_copy_is_as_empty_as_a_flush():
    assert emptied(empty) == emptied(flush)


def test_what_django_runs_after_a_committing_test_is_the_copy(monkeypatch):
    emptied = []
    monkeypatch.setattr("tests.emptying.management.commands.flush.empty", lambda: emptied.append(1))
    call_command("flush", interactive=False, verbosity=0)
    assert emptied
