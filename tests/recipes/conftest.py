"""Fixtures of the recipes' tests."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection


@pytest.fixture
def migrated(django_db_setup, tmp_path: Path) -> Path:
    """Return a folder with the database of a new portal, for ``ProjectCopy``.

    It is a copy of that of the tests, since to migrate one takes longer than to follow a recipe.
    """
    tests = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(tests), closing(sqlite3.connect(tmp_path / "portal.sqlite3")) as copy:
        tests.backup(copy)
    return tmp_path
