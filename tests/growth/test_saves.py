"""A save of one text costs what the text costs, however many others there are.

Counted is what the database did, not time: steps of SQLite's machine, rows that PostgreSQL read and
wrote. Triggers are in both: those that say that something has changed fire with every save.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection

from tests.web.content import write
from troubleshooting.models import Article
from troubleshooting.search.engines.tables import ENTRY

FEW, MANY = 10, 150
#: The pages of an index may have one more level.
MOST = 1.3


def add(number: int) -> None:
    """Add articles that are like each other, each in one language with a code and a message."""
    first = Article.objects.count()
    for one in range(first, first + number):
        article = Article.objects.create(slug=f"g{one}", status="published")
        write(article, "en", f"It fails {one}", problem=f"“It fails {one}” and `0x8ABC{one:04X}`.")


def of_sqlite(work: Callable[[], None]) -> int:
    """Return how many dozen steps SQLite took for ``work``."""
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    connection.connection.set_progress_handler(count, 12)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return steps


def of_postgres(work: Callable[[], None]) -> int:
    """Return how many rows PostgreSQL read and wrote for ``work``."""
    columns = "seq_tup_read + idx_tup_fetch + n_tup_ins + n_tup_upd + n_tup_del"

    def rows() -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT sum({columns})::bigint FROM pg_stat_xact_all_tables"
                           " WHERE relname LIKE 'troubleshooting%'")  # fmt: skip
            return int(cursor.fetchone()[0])

    before = rows()
    work()
    return rows() - before


def counted(work: Callable[[], None]) -> int:
    """Return what the database did for ``work``, in steps or rows."""
    return of_sqlite(work) if connection.vendor == "sqlite" else of_postgres(work)


@pytest.fixture
def without_scans(db) -> None:
    """Read no table whole where an index leads to the row: of a small one PostgreSQL would."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")


def save(words: str) -> None:
    write(Article.objects.get(slug="g1"), "en", "It fails 1", problem=f"“It fails 1”: {words}.")


@pytest.mark.usefixtures("without_scans")
def test_a_save_costs_the_same_beside_many_texts():
    add(FEW)
    save("once")
    few = counted(lambda: save("more"))
    add(MANY)
    many = counted(lambda: save("many"))
    assert few > 20
    assert many <= MOST * few


@pytest.mark.usefixtures("without_scans")
def test_it_would_be_noticed():
    def rewrite() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {ENTRY} SET article_id = article_id")

    add(FEW)
    few = counted(rewrite)
    add(MANY)
    assert counted(rewrite) > 2 * MOST * few
