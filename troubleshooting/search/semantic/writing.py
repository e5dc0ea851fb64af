"""The vectors of texts, written beside their entries in the index; nothing without a model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.backends.base.base import BaseDatabaseWrapper

from ..engines.contract import backend
from ..engines.tables import MESSAGE, TEXT, VECTOR
from ..index.document import IndexDocument
from .loading import opened

if TYPE_CHECKING:
    from .static_model import StaticModel

_COLUMNS = ("entry_id", "model", "data")
_BATCH = 500


def forget_vector(connection: BaseDatabaseWrapper, translation_id: int) -> None:
    """Delete the vector of a text that has changed, whether there is a model or not."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {VECTOR} WHERE entry_id = %s", [translation_id])


def write_vectors(connection: BaseDatabaseWrapper, documents: Sequence[IndexDocument]) -> None:
    """Write the vectors of ``documents``, which have entries and no vectors."""
    model = opened()
    if model is None or not documents:
        return
    said = [
        (one.translation_id, said_by(one.title, one.messages, [p.text for p in one.passages]))
        for one in documents
    ]
    _write(connection, model, said)


def rewrite_vectors(connection: BaseDatabaseWrapper) -> int:
    """Replace all vectors by those of the present model; return how many there are then.

    They are made of what the index holds. ``connection`` is in a transaction. Without a model all
    are deleted.
    """
    model = opened()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {VECTOR}")
        if model is None:
            return 0
        cursor.execute(f"SELECT entry_id, text FROM {MESSAGE} ORDER BY id")
        messages: dict[int, list[str]] = {}
        for entry, text in cursor.fetchall():
            messages.setdefault(entry, []).append(text)
        count, last = 0, 0
        while True:
            cursor.execute(
                f"SELECT entry_id, title, passages FROM {TEXT} WHERE entry_id > %s"
                " ORDER BY entry_id LIMIT %s",
                [last, _BATCH],
            )
            rows = cursor.fetchall()
            if not rows:
                return count
            last = rows[-1][0]
            said = [
                (
                    entry,
                    said_by(title, messages.get(entry, ()), [p[2] for p in json.loads(passages)]),
                )
                for entry, title, passages in rows
            ]
            count += _write(connection, model, said)


def _write(
    connection: BaseDatabaseWrapper, model: StaticModel, texts: Sequence[tuple[int, str]]
) -> int:
    """Write the vectors of texts by their entries; return how many say anything to the model."""
    made = model.encode([text for _, text in texts]).astype("<f2")
    rows = [
        (entry, model.digest, row.tobytes())
        for (entry, _), row in zip(texts, made, strict=True)
        if row.any()
    ]
    if rows:
        backend(connection).insert(VECTOR, _COLUMNS, rows)
    return len(rows)


def said_by(title: str, messages: Sequence[str], passages: Sequence[str]) -> str:
    """Return what of a text its vector is made of.

    What is wrong comes first: only so much of a text counts.
    """
    return "\n".join(filter(None, (title, *messages, *passages)))
