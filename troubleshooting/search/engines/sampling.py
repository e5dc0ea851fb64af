"""A sample of the entries that a reader sees: it tells which terms are common among these.

Neither database can say that at once. What PostgreSQL notes by ``ANALYZE`` counts hidden entries
too, and to count a common term among those seen each of its entries has to be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from .contract import EntryTerms
from .statements import RowQuery
from .tables import ENTRY, TEXT

#: All terms of a text ``t``.
TERMS_OF_TEXT = "t.title_terms || ' ' || t.key_terms || ' ' || t.body_terms"

Among = Callable[[str, Collection[int]], tuple[str, list[Any]]]
"""``Backend.among``: from a column and numbers to the condition that it is one of these."""


def sample(among: Among, sets: Collection[int], number: int) -> RowQuery[EntryTerms]:
    """Return what asks for the terms of ``number`` entries with one of ``sets``, or a few less.

    They are the first at or behind places at even distances, from the first such entry to the
    last: entries with other combinations neither count nor move the places. Which ones they are
    depends on nothing else, so that two searches weigh words alike.

    Each is looked for behind the one before, along the keys: the sign before the column keeps both
    databases from its index, by which they would sort all that is seen once for each place.
    """
    inside, parameters = among("+n.facets_id", sets)
    key = "n.translation_id"
    seen = f"SELECT {key} FROM {ENTRY} n WHERE {inside}"
    ends = f"SELECT ({seen} ORDER BY 1 LIMIT 1) AS first, ({seen} ORDER BY 1 DESC LIMIT 1) AS last"
    place = "f.first + ((f.id - f.first) / f.step + 1) * f.step"
    found = (
        f"WITH RECURSIVE ends AS ({ends}), found (id, first, step) AS ("
        f"SELECT first, first, 1 + (last - first) / {int(number)} FROM ends UNION ALL"
        f" SELECT ({seen} AND {key} >= {place} ORDER BY 1 LIMIT 1), first, step"
        " FROM found f WHERE f.id IS NOT NULL)"
        " SELECT id FROM found"
    )
    source = f"FROM ({found}) s JOIN {TEXT} t ON t.entry_id = s.id"
    return RowQuery(EntryTerms, (TERMS_OF_TEXT,), source, (*parameters, *parameters, *parameters))
