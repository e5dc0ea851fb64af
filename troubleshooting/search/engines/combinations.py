"""The SQL that keeps the combination of facets of each article, made from what is declared.

A combination is a row of ``SearchFacets``: status and audience, by which ``querysets.visibility``
decides who sees it, and ``members``, a JSON object with the values of every facet in ``FACETS``. A
new facet therefore changes no table, only these statements.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from ..facets.declared import FACETS, INDEXED, Column, Rows
from .tables import ARTICLE, ENTRY
from .tables import FACETS as COMBINATIONS

#: The columns of a combination; the first are those of the article by which it is seen or not.
_SEEN_BY = ("status", "audience")
_COLUMNS = ", ".join((*_SEEN_BY, "members"))
_SAME = " AND ".join(f"f.{name} = c.{name}" for name in (*_SEEN_BY, "members"))
#: Asked first, since PostgreSQL spends a number on every conflict: ids stay without many gaps.
_IS_NEW = f"NOT EXISTS (SELECT 1 FROM {COMBINATIONS} f WHERE {_SAME})"
#: Deletes the combinations that no entry has any more.
UNUSED = (
    f"DELETE FROM {COMBINATIONS} WHERE NOT EXISTS"
    f" (SELECT 1 FROM {ENTRY} e WHERE e.facets_id = {COMBINATIONS}.id)"
)
#: A number that no other combination is likely to have.
_MARK = {
    "sqlite": "random() & 4294967295",
    "postgresql": "floor(random() * 4294967296)::bigint",
}
#: A JSON list of the column ``x`` of ``s``, and what it is for no row.
_LIST = {
    "sqlite": "json_group_array(s.x)",
    "postgresql": "COALESCE(json_agg(s.x)::text, '[]')",
}


def events() -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return the triggers by name: the event, and the articles that then get a combination.

    Rows that the index writes itself need none (``facets.declared.INDEXED``), but for texts that
    are deleted with their article.
    """
    columns = [facet.source.name for facet in FACETS if isinstance(facet.source, Column)]
    of_article = ", ".join(dict.fromkeys([*_SEEN_BY, *columns]))
    return {
        "search_article_changed": (f"UPDATE OF {of_article} ON {ARTICLE}", ("new.id",)),
        "search_entry_deleted": (f"DELETE ON {ENTRY}", ("old.article_id",)),
        **dict(_events_of_rows()),
    }


def _events_of_rows() -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    old, new = "old.article_id", "new.article_id"
    for facet in FACETS:
        source = facet.source
        if isinstance(source, Rows) and source.table not in INDEXED:
            changed = f"UPDATE OF article_id, {source.column} ON {source.table}"
            yield f"search_{facet.name}_added", (f"INSERT ON {source.table}", (new,))
            yield f"search_{facet.name}_changed", (changed, (old, new))
            yield f"search_{facet.name}_removed", (f"DELETE ON {source.table}", (old,))


def refresh(vendor: str, article: str) -> tuple[str, str]:
    """Return two statements that give the entries of one article its combination.

    ``article`` is an SQL expression for the article's id. The first statement records the
    combination unless it is known.
    """
    combination = f"{_combinations(vendor)} AND a.id = {article}"
    insert = (
        f"INSERT INTO {COMBINATIONS} ({_COLUMNS}, mark) SELECT {_COLUMNS}, {_MARK[vendor]}"
        f" FROM ({combination}) c WHERE {_IS_NEW} ON CONFLICT ({_COLUMNS}) DO NOTHING"
    )
    update = (
        f"UPDATE {ENTRY} SET facets_id = (SELECT f.id FROM {COMBINATIONS} f"
        f" JOIN ({combination}) c ON {_SAME}) WHERE article_id = {article}"
    )
    return insert, update


def refresh_some(vendor: str, articles: str) -> tuple[str, str]:
    """Return two statements that give the entries of some articles their combinations.

    ``articles`` is an SQL list of the articles' ids, in brackets. The first statement records the
    combinations that are not known.
    """
    return _at_once(vendor, f" AND a.id IN {articles}")


def refresh_all(vendor: str) -> tuple[str, str, str]:
    """Return three statements that give the entries of all articles their combinations.

    The first records those that are not known, the third deletes those that no entry has any more.
    """
    return *_at_once(vendor, ""), UNUSED


def _at_once(vendor: str, condition: str) -> tuple[str, str]:
    """Return two statements that work out the combination of each article once."""
    combinations = _combinations(vendor) + condition
    insert = (
        f"INSERT INTO {COMBINATIONS} ({_COLUMNS}, mark) SELECT {_COLUMNS}, {_MARK[vendor]} FROM"
        f" (SELECT DISTINCT {_COLUMNS} FROM ({combinations}) c WHERE {_IS_NEW}) d WHERE true"
        f" ON CONFLICT ({_COLUMNS}) DO NOTHING"
    )
    update = (
        f"WITH found AS MATERIALIZED (SELECT c.id, f.id AS facets FROM ({combinations}) c"
        f" JOIN {COMBINATIONS} f ON {_SAME})"
        f" UPDATE {ENTRY} SET facets_id = found.facets FROM found"
        f" WHERE found.id = {ENTRY}.article_id"
        f" AND ({ENTRY}.facets_id IS NULL OR {ENTRY}.facets_id <> found.facets)"
    )
    return insert, update


def stale(vendor: str) -> str:
    """Return a query for the keys of entries whose combination is not that of their article."""
    return (
        f"SELECT e.translation_id FROM {ENTRY} e JOIN ({_combinations(vendor)}) c"
        f" ON c.id = e.article_id LEFT JOIN {COMBINATIONS} f ON f.id = e.facets_id"
        f" WHERE f.id IS NULL OR NOT ({_SAME}) ORDER BY 1"
    )


def _combinations(vendor: str) -> str:
    """Return a query for the id, status, audience and members of indexed articles, ``a``.

    It ends in a condition. An article without a text in the index would leave combinations behind
    that no entry has.
    """
    members = " || ',' || ".join(
        f"'{json.dumps(facet.name)}:' || {_values(vendor, facet.source)}" for facet in FACETS
    )
    seen_by = ", ".join(f"a.{name}" for name in _SEEN_BY)
    return (
        f"SELECT a.id, {seen_by}, '{{' || {members} || '}}' AS members FROM {ARTICLE} a"
        f" WHERE EXISTS (SELECT 1 FROM {ENTRY} i WHERE i.article_id = a.id)"
    )


def _values(vendor: str, source: Column | Rows) -> str:
    """Return an SQL expression: the values of the article ``a`` as a JSON list, in one order."""
    if isinstance(source, Column):
        rows = f"SELECT a.{source.name} AS x"
    else:
        # The alias keeps the table apart from one of the same name that a trigger speaks of.
        rows = (
            f"SELECT DISTINCT m.{source.column} AS x FROM {source.table} m"
            " WHERE m.article_id = a.id ORDER BY 1"
        )
    return f"(SELECT {_LIST[vendor]} FROM ({rows}) s)"
