"""The vectors of all texts in memory, once in each process; read again as the content changes.

Of a new state only the vectors are read that were not there before. Imported only where there is a
model: it needs numpy.
"""

from __future__ import annotations

import threading
from collections.abc import Collection
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ..context import SearchContext
from ..engines.contract import sql_list
from ..engines.tables import ENTRY, VECTOR
from .static_model import StaticModel, Vectors

#: Vectors that are read by one statement.
_AT_ONCE = 2000
#: Texts that are looked at for each article that is wanted: an article has one in each language.
_TEXTS = 8
_Numbers = npt.NDArray[np.int64]


class AllVectors(NamedTuple):
    """What a process holds: of each text its vector (float32), article and combination of facets.

    ``ids`` are those of the rows, which are never used again.
    """

    ids: _Numbers
    entries: _Numbers
    articles: _Numbers
    facets: _Numbers
    matrix: Vectors


class _Remembered(NamedTuple):
    token: str
    vectors: AllVectors


#: By the name of a database and the digest of a model.
_remembered: dict[tuple[str, str], _Remembered] = {}
_lock = threading.Lock()


def all_vectors(context: SearchContext, model: StaticModel) -> AllVectors:
    """Return the vectors that ``model`` made of all texts, hidden ones too: nobody sees these."""
    key = (context.name, model.digest)
    known = _remembered.get(key)
    if known and context.token and known.token == context.token:
        return known.vectors
    with _lock:
        held = _read(context, model, _remembered.get(key))
        if context.token:
            _remembered.clear()
            _remembered[key] = _Remembered(context.token, held)
    return held


def _read(context: SearchContext, model: StaticModel, before: _Remembered | None) -> AllVectors:
    rows = context.rows(
        f"SELECT v.id, v.entry_id, e.article_id, e.facets_id FROM {VECTOR} v"
        f" JOIN {ENTRY} e ON e.translation_id = v.entry_id"
        " WHERE v.model = %s AND e.facets_id IS NOT NULL ORDER BY v.id",
        [model.digest],
    )
    numbers = np.array(rows, dtype=np.int64).reshape(-1, 4)
    ids = numbers[:, 0]
    matrix = np.zeros((len(ids), model.size), dtype=np.float32)
    if before is not None:
        _, here, there = np.intersect1d(ids, before.vectors.ids, return_indices=True)
        matrix[here] = before.vectors.matrix[there]
        missing = np.setdiff1d(ids, before.vectors.ids)
    else:
        missing = ids
    _fill(context, ids, matrix, missing)
    return AllVectors(ids, numbers[:, 1], numbers[:, 2], numbers[:, 3], matrix)


def _fill(context: SearchContext, ids: _Numbers, matrix: Vectors, missing: _Numbers) -> None:
    """Read the vectors of the rows ``missing``; one of another size is none."""
    for start in range(0, len(missing), _AT_ONCE):
        some = [int(one) for one in missing[start : start + _AT_ONCE]]
        rows = context.rows(f"SELECT id, data FROM {VECTOR} WHERE id IN {sql_list(some)}")
        for key, data in rows:
            row = np.frombuffer(bytes(data), dtype="<f2")
            if len(row) == matrix.shape[1]:
                matrix[np.searchsorted(ids, key)] = row


class Nearest(NamedTuple):
    """An entry that is near to a query.

    ``likeness`` is the cosine, ``stands_out`` how far it is above what the texts have on average,
    in standard deviations.
    """

    entry: int
    article: int
    likeness: float
    stands_out: float


def nearest(
    vectors: AllVectors,
    query: npt.NDArray[Any],
    visible: Collection[int],
    combinations: Collection[int],
    most: int,
) -> list[Nearest]:
    """Return the ``most`` articles nearest to ``query``, each by the nearest of its texts.

    ``visible`` and ``combinations`` (of facets) say which texts: what is hidden counts for nothing,
    also not for the average.
    """
    is_visible = np.isin(vectors.facets, np.fromiter(visible, np.int64, len(visible)))
    if not is_visible.any():
        return []
    # By one thread: a product by BLAS wakes all of them, which costs several times as much.
    likeness = np.einsum("ij,j->i", vectors.matrix, query)
    seen = likeness[is_visible]
    mean, deviation = float(seen.mean()), float(seen.std()) or 1.0
    is_wanted = is_visible & np.isin(
        vectors.facets, np.fromiter(combinations, np.int64, len(combinations))
    )
    places = np.flatnonzero(is_wanted & (likeness > 0))
    if len(places) > most * _TEXTS:
        places = places[np.argpartition(-likeness[places], most * _TEXTS)[: most * _TEXTS]]
    places = places[np.lexsort((vectors.entries[places], -likeness[places]))]
    found: dict[int, Nearest] = {}
    for place in places:
        article, like = int(vectors.articles[place]), float(likeness[place])
        if article not in found:
            entry = int(vectors.entries[place])
            found[article] = Nearest(entry, article, like, (like - mean) / deviation)
            if len(found) == most:
                break
    return list(found.values())
