"""Counts which article was opened after a search, and whether it solved the problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connections, transaction
from django.utils import timezone

from ..engines.tables import LEARNED, LOG
from .weights import OPENED, SOLVED, aged, key_of

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

#: Rows that are kept; the oldest make room.
MOST_ROWS = 20_000
#: Weights that say nothing more than others.
_HEAVIEST = 100 * OPENED
_COLUMNS = ("terms", "words", "language", "article_id", "opened", "solved", "weight", "day")


class Asked(NamedTuple):
    """What a logged search asked for: ``terms`` tells it from searches for something else."""

    terms: str
    words: str
    language: str


def asked_by(using: str, entry: int) -> Asked | None:
    """Return what the logged search ``entry`` asked; None where there is nothing to learn from it.

    An exact code needs no choices, and a pasted text is nobody else's.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(f"SELECT words, codes, language, kind FROM {LOG} WHERE id = %s", [entry])
        row = cursor.fetchone()
    if row is None:
        return None
    words, codes, language, kind = row
    terms = key_of(language, words.split())
    is_of_use = terms and kind != "log" and codes in ("[]", [])
    return Asked(terms, words, language) if is_of_use else None


def count_choice(using: str, query: Asked, article: int, *, solved: bool = False) -> None:
    """Count that ``article`` was opened, or that it ``solved`` the problem, after such a search."""
    connection, today = connections[using], timezone.localdate().toordinal()
    with transaction.atomic(using=using), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT weight, day FROM {LEARNED} WHERE terms = %s AND article_id = %s",
            [query.terms, article],
        )
        weight, day = cursor.fetchone() or (0, today)
        now = round(aged(weight, today - day)) + (SOLVED if solved else OPENED)
        counts = [article, int(not solved), int(solved), min(now, _HEAVIEST), today]
        cursor.execute(
            f"INSERT INTO {LEARNED} ({', '.join(_COLUMNS)})"
            f" VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
            " ON CONFLICT (terms, article_id) DO UPDATE SET"
            f" opened = {LEARNED}.opened + EXCLUDED.opened,"
            f" solved = {LEARNED}.solved + EXCLUDED.solved,"
            " weight = EXCLUDED.weight, day = EXCLUDED.day",
            [query.terms, query.words, query.language, *counts],
        )
        if not weight:
            _make_room(cursor)


def _make_room(cursor: CursorWrapper) -> None:
    cursor.execute(f"SELECT COUNT(*) FROM {LEARNED}")
    (count,) = cursor.fetchone()
    if count > MOST_ROWS:
        oldest = f"SELECT id FROM {LEARNED} ORDER BY day, weight, id LIMIT %s"
        cursor.execute(f"DELETE FROM {LEARNED} WHERE id IN ({oldest})", [count - MOST_ROWS])
