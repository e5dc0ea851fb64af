"""Whether what is derived from the texts is there, by a few counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connections
from django.db.models import Q

from ..models import ArticleTranslation, SearchEntry
from ..search.engines import ddl
from ..texts.structure import STRUCTURE_VERSION


@dataclass(frozen=True, slots=True)
class IndexState:
    """How complete the index is.

    ``texts`` in all; of them ``missing`` in the index and ``outdated`` ones, derived by rules that
    have changed since; ``lost`` parts of the index, such as triggers.
    """

    texts: int
    missing: int
    outdated: int
    lost: int

    @property
    def is_right(self) -> bool:
        return not (self.missing or self.outdated or self.lost)


def index_state() -> IndexState:
    """Return the state as far as it shows without reading all texts; ``check_index`` reads them."""
    texts = ArticleTranslation.objects.order_by()
    current = Q(rendered__structure_version=STRUCTURE_VERSION)
    connection = connections[SearchEntry.objects.db]
    return IndexState(
        texts=texts.count(),
        missing=texts.filter(search_entry=None).count(),
        outdated=texts.exclude(current).count(),
        lost=len(ddl.missing(connection)),
    )
