"""Ranked entries -> hits: one an article, with its titles, platforms, codes and a snippet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .backend import listed
from .context import Context
from .result import Hit
from .snippet import best_snippet
from .tables import ARTICLE, CODE, ENTRY, TEXT

#: Codes of an article that a hit names.
_CODES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """An entry chosen as a hit: why, in which tier, with what score."""

    entry: int
    article: int
    language: str
    facets: int
    tier: str
    why: str
    value: float
    guess: bool = False


Address = Callable[[str, str, str], str]
"""From slug, language and anchor to the address of a page."""


def one_per_article(found: Sequence[Found]) -> list[Found]:
    """The first of each article; ``found`` is in order."""
    best: dict[int, Found] = {}
    for one in found:
        best.setdefault(one.article, one)
    return list(best.values())


Weights = Mapping[str, Mapping[str, float]]
"""The terms to mark with their weight, by language."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is read for the articles of a page, by article and (passages) by entry."""

    slugs: Mapping[int, str]
    titles: Mapping[int, Mapping[str, str]]
    codes: Mapping[int, Sequence[str]]
    passages: Mapping[int, str]


def load(context: Context, found: Sequence[Found], weights: Weights, address: Address) -> list[Hit]:
    """The hits for ``found``, in its order, without what was deleted in the meantime."""
    articles = {one.article for one in found}
    entries = listed(one.entry for one in found)
    slugs = f"SELECT id, slug FROM {ARTICLE} WHERE id IN {listed(articles)}"
    passages = f"SELECT entry_id, passages FROM {TEXT} WHERE entry_id IN {entries}"
    rows = _Rows(
        slugs=dict(context.rows(slugs)),
        titles=_titles(context, articles),
        codes=_codes(context, articles),
        passages=dict(context.rows(passages)),
    )
    return [
        _hit(context, one, rows, weights.get(one.language, {}), address)
        for one in found
        if one.article in rows.slugs and one.article in rows.titles and one.entry in rows.passages
    ]


def _hit(
    context: Context, one: Found, rows: _Rows, terms: Mapping[str, float], address: Address
) -> Hit:
    titles, slug = rows.titles[one.article], rows.slugs[one.article]
    shown = context.language if context.language in titles else one.language
    snippet = best_snippet(json.loads(rows.passages[one.entry]), one.language, terms)
    anchor = snippet.anchor if snippet.weight else ""
    values = context.scope.visible[one.facets].values
    return Hit(
        article_id=one.article,
        slug=slug,
        anchor=anchor,
        section=snippet.section if anchor else "",
        title=titles[shown],
        url=address(slug, context.language, anchor),
        language=shown,
        found_in=one.language,
        languages=tuple(sorted(titles)),
        kind=min(values["kind"]),
        status=min(values["status"]),
        platforms=tuple(sorted(values["platform"])),
        codes=tuple(rows.codes.get(one.article, ())[:_CODES]),
        tier=one.tier,
        why=one.why,
        snippet=str(snippet.html),
        score=round(one.value, 3),
        guess=one.guess,
    )


def _titles(context: Context, articles: set[int]) -> dict[int, dict[str, str]]:
    sql = (
        f"SELECT e.article_id, e.language, t.title FROM {ENTRY} e"
        f" JOIN {TEXT} t ON t.entry_id = e.translation_id WHERE e.article_id IN {listed(articles)}"
    )
    titles: dict[int, dict[str, str]] = {}
    for article, language, title in context.rows(sql):
        titles.setdefault(article, {})[language] = title
    return titles


def _codes(context: Context, articles: set[int]) -> dict[int, list[str]]:
    sql = (
        f"SELECT DISTINCT article_id, canonical FROM {CODE}"
        f" WHERE article_id IN {listed(articles)} AND whole ORDER BY article_id, canonical"
    )
    codes: dict[int, list[str]] = {}
    for article, canonical in context.rows(sql):
        codes.setdefault(article, []).append(canonical)
    return codes
