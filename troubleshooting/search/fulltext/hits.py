"""Ranked entries -> hits: one an article, with its titles, platforms, codes and a snippet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..context import SearchContext
from ..engines.statements import RowQuery
from ..engines.tables import ARTICLE, CODE, ENTRY, TEXT, TRANSLATION
from ..result import Hit
from .quotation import quote
from .snippets import QueryMarker

#: Codes of an article that a hit names.
_CODES = 8


@dataclass(frozen=True, slots=True)
class ChosenEntry:
    """An entry chosen as a hit: why, in which tier, with what score.

    By a code whether it is about the code (``defines``).
    """

    entry: int
    article: int
    language: str
    facets: int
    tier: str
    why: str
    value: float
    guess: bool = False
    defines: bool = False


Address = Callable[[str, str, str], str]
"""From slug, language and anchor to the address of a page."""


def one_per_article(entries: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    """Return the first of each article; ``entries`` is in order."""
    best: dict[int, ChosenEntry] = {}
    for one in entries:
        best.setdefault(one.article, one)
    return list(best.values())


class _Changed(NamedTuple):
    entry: int
    modified: str


def newest_first(context: SearchContext, hits: Sequence[ChosenEntry]) -> list[ChosenEntry]:
    """Return ``hits`` by when each text was last changed, the latest first. One statement."""
    if not hits:
        return []
    these, entries = context.engine.among("t.id", sorted(one.entry for one in hits))
    question = RowQuery(
        _Changed,
        ("t.id", "CAST(t.modified AS TEXT)"),
        f"FROM {TRANSLATION} t WHERE {these}",
        tuple(entries),
    )
    context.ask(question)
    changed = dict(question.rows)
    return sorted(hits, key=lambda one: changed.get(one.entry, ""), reverse=True)


Weights = Mapping[str, Mapping[str, float]]
"""The terms to mark with their weight, by language."""


@dataclass(slots=True)
class _Rows:
    """What is read for the articles of a page, by article; ``entries`` are all that are there."""

    slugs: dict[int, str] = field(default_factory=dict)
    titles: dict[int, dict[str, str]] = field(default_factory=dict)
    codes: dict[int, list[str]] = field(default_factory=dict)
    passages: dict[int, dict[str, str]] = field(default_factory=dict)
    entries: set[int] = field(default_factory=set)


class _TextRow(NamedTuple):
    """A text of an article; ``passages`` (JSON) is empty where nothing of it is quoted.

    Quoted are texts that are a hit, and those in the language of the reader.
    """

    article: int
    entry: int
    language: str
    slug: str
    title: str
    passages: str


class _CodeRow(NamedTuple):
    article: int
    canonical: str


def load(
    context: SearchContext, entries: Sequence[ChosenEntry], weights: Weights, address: Address
) -> list[Hit]:
    """Return the hits for ``entries``, in its order, without what was deleted in the meantime."""
    if not entries:
        return []
    rows = _read(context, entries)
    languages = {context.language, *(one.language for one in entries)}
    markers = {language: QueryMarker(language, weights.get(language, {})) for language in languages}
    return [
        _hit(context, one, rows, markers, address)
        for one in entries
        if one.entry in rows.entries and one.facets in context.scope.visible
    ]


def _read(context: SearchContext, chosen_entries: Sequence[ChosenEntry]) -> _Rows:
    engine = context.engine
    articles = sorted({one.article for one in chosen_entries})
    of_texts, texts_of = engine.among("e.article_id", articles)
    of_codes, codes_of = engine.among("c.article_id", articles)
    is_found, entries = engine.among(
        "e.translation_id", sorted(one.entry for one in chosen_entries)
    )
    passages = f"CASE WHEN {is_found} OR e.language = %s THEN t.passages ELSE '' END"
    texts = RowQuery(
        _TextRow,
        ("e.article_id", "e.translation_id", "e.language", "a.slug", "t.title", passages),
        f"FROM {ENTRY} e JOIN {TEXT} t ON t.entry_id = e.translation_id"
        f" JOIN {ARTICLE} a ON a.id = e.article_id WHERE {of_texts}",
        (*entries, context.language, *texts_of),
    )
    codes = RowQuery(
        _CodeRow,
        ("c.article_id", "c.canonical"),
        f"FROM {CODE} c WHERE {of_codes} AND c.whole",
        tuple(codes_of),
        distinct=True,
    )
    context.ask(texts, codes)
    rows = _Rows()
    for text in texts.rows:
        rows.slugs[text.article] = text.slug
        rows.titles.setdefault(text.article, {})[text.language] = text.title
        rows.passages.setdefault(text.article, {})[text.language] = text.passages
        rows.entries.add(text.entry)
    for code in sorted(codes.rows):
        rows.codes.setdefault(code.article, []).append(code.canonical)
    return rows


def _hit(
    context: SearchContext,
    one: ChosenEntry,
    rows: _Rows,
    markers: Mapping[str, QueryMarker],
    address: Address,
) -> Hit:
    titles, slug = rows.titles[one.article], rows.slugs[one.article]
    shown = context.language if context.language in titles else one.language
    passages = {
        language: json.loads(rows.passages[one.article][language])
        for language in {one.language, shown}
    }
    quoted = quote(passages, one.language, shown, markers, titles[one.language], one.tier)
    values = context.scope.visible[one.facets].values
    return Hit(
        article_id=one.article,
        slug=slug,
        anchor=quoted.anchor,
        section=quoted.section,
        title=titles[shown],
        url=address(slug, context.language, quoted.anchor),
        language=shown,
        found_in=one.language,
        languages=tuple(sorted(titles)),
        kind=min(values["kind"]),
        status=min(values["status"]),
        platforms=tuple(sorted(values["platform"])),
        codes=tuple(rows.codes.get(one.article, ())[:_CODES]),
        tier=one.tier,
        why=one.why,
        snippet=quoted.html,
        snippet_language=quoted.language,
        matched=quoted.matched,
        score=round(one.value, 3),
        guess=one.guess,
        defines=one.defines,
    )
