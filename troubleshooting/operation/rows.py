"""All rows of a database, as both engines hold them, and what proves that they are equal.

What the index and triggers derive is left out: it is made anew, and may be numbered otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connections
from django.db.models import Model

#: Made anew from the other rows, or for every database by itself.
DERIVED = frozenset(
    f"troubleshooting_{name}"
    for name in (
        "alignedtext",
        "alignedunit",
        "alignedunitkey",
        "alignedunituse",
        "contentversion",
        "searchcode",
        "searchentry",
        "searchfacets",
        "searchgram",
        "searchmessage",
        "searchtext",
        "searchvector",
        "searchword",
    )
)
_MODULUS = 2**256


class Digest(NamedTuple):
    """How many rows a table has, and the sum of the hashes of each: their order does not count."""

    rows: int
    hash: str


def stored_models() -> list[type[Model]]:
    """Return the models whose rows are copied, relations of many to many among them."""
    models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in models
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in DERIVED
    ]


def rows_of(model: type[Model], alias: str) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a model's table, each a tuple of its columns' values."""
    names = [field.attname for field in model._meta.local_concrete_fields]
    manager = model._base_manager.using(alias)
    yield from manager.order_by("pk").values_list(*names).iterator(chunk_size=500)


def digests(alias: str) -> dict[str, Digest]:
    """Return the digest of each table."""
    return {model._meta.db_table: _digest(model, alias) for model in stored_models()}


def table_names(alias: str) -> set[str]:
    """Return the tables that the database has; none where it is new."""
    return set(connections[alias].introspection.table_names())


def _digest(model: type[Model], alias: str) -> Digest:
    total = count = 0
    for row in rows_of(model, alias):
        written = json.dumps(row, default=_plain, sort_keys=True, ensure_ascii=False)
        total += int.from_bytes(hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest())
        count += 1
    return Digest(count, f"{total % _MODULUS:064x}")


def _plain(value: object) -> str:
    """Return a value that JSON does not know, written the same whatever database it comes from."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)
