"""The tsvector columns, GIN indexes and triggers of PostgreSQL. See ``ddl``.

The vectors are generated columns, so that they cannot differ from the terms. Wide columns are
moved out of the rows (``toast_tuple_target``): counting and walking then read few pages. ``head``
stays, since thousands of matches are ranked by it.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from . import ddl
from .tables import ARTICLE, ARTICLE_PLATFORMS, ENTRY, TEXT

CONCAT = "string_agg(s.x::text, ',')"
LIST = "SELECT tgname FROM pg_trigger UNION ALL SELECT indexname FROM pg_indexes"
_COLUMNS = {
    "vector": "title_terms || ' ' || key_terms || ' ' || body_terms",
    "head": "title_terms || ' ' || key_terms",
}
_REFRESH = {
    "search_article_changed": (f"UPDATE OF kind, status, audience ON {ARTICLE}", "NEW.id"),
    "search_platform_added": (f"INSERT ON {ARTICLE_PLATFORMS}", "NEW.article_id"),
    "search_platform_removed": (f"DELETE ON {ARTICLE_PLATFORMS}", "OLD.article_id"),
    "search_entry_deleted": (f"DELETE ON {ENTRY}", "OLD.article_id"),
}
BEFORE_BULK = (
    "SET CONSTRAINTS ALL IMMEDIATE",
    *(f"DROP INDEX IF EXISTS search_{name}" for name in _COLUMNS),
)
NAMES = (*(f"search_{name}" for name in _COLUMNS), *_REFRESH)


def statements() -> list[str]:
    """All statements, in order."""
    made = [
        "SET CONSTRAINTS ALL IMMEDIATE",  # or else no table may be altered after a write
        f"ALTER TABLE {TEXT} SET (toast_tuple_target = 128)",
    ]
    for name, terms in _COLUMNS.items():
        listed = f"array_remove(string_to_array({terms}, ' '), '')"
        made += [
            f"ALTER TABLE {TEXT} ADD COLUMN IF NOT EXISTS {name} tsvector"
            f" GENERATED ALWAYS AS (array_to_tsvector({listed})) STORED",
            f"CREATE INDEX IF NOT EXISTS search_{name} ON {TEXT}"
            f" USING gin ({name}) WITH (fastupdate = off)",
        ]
    made.append(f"ALTER TABLE {TEXT} ALTER COLUMN head SET STORAGE MAIN")
    for name, (event, article) in _REFRESH.items():
        body = "; ".join(ddl.refresh_facets("postgresql", article))
        made += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {body}; RETURN NULL; END $$",
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    return made


def emptying(tables: Sequence[str]) -> list[str]:
    """See ``ddl.empty``. No trigger is run for each row, and no dead row is left behind."""
    return ["SET CONSTRAINTS ALL IMMEDIATE", f"TRUNCATE {', '.join(tables)}"]


def rebuild(connection: BaseDatabaseWrapper) -> None:
    """See ``ddl.rebuild_full_text``. Nothing to do: generated columns and indexes follow."""


def is_intact(connection: BaseDatabaseWrapper) -> bool:
    """See ``ddl.full_text_is_intact``. Generated columns always are."""
    return True
