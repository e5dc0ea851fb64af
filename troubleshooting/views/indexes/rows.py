"""The rows of the indexes of codes and messages: all that a reader may see, in a few queries.

A page shows fifty of perhaps thousands, but the counts beside its filters are of all of them. So
all are read, once for each state of the content and kind of reader, and kept in this process.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from ...access import Reader
from ...filters.indexes import IndexRow, facility_of
from ...filters.values import FAMILY_LABELS
from ...models import Article, ArticleTranslation, CodeCitation, ErrorCode, Platform, Symptom
from ...querysets import visibility
from ...search.facets.declared import ALL_PLATFORMS
from ...search.words.folding import fold

#: Lists that are kept: those of codes, and of messages in a few languages, for each kind of reader.
LISTS = 6 * len(Reader)
_FAMILIES = {kind: place for place, kind in enumerate(FAMILY_LABELS)}


def code_rows(reader: Reader, state: str) -> list[IndexRow]:
    """Return every code cited in an article that ``reader`` may see.

    By family, then number or name.

    ``state`` is that of the content; empty where nothing may be kept.
    """
    return _kept_codes(state, reader) if state else _codes(reader)


def message_rows(reader: Reader, language: str, state: str) -> list[IndexRow]:
    """Return every message in ``language`` that ``reader`` may see, those alike as one."""
    if state:
        return _kept_messages(state, reader, language)
    return _messages(reader, language)


@lru_cache(maxsize=LISTS)
def _kept_codes(state: str, reader: Reader) -> list[IndexRow]:
    return _codes(reader)


@lru_cache(maxsize=LISTS)
def _kept_messages(state: str, reader: Reader, language: str) -> list[IndexRow]:
    return _messages(reader, language)


@dataclass(slots=True)
class _Text:
    """What a translation brings to a row: its article, its change, platforms, kinds of code."""

    pk: int
    article: int
    rank: int
    platform: frozenset[str]
    family: set[str] = field(default_factory=set)
    facility: set[str] = field(default_factory=set)


def _codes(reader: Reader) -> list[IndexRow]:
    cited = list(_citations(reader))
    texts = _texts({translation for _code, translation in cited}, CodeCitation.objects.all())
    known = _known_codes()
    citing: dict[int, list[_Text]] = defaultdict(list)
    for code, translation in cited:
        if translation in texts and code in known:  # or written while these were read
            citing[code].append(texts[translation])
    rows = []
    for pk, found in citing.items():
        canonical, kind, value, facility = known[pk]
        row = _row(canonical, found)._replace(family=frozenset([kind]), facility=facility)
        place = _FAMILIES.get(kind, len(_FAMILIES))
        rows.append(((place, value or 0, _natural(canonical)), row))
    return [row for _order, row in sorted(rows)]


def _messages(reader: Reader, language: str) -> list[IndexRow]:
    messages = Symptom.objects.filter(kind=Symptom.Kind.MESSAGE, translation__language=language)
    seen = messages.filter(visibility(reader, "translation__article__")).order_by("pk")
    quoted = list(seen.values_list("key", "text", "translation"))
    texts = _texts({translation for _key, _name, translation in quoted}, messages)
    _add_codes(texts, reader)
    quoting: dict[str, list[_Text]] = defaultdict(list)
    names: dict[str, str] = {}
    for key, name, translation in quoted:
        if translation in texts:
            names.setdefault(key, name)
            quoting[key].append(texts[translation])
    order = sorted(quoting, key=_natural)
    return [_row(names[key], quoting[key]) for key in order]


def _row(name: str, texts: list[_Text]) -> IndexRow:
    latest = max(texts, key=lambda text: text.rank)
    return IndexRow(
        name=name,
        articles=tuple(sorted({text.article for text in texts})),
        latest=latest.pk,
        rank=latest.rank,
        family=frozenset().union(*(text.family for text in texts)),
        facility=frozenset().union(*(text.facility for text in texts)),
        platform=frozenset().union(*(text.platform for text in texts)),
    )


def _texts(visible: Collection[int], holding: QuerySet[Any]) -> dict[int, _Text]:
    """Return the texts among ``visible``, in the order of their changes.

    ``holding`` are the rows that stand in them, and perhaps in others: few of a large base. Of the
    database no more is asked. SQLite tries every text of a long list for every visible article: at
    8,000 texts these two queries took 9 s.
    """
    texts = ArticleTranslation.objects.filter(pk__in=holding.order_by().values("translation"))
    platforms: dict[int, set[str]] = defaultdict(set)
    links = Article.platforms.through.objects.filter(article__in=texts.values("article"))
    for article, slug in links.values_list("article", "platform__slug"):
        platforms[article].add(slug)
    each = frozenset([*Platform.objects.values_list("slug", flat=True), ALL_PLATFORMS])
    ordered = texts.order_by("modified", "pk").values_list("pk", "article")
    return {
        pk: _Text(pk, article, rank, frozenset(platforms.get(article, each)))
        for rank, (pk, article) in enumerate(ordered)
        if pk in visible
    }


def _known_codes() -> dict[int, tuple[str, str, int | None, frozenset[str]]]:
    """Return canonical spelling, kind, value and facility of every code."""
    values = ErrorCode.objects.order_by().values_list("pk", "canonical", "kind", "value")
    return {
        pk: (canonical, kind, value, frozenset(filter(None, [facility_of(kind, value)])))
        for pk, canonical, kind, value in values
    }


def _citations(reader: Reader) -> Iterable[tuple[int, int]]:
    return CodeCitation.objects.visible_to(reader).order_by().values_list("code", "translation")


def _add_codes(texts: dict[int, _Text], reader: Reader) -> None:
    """Note at each text the families and facilities of the codes that it cites."""
    known = _known_codes()
    for code, translation in _citations(reader):
        if translation in texts and code in known:
            _canonical, kind, _value, facility = known[code]
            texts[translation].family.add(kind)
            texts[translation].facility |= facility


def _natural(text: str) -> tuple[object, ...]:
    """Compare numbers inside as numbers, so that 5.7.2 comes before 5.7.12."""
    parts = re.split(r"(\d+)", fold(text))
    return tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts)
