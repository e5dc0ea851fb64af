"""The narrow table by which PostgreSQL finds texts: the terms of each as numbers, under GIN.

A match is read from the index, but its row has to be looked at, and a common word stands in tens of
thousands. A row of these is less than half as wide as one of ``SearchText``, and it says which
article and which combination of facets the entry has, so that nothing has to be joined to count.

A number is ``hashtext`` of the term, 32 bits, by which PostgreSQL's own hash indexes find texts.
Two terms share one about once in four thousand million; an entry that is found so is counted and
ranked, by terms of which it lacks one.

Triggers keep the rows, so that no writer can forget them.
"""

from __future__ import annotations

from .tables import ENTRY, TERMS, TEXT

#: The columns of numbers, and the texts they are made from: ``heads`` are titles, codes, messages.
_SOURCES = {
    "terms": ("title_terms", "key_terms", "body_terms"),
    "heads": ("title_terms", "key_terms"),
}
_COLUMNS = ("entry_id", "article_id", "facets_id", *_SOURCES)
INDEXES = {name: f"search_{name}" for name in _SOURCES}


def _joined(columns: tuple[str, ...], table: str) -> str:
    """Return an expression: the terms in ``columns`` of ``table``, with spaces between."""
    return " || ' ' || ".join(f"{table}{column}" for column in columns)


#: What ``ANALYZE`` notes of the terms by name, to tell how common they are.
SHARES = "search_shares"
_STATISTICS = (
    f"CREATE STATISTICS IF NOT EXISTS {SHARES}"
    f" ON (string_to_array({_joined(_SOURCES['terms'], '')}, ' ')) FROM {TEXT}"
)
_TABLE = (
    f"CREATE TABLE IF NOT EXISTS {TERMS} (entry_id bigint PRIMARY KEY, article_id bigint NOT NULL,"
    " facets_id bigint, terms integer[] NOT NULL, heads integer[] NOT NULL) WITH (fillfactor = 90)"
)
#: Taken down for a bulk: all rows are made at once when all texts are there.
BEFORE_BULK = (
    *(f"DROP INDEX IF EXISTS {index}" for index in INDEXES.values()),
    f"DROP TRIGGER IF EXISTS search_text_inserted ON {TEXT}",
    f"DROP TRIGGER IF EXISTS search_entry_moved ON {ENTRY}",
)
EMPTY = f"TRUNCATE {TERMS}"


def _numbers(columns: tuple[str, ...]) -> str:
    """Return an expression: the numbers of the terms in ``columns`` of a text ``t``."""
    return (
        "(SELECT COALESCE(array_agg(DISTINCT hashtext(w)), '{}')"
        f" FROM unnest(string_to_array({_joined(columns, 't.')}, ' ')) w WHERE w <> '')"
    )


def _rows(texts: str) -> str:
    """Return a query for the rows of the entries whose texts are the table ``texts``."""
    numbers = ", ".join(_numbers(columns) for columns in _SOURCES.values())
    return (
        f"SELECT t.entry_id, e.article_id, e.facets_id, {numbers}"
        f" FROM {texts} t JOIN {ENTRY} e ON e.translation_id = t.entry_id"
    )


def _each(table: str) -> str:
    return ", ".join(f"{table}.{column}" for column in _COLUMNS)


#: Makes the rows that are not there.
FILL = (
    f"INSERT INTO {TERMS} {_rows(TEXT)}"
    f" WHERE NOT EXISTS (SELECT 1 FROM {TERMS} p WHERE p.entry_id = t.entry_id)"
)
#: Selects one row if any is not what its text and its entry say, or is of none.
DIFFERENT = (
    f"SELECT 1 FROM ({_rows(TEXT)}) w ({', '.join(_COLUMNS)})"
    f" FULL JOIN {TERMS} p ON p.entry_id = w.entry_id WHERE ({_each('p')})"
    f" IS DISTINCT FROM ({_each('w')}) LIMIT 1"
)


def events() -> dict[str, tuple[str, str]]:
    """Return the triggers by name: when each fires, and the body of its function.

    They fire once for a statement, since a bulk of texts is written by one.
    """
    changed, each = "REFERENCING NEW TABLE AS changed", "FOR EACH STATEMENT"
    forget = f"DELETE FROM {TERMS} p USING changed c WHERE p.entry_id = c.entry_id"
    add = f"INSERT INTO {TERMS} {_rows('changed')}"
    move = (
        f"UPDATE {TERMS} p SET article_id = c.article_id, facets_id = c.facets_id FROM changed c"
        " WHERE p.entry_id = c.translation_id AND (p.article_id, p.facets_id)"
        " IS DISTINCT FROM (c.article_id, c.facets_id)"
    )
    return {
        "search_text_inserted": (f"INSERT ON {TEXT} {changed} {each}", _body(add)),
        "search_text_updated": (f"UPDATE ON {TEXT} {changed} {each}", _body(forget, add)),
        "search_text_deleted": (
            f"DELETE ON {TEXT} REFERENCING OLD TABLE AS changed {each}",
            _body(forget),
        ),
        "search_text_emptied": (f"TRUNCATE ON {TEXT} {each}", _body(EMPTY)),
        "search_entry_moved": (f"UPDATE ON {ENTRY} {changed} {each}", _body(move)),
    }


def _body(*statements: str) -> str:
    return f" BEGIN {'; '.join(statements)}; RETURN NULL; END "


def tables() -> list[str]:
    """Return the statements that make the table and what is noted of its terms."""
    # Until this table was there, vectors of the terms were columns of the texts, and what else is
    # wide was moved out of their rows. Now what hundreds of candidates are sorted by stays in them.
    return [
        f"ALTER TABLE {TEXT} DROP COLUMN IF EXISTS vector, DROP COLUMN IF EXISTS head",
        f"ALTER TABLE {TEXT} RESET (toast_tuple_target)",
        f"ALTER TABLE {TEXT} ALTER COLUMN title_terms SET STORAGE MAIN,"
        " ALTER COLUMN key_terms SET STORAGE MAIN",
        _STATISTICS,
        _TABLE,
    ]


def filling() -> list[str]:
    """Return the statements that make the rows that are missing, and then the indexes."""
    made = [
        f"CREATE INDEX IF NOT EXISTS {index} ON {TERMS} USING gin ({name}) WITH (fastupdate = off)"
        for name, index in INDEXES.items()
    ]
    return [FILL, *made]
