"""Two articles become one: the texts of one are added to the other, which replaces it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ...models import Article, ArticleTranslation, DroppedPart, FormerAddress, GapReport, Revision
from ...rights import REVIEW, may, may_edit
from ...texts.sections import MARKDOWN_TEXTS
from ..articles import update_article
from ..texts import save_translation
from .trash import put_into_trash

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class MergedText(NamedTuple):
    """What a language of the kept article says and would say; ``before`` is {} where it is new."""

    language: str
    before: dict[str, str]
    after: dict[str, str]


def merged_texts(target: Article, other: Article) -> list[MergedText]:
    """Return, by language, the texts that ``target`` would have with ``other`` merged into it."""
    stored = {text.language: text for text in target.translations.all()}
    found = []
    for text in other.translations.order_by("language"):
        own = stored.get(text.language)
        if own is None:
            found.append(MergedText(text.language, {}, text.texts()))
            continue
        after = {name: _joined(name, own, text) for name in MARKDOWN_TEXTS}
        found.append(MergedText(text.language, own.texts(), {"title": own.title, **after}))
    return found


def _joined(name: str, own: ArticleTranslation, other: ArticleTranslation) -> str:
    """Return both sections, one after the other; what one says already is not said twice."""
    ours, theirs = getattr(own, name).strip(), getattr(other, name).strip()
    if not theirs or theirs in ours:
        return str(getattr(own, name))
    if not ours:
        return str(getattr(other, name))
    if name == "resolution" and not theirs.startswith("#"):
        # Another way out has a heading of its own.
        theirs = f"### {other.title}\n\n{theirs}"
    return f"{ours}\n\n{theirs}\n"


@transaction.atomic
def merge_articles(target: Article, other: Article, *, user: User) -> None:
    """Add the texts of ``other`` to those of ``target``, and let its addresses lead there.

    ``other`` goes into the trash. Readers who come by an address of a text that they could read are
    told what replaced it. Raise ``PermissionDenied``, ``ValidationError``, ``UnrenderableText``.
    """
    if target.pk == other.pk:
        raise ValidationError(_("An article cannot be merged with itself."))
    if not all(may(user, REVIEW, one) and may_edit(user, one) for one in (target, other)):
        raise PermissionDenied
    for merged in merged_texts(target, other):
        text = target.translations.filter(language=merged.language).first()
        save_translation(
            article=target,
            language=merged.language,
            texts=merged.after,
            author=user,
            origin=Revision.Origin.EDITOR,
            comment=_("Merged with “%(title)s”") % {"title": _title(other)[:200]},
            base_revision=text.revision_number if text else 0,
        )
    _widen(target, other, user)
    _replace(target, other, user)


def _title(article: Article) -> str:
    text = article.translations.order_by("language").first()
    return text.title if text else article.slug


def _widen(target: Article, other: Article, user: User) -> None:
    """Let ``target`` be about the platforms of both; none is every platform."""
    own, more = set(target.platforms.all()), set(other.platforms.all())
    if own and not more <= own:
        update_article(target, platforms=own | more, by=user)
    elif own and not more:
        update_article(target, platforms=[], by=user)


def _replace(target: Article, other: Article, user: User) -> None:
    was_read = (
        other.status == Article.Status.PUBLISHED and other.audience == Article.Audience.PUBLIC
    )
    titles = dict(other.translations.values_list("language", "title")) if was_read else {}
    former = [
        (address.slug, address.titles) for address in FormerAddress.objects.filter(article=other)
    ]
    gaps = list(GapReport.objects.filter(article=other).values_list("pk", flat=True))
    # What had become a part of the other one is a part of this one by now.
    DroppedPart.objects.filter(replaced_by=other).update(replaced_by=target)
    trashed = put_into_trash([other], user)
    DroppedPart.objects.filter(trashed__in=trashed).update(replaced_by=target)
    GapReport.objects.filter(pk__in=gaps).update(article=target)
    FormerAddress.objects.bulk_create(
        FormerAddress(slug=slug, article=target, titles=known or titles)
        for slug, known in [(other.slug, titles), *former]
    )
