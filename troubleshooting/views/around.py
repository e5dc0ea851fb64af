"""What lies around an article, read in one query: neighbours, kin, its own platforms."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet

from ..models import (
    ArticleTranslation,
    CodeCitation,
    Platform,
    SourceEntry,
    Symptom,
)
from ..prepared import Prepared
from ..querysets import nearest_of_platform

#: Links of one kind that a reader still looks through.
SHOWN = 4
#: Candidates read for it: a code such as "access denied" may be cited by hundreds.
READ = 30
_ROW = (
    *("article_id", "article__slug", "language", "title", "same_code", "same_message"),
    *("article__platforms__slug", "article__platforms__name", "article__platforms__icon"),
)


@dataclass(slots=True)
class Kin:
    """An article beside the one that is read, in the reader's language where it has it."""

    slug: str
    language: str
    title: str
    same_code: bool
    same_message: bool
    platforms: list[Platform] = field(default_factory=list)


@dataclass(slots=True)
class Around:
    """``elsewhere`` holds the same message or code on platforms that the article is not about."""

    platforms: list[Platform] = field(default_factory=list)
    previous: Kin | None = None
    next: Kin | None = None
    elsewhere: list[Kin] = field(default_factory=list)
    same_message: list[Kin] = field(default_factory=list)
    same_code: list[Kin] = field(default_factory=list)
    same_platform: list[Kin] = field(default_factory=list)


def around(
    user, language: str, translation: ArticleTranslation, source: SourceEntry | None
) -> Around:
    """What ``user`` may see around the article of ``translation``, the text that is shown.

    ``source`` is its part of a document, with its neighbours.
    """
    article = translation.article_id
    values = {"language": language, "article": article, "translation": translation.pk}
    neighbours = ()
    if source:
        neighbours = (source.previous_article, source.next_article)
        values |= {"document": source.document_id, "position": source.position}
        values |= {"before": neighbours[0] or article, "after": neighbours[1] or article}
    kin = _by_article(_rows(user, **values))
    own = kin.pop(article)
    result = Around(platforms=own.platforms)
    if neighbours:
        result.previous, result.next = (kin.get(key) for key in neighbours)
    _sort_in(result, [one for key, one in kin.items() if key not in neighbours])
    _sort_elsewhere(result, [*kin.values()])
    return result


def _rows_around(
    user, language: str, article: int, translation: int, before: int = 0, after: int = 0, **place
) -> QuerySet:
    """The article itself, ``before`` and ``after``, and its kin; ``place``: in its document."""
    texts = ArticleTranslation.objects.visible_to(user)
    own_codes = CodeCitation.objects.filter(translation=translation).values("code")
    own_keys = Symptom.objects.filter(translation=translation).exclude(key="").values("key")
    kinds = {
        "same_code": CodeCitation.objects.filter(code__in=own_codes),
        "same_message": Symptom.objects.filter(key__in=own_keys),
    }
    wanted = Q(article__in=[article, before, after] if place else [article])
    flags = {}
    for name, rows in kinds.items():
        seen = texts.filter(pk__in=rows.values("translation")).exclude(article=article)
        wanted |= Q(article__in=seen.order_by("pk").values("article")[:READ])
        flags[name] = Exists(rows.filter(translation__article=OuterRef("article")))
    if place:
        near = nearest_of_platform(SourceEntry.objects, article, **place)
        wanted |= Q(article__in=near.values("article")[: 2 * SHOWN])
    found = texts.filter(wanted).annotate(**flags).best_first(language)
    return found.order_by(*found.query.order_by, "article__platforms__position").values(*_ROW)


_rows = Prepared(_rows_around)


def _by_article(rows) -> dict[int, Kin]:
    """One per article; of its languages the first, with all its platforms."""
    kin: dict[int, Kin] = {}
    for row in rows:
        key = row["article_id"]
        if key not in kin:
            kin[key] = Kin(
                slug=row["article__slug"],
                language=row["language"],
                title=row["title"],
                same_code=row["same_code"],
                same_message=row["same_message"],
            )
        if row["article__platforms__slug"] and row["language"] == kin[key].language:
            kin[key].platforms.append(
                Platform(
                    slug=row["article__platforms__slug"],
                    name=row["article__platforms__name"],
                    icon=row["article__platforms__icon"],
                )
            )
    return kin


def _sort_in(result: Around, kin: list[Kin]) -> None:
    own = {platform.slug for platform in result.platforms}
    for one in kin:
        if one.same_message:
            result.same_message.append(one)
        elif one.same_code:
            result.same_code.append(one)
        elif own & {platform.slug for platform in one.platforms}:
            result.same_platform.append(one)
    for name in ("same_message", "same_code", "same_platform"):
        setattr(result, name, getattr(result, name)[:SHOWN])


def _sort_elsewhere(result: Around, kin: list[Kin]) -> None:
    own = {platform.slug for platform in result.platforms}
    result.elsewhere = [
        one
        for one in kin
        if (one.same_message or one.same_code)
        and own
        and one.platforms
        and not own & {platform.slug for platform in one.platforms}
    ][:SHOWN]
