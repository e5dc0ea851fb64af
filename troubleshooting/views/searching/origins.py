"""Where articles come from, for hits that their titles cannot tell apart. One query."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ...models import SourceEntry


@dataclass(frozen=True, slots=True)
class HitOrigin:
    """The document that an article comes from, its headings above the article, and its date."""

    document: str
    language: str
    path: list[str]
    date: date | None


class _Row(NamedTuple):
    """An article and a document that it comes from."""

    article: int
    slug: str
    title: str
    language: str
    outline: list[dict[str, Any]]
    date: date | None


def origins(articles: Collection[int], language: str) -> dict[int, HitOrigin]:
    """Return the origin of each of ``articles`` that has one, in ``language`` if there is such."""
    rows = SourceEntry.objects.filter(article__in=articles).values_list(
        "article", "article__slug", "document__title", "document__language",
        "document__outline", "document__date",
    )  # fmt: skip
    best: dict[int, HitOrigin] = {}
    ordered = sorted(
        (_Row(*row) for row in rows), key=lambda row: (row.language != language, row.title)
    )
    for row in ordered:
        above = [heading for heading in _path(row.outline, row.slug) if heading != row.title]
        best.setdefault(row.article, HitOrigin(row.title, row.language, above, row.date))
    return best


def _path(outline: list[dict[str, Any]], slug: str) -> list[str]:
    """Return the titles of the headings above the article ``slug``, the highest first."""
    above: list[dict[str, Any]] = []
    for item in outline:
        above = [one for one in above if one["level"] < item["level"]] + [item]
        if slug in item.get("articles", ()):
            return [one["title"] for one in above]
    return []
