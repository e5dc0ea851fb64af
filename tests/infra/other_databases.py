"""Databases that a test opens beside its own."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper


def allow(*aliases: str) -> None:
    """Let the running test connect to them: Django knows those of the settings alone."""
    for cell in BaseDatabaseWrapper.ensure_connection.__closure__ or ():
        if hasattr(cell.cell_contents, "databases"):
            cell.cell_contents.databases |= frozenset(aliases)
