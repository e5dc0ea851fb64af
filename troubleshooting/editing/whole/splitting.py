"""One article becomes two: chosen parts of its texts go to a new one, in every language."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from ...models import Article, ArticleTranslation, Revision
from ...querysets import stale
from ...rights import REVIEW, may, may_edit
from ...texts.comparing.parts import AlignedPart, aligned_parts, split
from ...texts.remarks import remark
from ..articles import create_article, free_slug
from ..drafts import article_of_form, note_form
from ..texts import save_translation
from ..workflow import change_status, missing_for_publication, missing_texts

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Status = Article.Status

#: What the history of the article that was split and the log say.
SPLIT = gettext_noop("Split: “%(title)s” is an article of its own now.")


@dataclass(frozen=True, slots=True)
class SplitWish:
    """What is to leave an article.

    ``parts`` are keys of parts, ``titles`` those of the new article by language, ``revisions``
    what was seen by language. With ``leaves_pointer`` a line leads on from where a way out was.
    With ``accepts_missing`` it is published as the first one is, though it lacks something.
    """

    parts: frozenset[str]
    titles: Mapping[str, str]
    revisions: Mapping[str, int]
    leaves_pointer: bool = True
    accepts_missing: bool = False


@dataclass(frozen=True, slots=True)
class SplitText:
    """What a language says now, what stays of it, and what the new article would say."""

    language: str
    before: dict[str, str]
    staying: dict[str, str]
    leaving: dict[str, str]


def parts_to_split(article: Article) -> list[AlignedPart]:
    """Return the parts that may leave ``article``."""
    return aligned_parts({text.language: text.texts() for text in _texts(article)})


def _texts(article: Article) -> list[ArticleTranslation]:
    """Return the texts, the original first: what is translated follows it."""
    return list(article.translations.order_by("source_language", "language"))


def split_texts(article: Article, wish: SplitWish, slug: str = "") -> list[SplitText]:
    """Return by language what a split would make of the texts. Raise ``ValidationError``.

    Something has to leave, something has to stay in each language, and each language of the new
    article has a title. ``slug`` is its address; "": the one that it would have.
    """
    texts = {text.language: text.texts() for text in _texts(article)}
    known = {row.key for row in aligned_parts(texts)}
    if not wish.parts & known:
        raise ValidationError(_("Choose what goes to the new article."))
    if wish.parts - known:
        raise ValidationError(_("The text was changed meanwhile: read it again."))
    plain = split(texts, wish.parts, {})
    moved = [language for language in texts if any(plain.leaving[language].values())]
    for language in moved:
        if not any(plain.staying[language].values()):
            raise ValidationError(
                _("Nothing would be left of the text in %(language)s: something has to stay."),
                params={"language": language.upper()},
            )
        if not wish.titles.get(language, "").strip():
            raise ValidationError(
                _("Give the new article a title in %(language)s."),
                params={"language": language.upper()},
            )
    slug = slug or free_slug(_first_title(wish))
    pointers = {language: _pointer(wish, language, slug) for language in moved}
    parted = split(texts, wish.parts, pointers if wish.leaves_pointer else {})
    return [
        SplitText(
            language,
            texts[language],
            {**texts[language], **parted.staying[language]},
            {"title": wish.titles[language].strip(), **parted.leaving[language]},
        )
        for language in moved
    ]


def _first_title(wish: SplitWish) -> str:
    return next(title for title in wish.titles.values() if title.strip())


def _pointer(wish: SplitWish, language: str, slug: str) -> str:
    """Return the line that leads a reader of ``language`` on."""
    with override(language):
        address = Article(slug=slug).get_absolute_url()
        title = wish.titles[language].strip().replace("[", "\\[").replace("]", "\\]")
        return _("See [%(title)s](%(address)s).") % {"title": title, "address": address}


@transaction.atomic
def split_article(article: Article, wish: SplitWish, *, user: User, token: str = "") -> Article:
    """Move what ``wish`` names to a new article, and return that; it has the status of the first.

    One that readers would miss something in begins as a draft, but where ``wish`` accepts it.
    Each text gets one revision; restoring the one before takes it back. ``token``: a form that was
    sent before makes no second article. Raise ``PermissionDenied``, ``ValidationError``.
    """
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    if not (may(user, REVIEW, article) and may_edit(user, article)):
        raise PermissionDenied
    if made := article_of_form(user, token):
        return made
    if article.status == Status.ARCHIVED:
        raise ValidationError(_("The article is archived: reopen it first."))
    stored = dict(article.translations.values_list("language", "revision_number"))
    if stored != dict(wish.revisions):
        raise ValidationError(_("The text was changed meanwhile: read it again."))
    split_texts(article, wish)
    new = create_article(
        title=_first_title(wish),
        owner=article.owner or user,
        platforms=article.platforms.all(),
        kind=article.kind,
        audience=article.audience,
    )
    note_form(user, token, new)
    _write(article, new, split_texts(article, wish, new.slug), user)
    _follow(article, new, wish, user)
    return new


def _write(article: Article, new: Article, texts: Collection[SplitText], user: User) -> None:
    """Store both texts of each language; what was up to date with its original stays so."""
    behind = set(stale(article.translations.all()).values_list("language", flat=True))
    source: dict[int, ArticleTranslation] = {}
    for text in texts:
        stored = article.translations.get(language=text.language)
        comments = {
            article.pk: remark(SPLIT, title=text.leaving["title"]),
            new.pk: remark(gettext_noop("Split from “%(title)s”."), title=text.before["title"]),
        }
        for target, said in ((article, text.staying), (new, text.leaving)):
            follows = stored.source_language and text.language not in behind
            outcome = save_translation(
                article=target,
                language=text.language,
                texts=said,
                author=user,
                origin=Revision.Origin.EDITOR,
                comment=comments[target.pk],
                translated_from=source.get(target.pk) if follows or target is new else None,
            )
            if not outcome.translation.source_language:
                source[target.pk] = outcome.translation


def _follow(article: Article, new: Article, wish: SplitWish, user: User) -> None:
    """Lead the new article to where the first one is: its text has been there already.

    What is published without a look at what it lacks would be so by accident: it stays a draft.
    """
    way = {Status.PUBLISHED: "publish", Status.IN_REVIEW: "submit"}.get(Status(article.status))
    is_lacking = way == "publish" and missing_for_publication(new) and not wish.accepts_missing
    if way and not is_lacking:
        comment = remark(gettext_noop("Split from another article."))
        change_status(new, way, user=user, comment=comment, accept_missing=True)


def missing_in_split(article: Article, parted: Collection[SplitText]) -> list[str]:
    """Return what a reader of the new article would miss, where it would be published."""
    if article.status != Status.PUBLISHED or not parted:
        return []
    return missing_texts([text.leaving for text in parted], article.kind)
