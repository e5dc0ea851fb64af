"""What editors decide about an article beside its texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..models import Article, FormerAddress, Platform
from ..rights import check_platforms
from ..texts.prompts import without_prompts
from ..texts.slugs import LONGEST_MADE_SLUG

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def free_slug(
    *wishes: str, alternatives: Iterable[str] = (), reserved: Collection[str] = ()
) -> str:
    """Return an address that no article has, as near to the first usable wish as can be.

    ``alternatives`` are slugs to take before a number is added to the wish; those ``reserved``
    are not taken.
    """
    slugs = (slugify(wish)[:LONGEST_MADE_SLUG].strip("-") for wish in wishes)
    base = next(filter(None, slugs), "article")
    taken = taken_slugs(base).union(reserved)
    numbered = (f"{base}-{number}" for number in count(2))
    return next(slug for slug in chain([base], alternatives, numbered) if slug not in taken)


def taken_slugs(prefix: str) -> set[str]:
    """Return the addresses beginning with ``prefix`` that lead to an article.

    Those that an article had before are among them.
    """
    return {
        slug
        for model in (Article, FormerAddress)
        for slug in model.objects.filter(slug__startswith=prefix).values_list("slug", flat=True)
    }


def taken_among(slugs: Collection[str]) -> set[str]:
    """Return the ``slugs`` that lead to an article."""
    return {
        slug
        for model in (Article, FormerAddress)
        for slug in model.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    }


@transaction.atomic
def create_article(
    *,
    title: str,
    owner: User | None,
    platforms: Iterable[Platform] = (),
    by: User | None = None,
    **values: Any,
) -> Article:
    """Return a new draft of ``owner``.

    ``values`` are fields of ``Article`` (slug, kind, audience ...). ``by`` is who decides, None
    where nobody does who could be bound by a field.

    Raise ``ValidationError`` for an address that leads to another article and for platforms that
    are not in the field of who decides, ``PermissionDenied`` where they have none.
    """
    platforms = list(platforms)
    check_platforms(by, None, platforms)
    values["slug"] = values.get("slug") or free_slug(without_prompts(title))
    check_address(values["slug"])
    article = Article.objects.create(owner=owner, **values)
    article.platforms.set(platforms)
    return article


def update_article(
    article: Article,
    *,
    platforms: Iterable[Platform] | None = None,
    by: User | None = None,
    **values: Any,
) -> None:
    """Store what an editor decided: ``values`` are fields of ``Article``, never its status.

    Only what is named is written, so that what others decided meanwhile stays. Links to an
    address that the article leaves go on leading to it. ``by`` and what is raised are as for
    ``create_article``.
    """
    if "status" in values:
        raise ValueError("a status changes by change_status alone")
    if not values and platforms is None:
        return
    platforms = None if platforms is None else list(platforms)
    with transaction.atomic():
        if platforms is not None:
            check_platforms(by, article, platforms)
        if "slug" in values:
            _move(article, values["slug"])
        for name, value in values.items():
            setattr(article, name, value)
        if values:
            article.save(update_fields=list(values))
        if platforms is not None:
            article.platforms.set(platforms)


def check_address(slug: str, article: Article | None = None) -> None:
    """Raise ``ValidationError`` where links to ``slug`` lead to another than ``article``.

    Readers have such links in their mails and tickets; a draft would be in their way at once.
    """
    former = FormerAddress.objects.filter(slug=slug).select_related("article").first()
    if former is not None and (article is None or former.article_id != article.pk):
        raise ValidationError(
            {
                "slug": ValidationError(
                    _("Links to this address lead to the article “%(article)s”: choose another."),
                    code="former_address",
                    params={"article": former.article.slug},
                )
            }
        )


def _move(article: Article, slug: str) -> None:
    """Remember the address that ``article`` has; it may go back to one of its own."""
    check_address(slug, article)
    FormerAddress.objects.filter(slug=slug, article=article).delete()
    before = Article.objects.values_list("slug", flat=True).get(pk=article.pk)
    if before != slug:
        FormerAddress.objects.create(slug=before, article=article)
