"""Articles whose part of a document is gone: a writer may have moved it into another file."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from ...models import Source, SourceDocument, SourceEntry
from ...texts.docfx import Entry
from ...texts.sections import SECTIONS
from .likeness import LikenessIndex, Runs, likeness, runs_of, runs_of_file
from .register import KnownDocument, Register, owned_by

#: What a part must share with one that is gone: with the same name (title, anchor or codes), and
#: with another.
_SHARE_OF_NAMESAKE = 0.4
_SHARE_OF_OTHERS = 0.7
#: What a file holds at most of a part that has left it.
_SHARE_OF_LEAVING = 0.3


@dataclass(frozen=True, slots=True)
class _Orphan:
    """The row of a part that is gone, and what it said and was known by."""

    row: SourceEntry
    runs: Runs
    names: frozenset[str]


class Orphans:
    """The parts that were gone before a file had its turn; files that are new come last."""

    def __init__(self, source: Source | None, register: Register) -> None:
        self._source = source
        self._register = register
        self._by_language: dict[str, tuple[list[_Orphan], LikenessIndex]] = {}
        self._adopted: set[int] = set()

    def find(
        self, language: str, entry: Entry, texts: Mapping[str, str], taken_ids: Container[int] = ()
    ) -> SourceEntry | None:
        """Return the row that ``entry``, which says ``texts``, continues, if there is one.

        Rows whose keys are ``taken_ids`` are those of other entries.
        """
        orphans, index = self._of(language)
        if not orphans:
            return None
        runs, names = _runs(texts), _names(entry.anchor, texts.get("title", ""), entry.key_codes)
        good = []
        for number in index.nearest(runs):
            orphan = orphans[number]
            share = likeness(orphan.runs, runs)
            needed = _SHARE_OF_NAMESAKE if names & orphan.names else _SHARE_OF_OTHERS
            if self._is_free(orphan.row, taken_ids) and share >= needed:
                good.append((share, number))
        return orphans[max(good)[1]].row if good else None

    def of_article(
        self, language: str, article_id: int, taken_ids: Container[int] = ()
    ) -> SourceEntry | None:
        """Return the row of an article that another language of its document has adopted."""
        rows = (orphan.row for orphan in self._of(language)[0])
        return next(
            (r for r in rows if r.article_id == article_id and self._is_free(r, taken_ids)), None
        )

    def _is_free(self, row: SourceEntry, taken_ids: Container[int]) -> bool:
        return row.pk not in self._adopted and row.pk not in taken_ids

    def _of(self, language: str) -> tuple[list[_Orphan], LikenessIndex]:
        if language not in self._by_language:
            self._by_language[language] = self._load(language)
        return self._by_language[language]

    def adopt(self, row: SourceEntry) -> None:
        """Note that ``row`` is the part of another document now."""
        self._adopted.add(row.pk)

    def note_removed(self, row: SourceEntry, language: str) -> None:
        """Note a part that a document of this run no longer holds."""
        if language in self._by_language:
            orphans, index = self._by_language[language]
            index.add(len(orphans), (new := _orphan(row)).runs)
            orphans.append(new)

    def _load(self, language: str) -> tuple[list[_Orphan], LikenessIndex]:
        gone = [known.pk for known in self._register.gone(language) if self._is_lost(known)]
        removed = Q(removed__isnull=False)
        rows = (
            SourceEntry.objects.filter(document__language=language)
            .filter(document__in=SourceDocument.objects.filter(owned_by(self._source)))
            .filter(removed | Q(document__in=gone) if self._source else removed)
            .select_related("article")
        )
        orphans = [_orphan(row) for row in rows]
        index = LikenessIndex()
        orphans += self._leaving(language)
        for number, orphan in enumerate(orphans):
            index.add(number, orphan.runs)
        return orphans, index

    def _leaving(self, language: str) -> list[_Orphan]:
        """Return the parts that files with a later turn hold no more than by a few words.

        Without them a part that moved to a file with an earlier turn would be made twice.
        """
        files = {key: runs_of_file(raw) for key, raw in self._register.changed_documents(language)}
        rows = SourceEntry.objects.filter(document__in=files, removed=None)
        leaving = []
        for orphan in map(_orphan, rows.select_related("article")):
            held = len(orphan.runs & files[orphan.row.document_id])
            if held < _SHARE_OF_LEAVING * len(orphan.runs):
                leaving.append(orphan)
        return leaving

    def _is_lost(self, document: KnownDocument) -> bool:
        """Return whether no file of the run may turn out to be the document."""
        return not self._register.has_new_name(document.path)


def _orphan(row: SourceEntry) -> _Orphan:
    names = _names(row.anchor, row.base.get("title", ""), row.codes)
    return _Orphan(row, _runs(row.base), names | {f"#{alias}" for alias in row.aliases})


def _runs(texts: Mapping[str, str]) -> Runs:
    return runs_of(" ".join(texts.get(name, "") for name in ("title", *SECTIONS)))


def _names(anchor: str, title: str, codes: Iterable[str]) -> frozenset[str]:
    """Return what a part is called; the anchor of a row of a table is only that of its section."""
    own = [] if "#" in anchor else [f"#{anchor}"]
    return frozenset([*own, title.casefold(), *codes])
