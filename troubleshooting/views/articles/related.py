"""What lies around an article, read in one query: neighbours, kin, its own platforms."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from ...access import Reader
from ...caching.queries import Prepared
from ...models import Article, ArticleTranslation, CodeCitation, SourceEntry, Symptom
from ...querysets import nearest_of_platform

#: Links of one kind that a reader still looks through.
LINKS = 4
#: Candidates read for it: a code such as "access denied" may be cited by hundreds.
CANDIDATES = 30
#: The columns of ``_KinRow``.
_COLUMNS = (
    *("article_id", "article__slug", "language", "title", "same_code", "same_message"),
    *("article__platforms__slug", "article__platforms__name", "article__platforms__icon"),
)


class _KinRow(NamedTuple):
    """An article in a language, beside one of its platforms; ``platform`` is None without any."""

    article: int
    slug: str
    language: str
    title: str
    same_code: bool
    same_message: bool
    platform: str | None
    platform_name: str
    platform_icon: str


class Tag(NamedTuple):
    """A platform as it is shown beside an article."""

    slug: str
    name: str
    icon: str


class Kin(NamedTuple):
    """An article beside the one that is read, in the reader's language where it has it."""

    slug: str
    language: str
    title: str
    same_code: bool
    same_message: bool
    platforms: tuple[Tag, ...] = ()


class Around(NamedTuple):
    """``elsewhere`` holds the same message or code on platforms that the article is not about."""

    platforms: tuple[Tag, ...]
    neighbours: tuple[Kin | None, Kin | None]
    elsewhere: tuple[Kin, ...]
    same_message: tuple[Kin, ...]
    same_code: tuple[Kin, ...]
    same_platform: tuple[Kin, ...]

    @property
    def related(self) -> tuple[tuple[Kin, ...], ...]:
        """Return articles of the same message, code and platform; empty if there are none."""
        kinds = (self.same_message, self.same_code, self.same_platform)
        return kinds if any(kinds) else ()


class DocumentPlace(NamedTuple):
    """Where in a document an article stands, and the articles next to it there, by their keys."""

    document: int
    position: int
    previous: int | None
    next: int | None


def around(
    reader: Reader, language: str, article: int, translation: int, place: DocumentPlace | None
) -> Around:
    """Return what ``reader`` may see around an article.

    ``translation`` is the key of its text shown.
    """
    values: dict[str, str | int] = {
        "language": language,
        "article": article,
        "translation": translation,
    }
    neighbours: tuple[int | None, int | None] = (None, None)
    if place:
        neighbours = (place.previous, place.next)
        values |= {"document": place.document, "position": place.position}
        values |= {"before": place.previous or article, "after": place.next or article}
    kin = _by_article(map(_KinRow._make, _rows(reader, **values)))
    platforms = kin.pop(article).platforms
    own = {platform.slug for platform in platforms}
    others = [one for key, one in kin.items() if key not in neighbours]
    return Around(
        platforms=platforms,
        neighbours=(_kin_of(kin, neighbours[0]), _kin_of(kin, neighbours[1])),
        elsewhere=_elsewhere(own, kin.values()),
        **_kinds(own, others),
    )


def _kin_of(kin: dict[int, Kin], key: int | None) -> Kin | None:
    return kin.get(key) if key else None


def _rows_around(
    reader: Reader,
    language: str,
    article: int,
    translation: int,
    before: int = 0,
    after: int = 0,
    **place: int,
) -> QuerySet[Any, Any]:
    """Return the article itself, ``before`` and ``after``, and its kin.

    ``place``: in its document.
    """
    texts = ArticleTranslation.objects.visible_to(reader)
    own_codes = CodeCitation.objects.filter(translation=translation).values("code")
    own_keys = Symptom.objects.filter(translation=translation).exclude(key="").values("key")
    kinds = {
        "same_code": CodeCitation.objects.filter(code__in=own_codes),
        "same_message": Symptom.objects.filter(key__in=own_keys),
    }
    keys = [article, before, after] if place else [article]
    wanted: list[QuerySet[Any, Any]] = [Article.objects.filter(pk__in=keys).order_by().values("pk")]
    flags = {}
    for name, rows in kinds.items():
        seen = texts.filter(pk__in=rows.values("translation")).exclude(article=article)
        first = ArticleTranslation.objects.filter(
            pk__in=seen.order_by("pk").values("pk")[:CANDIDATES]
        )
        wanted.append(first.order_by().values("article"))
        flags[name] = Exists(rows.filter(translation__article=OuterRef("article")))
    if place:
        near = nearest_of_platform(SourceEntry.objects.all(), article, **place)
        nearest = SourceEntry.objects.filter(pk__in=near.values("pk")[: 2 * LINKS])
        wanted.append(nearest.order_by().values("article"))
    # one list of keys, since of conditions joined by "or" a database would try every article
    together = wanted[0].union(*wanted[1:], all=True)
    found = texts.filter(article__in=together).annotate(**flags).best_first(language)
    return found.order_by(*found.query.order_by, "article__platforms__position").values_list(
        *_COLUMNS
    )


_rows = Prepared(_rows_around)


def _by_article(rows: Iterable[_KinRow]) -> dict[int, Kin]:
    """Return one per article; of its languages the first, with all its platforms.

    The rows of an article are beside each other, those of a language too.
    """
    kin: dict[int, Kin] = {}
    for (article, _language), of_text in groupby(rows, key=lambda row: (row.article, row.language)):
        if article in kin:
            continue
        same = list(of_text)
        first = same[0]
        platforms = tuple(
            Tag(row.platform, row.platform_name, row.platform_icon) for row in same if row.platform
        )
        kin[article] = Kin(
            first.slug, first.language, first.title, first.same_code, first.same_message, platforms
        )
    return kin


def _kinds(own: set[str], kin: list[Kin]) -> dict[str, tuple[Kin, ...]]:
    """Return the first of each kind, each article in one of them.

    ``own``: the article's platforms.
    """
    kinds: dict[str, list[Kin]] = {"same_message": [], "same_code": [], "same_platform": []}
    for one in kin:
        if one.same_message:
            kinds["same_message"].append(one)
        elif one.same_code:
            kinds["same_code"].append(one)
        elif own & {platform.slug for platform in one.platforms}:
            kinds["same_platform"].append(one)
    return {name: tuple(articles[:LINKS]) for name, articles in kinds.items()}


def _elsewhere(own: set[str], kin: Iterable[Kin]) -> tuple[Kin, ...]:
    found = [
        one
        for one in kin
        if (one.same_message or one.same_code)
        and own
        and one.platforms
        and not own & {platform.slug for platform in one.platforms}
    ]
    return tuple(found[:LINKS])
