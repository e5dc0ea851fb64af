"""New articles for the entries of a document: addresses, platforms, what its source chose."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from ..editing import free_slug, taken_among
from ..models import Article, Platform, Source
from ..texts.docfx import Entry
from ..texts.docfx.front_matter import is_draft, is_for_staff
from ..texts.languages import common
from ..texts.slugs import LONGEST_MADE_SLUG

NO_FIELDS: Mapping[str, Any] = MappingProxyType({})
#: Characters of a made address that are kept for a code or number that tells it from others.
_LONGEST_DISTINCTION = 40
#: Numbers that are looked at together; beyond them ``free_slug`` reads all that are taken.
_NUMBERS = 20


def create_articles(
    entries: Sequence[Entry],
    source: Source | None,
    reserved: Collection[str] = (),
    fields: Mapping[str, Any] = NO_FIELDS,
    *,
    needs_review: bool = False,
) -> list[Article]:
    """Return new articles for ``entries``, as ``source`` wants them, at none of ``reserved``.

    A draft stays one, and what was for staff alone stays so: the header's ``fields`` tell. What
    ``needs_review`` comes in review instead of published. The caller holds the transaction.
    """
    if not entries:
        return []
    days = source.review_days if source else None
    articles = Article.objects.bulk_create(
        Article(
            slug=slug,
            kind=entry.kind,
            status=_status(source, fields, needs_review),
            audience=_audience(fields),
            owner=source.owner if source else None,
            review_due=timezone.localdate() + timedelta(days=days) if days else None,
        )
        for entry, slug in zip(entries, _free_slugs(entries, reserved), strict=True)
    )
    named = {slug: platform_of(slug) for slug in sorted({s for e in entries for s in e.platforms})}
    usual = list(source.platforms.all()) if source else []
    member = Article.platforms.through
    member.objects.bulk_create(
        member(article=article, platform=platform)
        for article, entry in zip(articles, entries, strict=True)
        for platform in {named[slug].pk: named[slug] for slug in entry.platforms}.values() or usual
    )
    return articles


def _status(source: Source | None, fields: Mapping[str, Any], needs_review: bool) -> str:
    if is_draft(fields):
        return Article.Status.DRAFT
    return status_of_new(source, needs_review)


def status_of_new(source: Source | None, needs_review: bool) -> str:
    """Return the status of a new article of ``source``, whose document does not say a draft."""
    return first_status(source.status if source else Article.Status.PUBLISHED, needs_review)


def first_status(wanted: str, needs_review: bool) -> str:
    """Return the status of a new article that is to have ``wanted``: in review before published."""
    is_early = needs_review and wanted == Article.Status.PUBLISHED
    return Article.Status.IN_REVIEW if is_early else wanted


def _audience(fields: Mapping[str, Any]) -> str:
    return Article.Audience.STAFF if is_for_staff(fields) else Article.Audience.PUBLIC


def platform_of(slug: str) -> Platform:
    """Return the platform that the labels call by ``slug``, made where it is not there yet.

    One that was merged into another is the other.
    """
    merged = Platform.objects.filter(former_addresses__slug=slug).first()
    if merged:
        return merged
    names = common()["platform_names"]
    order = list(names)
    platform, _ = Platform.objects.get_or_create(
        slug=slug,
        defaults={"name": names[slug], "position": order.index(slug) + 1},
    )
    return platform


def _free_slugs(entries: Sequence[Entry], reserved: Collection[str]) -> list[str]:
    """Return an address for each entry: its anchor; with the platform or a number if taken."""
    wishes = [_wish(entry) for entry in entries]
    taken = taken_among(wishes).union(reserved)
    others = [_others(wish, entry) for wish, entry in zip(wishes, entries, strict=True)]
    pairs = list(zip(wishes, others, strict=True))
    taken |= taken_among([slug for wish, each in pairs if wish in taken for slug in each])
    slugs: list[str] = []
    for wish, each in pairs:
        slug = next((slug for slug in (wish, *each) if slug not in taken), None)
        slugs.append(slug or free_slug(wish, reserved=taken))
        taken.add(slugs[-1])
    return slugs


def _others(wish: str, entry: Entry) -> list[str]:
    """Return the addresses that ``entry`` may have instead of ``wish``, the best first."""
    named = [f"{wish}-{platform}" for platform in entry.platforms[:1]]
    return [*named, *(f"{wish}-{number}" for number in range(2, _NUMBERS))]


def _wish(entry: Entry) -> str:
    """Return the anchor of ``entry``; for a row with its first code or its number."""
    section, _, number = entry.anchor.partition("#")
    distinct = slugify(entry.key_codes[0] if entry.key_codes else number)
    base = slugify(section)[: LONGEST_MADE_SLUG - _LONGEST_DISTINCTION].strip("-") or "article"
    wish = f"{base}-{distinct}" if distinct else base
    return wish[:LONGEST_MADE_SLUG].strip("-")
