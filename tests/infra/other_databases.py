"""Databases that a test opens beside its own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper


def allow(*aliases: str) -> None:
    """Let the running test connect to them: Django knows those of the settings alone."""
    for cell in BaseDatabaseWrapper.ensure_connection.__closure__ or ():
        if hasattr(cell.cell_contents, "databases"):
            cell.cell_contents.databases |= frozenset(aliases)


@contextmanager
def empty_postgresql(name: str) -> Iterator[str]:
    """Make an empty database on the tests' server for a while; yield its address."""
    name = f"{connection.settings_dict['NAME']}_{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield urlsplit(os.environ["TEST_DATABASE_URL"])._replace(path=f"/{name}").geturl()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
