"""Two articles become one: the texts of one are added to the other, which replaces it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ...addresses import local_address, own_hosts, target_of
from ...models import (
    Article,
    ArticleTranslation,
    DroppedPart,
    FormerAddress,
    GapReport,
    KeptDraft,
    Notice,
    Revision,
)
from ...querysets import with_bareness, with_staleness
from ...rights import REVIEW, may, may_decide, may_edit
from ...texts.places import unlinked
from ...texts.remarks import remark
from ...texts.sections import MARKDOWN_TEXTS
from ..articles import update_article
from ..talking.comments import open_threads
from ..talking.events import tell_of_merged
from ..texts import save_translation
from ..translations import save_unfinished
from ..workflow import check_seen
from .trash import put_into_trash

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: What the history of the kept article and the log say.
MERGED = gettext_noop("Merged with “%(title)s”")
#: What the log says where no text was taken over.
REDIRECTED = gettext_noop("The address of “%(title)s” leads here")


class MergedText(NamedTuple):
    """What a language of the kept article says and would say; ``before`` is {} where it is new.

    Such a text does not say what the kept article says in its other languages: it ``is_begun``.
    """

    language: str
    before: dict[str, str]
    after: dict[str, str]
    is_begun: bool = False


def waiting_on(article: Article) -> list[tuple[str, int]]:
    """Return what would go into the trash with ``article`` before anybody has seen to it.

    Each kind of work has its name and how much there is of it; kinds of which there is none are
    left out.
    """
    counts = [
        (_("Pending revisions"), article.pending.count()),
        (_("Begun translations"), article.unfinished.count()),
        (_("Scheduled changes"), article.scheduled.count()),
        (_("Open comments"), open_threads(article)),
        (_("Texts that somebody is writing"), KeptDraft.objects.filter(article=article).count()),
    ]
    return [(name, count) for name, count in counts if count]


def merged_texts(target: Article, other: Article) -> list[MergedText]:
    """Return, by language, the texts that ``target`` would have with ``other`` merged into it."""
    stored = {text.language: text for text in target.translations.all()}
    is_within = _leads_within(target, other)
    found = []
    for text in other.translations.order_by("language"):
        own = stored.pop(text.language, None)
        if own is None:
            after = _unlinked(text.texts(), is_within)
            found.append(MergedText(text.language, {}, after, target.translations.exists()))
            continue
        joined = {name: _joined(name, own, text) for name in MARKDOWN_TEXTS}
        after = _unlinked({"title": own.title, **joined}, is_within)
        found.append(MergedText(text.language, own.texts(), after))
    for language, own in sorted(stored.items()):
        after = _unlinked(own.texts(), is_within)
        if after != own.texts():
            found.append(MergedText(language, own.texts(), after))
    return found


def _leads_within(target: Article, other: Article) -> Callable[[str], bool]:
    """Return what tells the addresses that would lead from the merged text to that very text.

    All of the other article do, and those of the kept one that name no place in it.
    """
    ours, theirs, hosts = _slugs(target), _slugs(other), own_hosts()

    def is_within(href: str) -> bool:
        page = target_of(local_address(href, hosts))
        slug = page.arguments["slug"] if page and page.view == "article" else None
        return slug in theirs or (slug in ours and page is not None and not page.anchor)

    return is_within


def _slugs(article: Article) -> set[str]:
    """Return what ``article`` is and was called in addresses."""
    former = FormerAddress.objects.filter(article=article).values_list("slug", flat=True)
    return {article.slug, *former}


def _unlinked(texts: Mapping[str, str], is_within: Callable[[str], bool]) -> dict[str, str]:
    return {
        name: unlinked(text, is_within) if name in MARKDOWN_TEXTS else text
        for name, text in texts.items()
    }


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
def merge_articles(
    target: Article,
    other: Article,
    *,
    user: User,
    seen: tuple[Mapping[str, int], Mapping[str, int]] | None = None,
    takes_texts: bool = True,
) -> None:
    """Add the texts of ``other`` to those of ``target``, and let its addresses lead there.

    Without ``takes_texts`` they lead there and nothing is added: ``target`` stays as it is. Who may
    decide about both may do so, since no text is written. ``other`` goes into the trash. Readers
    who come by an address of a text that they could read are told what replaced it. ``seen`` are
    the revision numbers of both by language, as they were looked at (None: nobody did). Raise
    ``PermissionDenied``, ``UnrenderableText``, and ``ValidationError`` as ``check_mergeable`` and
    ``check_seen`` do.
    """
    if target.pk == other.pk:
        raise ValidationError(_("An article cannot be merged with itself."))
    target, other = _locked(target, other)
    is_allowed = may_edit if takes_texts else may_decide
    if not all(may(user, REVIEW, one) and is_allowed(user, one) for one in (target, other)):
        raise PermissionDenied
    check_mergeable(target, other, takes_texts=takes_texts)
    if seen:
        check_seen(target, seen[0])
        check_seen(other, seen[1])
    if takes_texts:
        _take_texts(target, other, user)
    _replace(target, other, user)


def _take_texts(target: Article, other: Article, user: User) -> None:
    in_step = _in_step(target, other)
    for merged in merged_texts(target, other):
        if merged.is_begun:
            _begin(target, merged, user)
            continue
        text = target.translations.filter(language=merged.language).first()
        save_translation(
            article=target,
            language=merged.language,
            texts=merged.after,
            author=user,
            origin=Revision.Origin.EDITOR,
            comment=remark(MERGED, title=_title(other)),
            base_revision=text.revision_number if text else 0,
        )
    _keep_in_step(target, in_step)
    _widen(target, other, user)


def _in_step(target: Article, other: Article) -> list[str]:
    """Return the languages of translations that say after the merge what their source says.

    They did before, and what ``other`` adds to the source it adds to them, too.
    """
    texts = with_bareness(with_staleness(other.translations.all()))
    added = {text.language for text in texts if not (text.is_stale or text.is_bare)}
    every = {text.language for text in texts}
    return [
        text.language
        for text in with_staleness(target.translations.exclude(source_language=""))
        if not text.is_stale
        and (text.source_language not in every or {text.language, text.source_language} <= added)
    ]


def _keep_in_step(target: Article, languages: list[str]) -> None:
    """Let the texts in ``languages`` be translations of their sources as they are by now."""
    numbers = dict(target.translations.values_list("language", "revision_number"))
    for text in target.translations.filter(language__in=languages, source_language__in=numbers):
        text.source_revision = numbers[text.source_language]
        text.save(update_fields=["source_revision"])


def _locked(target: Article, other: Article) -> tuple[Article, Article]:
    """Return both as they are now; nobody saves them before the merge is done."""
    articles = Article.objects.select_for_update().order_by("pk").in_bulk([target.pk, other.pk])
    if len(articles) < 2:
        raise ValidationError(_("One of the two articles is gone."))
    return articles[target.pk], articles[other.pk]


def _begin(target: Article, merged: MergedText, user: User) -> None:
    """Keep a text in a language that ``target`` lacks as a translation that is not complete."""
    # An original first: "" is the lowest.
    source = target.translations.order_by("source_language", "language")[0]
    save_unfinished(
        article=target,
        language=merged.language,
        texts=merged.after,
        source_language=source.language,
        author=user,
    )


def check_mergeable(target: Article, other: Article, *, takes_texts: bool = True) -> None:
    """Refuse a merge that takes a text from its readers, or shows one to more than it is for.

    Without ``takes_texts`` no text is shown to anybody new. Raise ``ValidationError`` that says
    what to do first.
    """
    _check_audiences(target, other, takes_texts)
    is_published = other.status == Article.Status.PUBLISHED
    if is_published and target.status != Article.Status.PUBLISHED:
        raise ValidationError(
            _(
                "Readers see the other article, but not this one: they would miss it. Publish this"
                " article first, or archive the other one."
            )
        )
    ours, theirs = (
        set(one.translations.values_list("language", flat=True)) for one in (target, other)
    )
    if is_published and not ours & theirs:
        raise ValidationError(
            _(
                "The two have no language in common: readers would miss what the other article"
                " says. Translate one of them first."
            )
        )
    begun = target.unfinished.filter(language__in=theirs - ours).order_by("language").first()
    if begun and takes_texts:
        raise ValidationError(
            _("A translation of this article (%(language)s) is begun. Complete it first.")
            % {"language": begun.language.upper()}
        )


def _check_audiences(target: Article, other: Article, takes_texts: bool) -> None:
    ours, theirs = target.audience, other.audience
    if takes_texts and theirs == Article.Audience.STAFF != ours:
        raise ValidationError(
            _(
                "The other article is for staff only, this one for everybody: its text would become"
                " public. Give both the same audience first."
            )
        )
    if ours == Article.Audience.STAFF != theirs and other.status == Article.Status.PUBLISHED:
        raise ValidationError(
            _(
                "Everybody sees the other article, only staff see this one: readers would miss it."
                " Give both the same audience first."
            )
        )


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
    for pending in other.pending.select_related("author"):
        tell_of_merged(pending, target, actor=user)
    # Whoever was told of it finds what became of it.
    Notice.objects.filter(article=other).update(article=target)
    # What had become a part of the other one is a part of this one by now.
    DroppedPart.objects.filter(replaced_by=other).update(replaced_by=target)
    trashed = put_into_trash([other], user)
    DroppedPart.objects.filter(trashed__in=trashed).update(replaced_by=target)
    GapReport.objects.filter(pk__in=gaps).update(article=target)
    FormerAddress.objects.bulk_create(
        FormerAddress(slug=slug, article=target, titles=known or titles)
        for slug, known in [(other.slug, titles), *former]
    )
