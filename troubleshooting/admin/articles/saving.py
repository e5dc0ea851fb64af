"""Saving the form of an article: what is decided about it, then its text, by ``editing``."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from typing import NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...checking.terms import missed_in
from ...editing import (
    EditConflict,
    OmissionsError,
    PendingChangedError,
    ReadTexts,
    SaveOutcome,
    SourceRevision,
    article_of_form,
    check_complete,
    create_article,
    end_unfinished,
    make_original,
    note_form,
    read_texts,
    save_pending,
    save_translation,
    save_unfinished,
    says_nothing_new,
    texts_of,
    update_article,
)
from ...editing.refusals import refusal
from ...editing.reusing import address_anew, begin_from_template
from ...models import Article, ArticleTemplate, ArticleTranslation, Revision
from ...texts.bounded import UnrenderableText
from ...texts.translating import omissions
from ..texts.omissions import accepted_omissions, left_out
from .forms import ORIGINAL, PART, WHOLE, DetailsForm, Relation, TextForm, person

#: What is said of a translation that is not complete.
NOT_SHOWN_YET = gettext_lazy(
    "The translation was saved. It is incomplete: readers still see the other language."
)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save did: which details changed, and whether the text has a new revision.

    ``meaning_may_differ`` is as ``SaveOutcome`` has it; ``is_repeated``: the form of a new article
    was sent before and made ``article`` then; ``is_unfinished``: readers do not see the text yet;
    ``is_overtaken``: the form held a former revision as it was, and the text is a newer one.
    """

    article: Article
    details: tuple[str, ...]
    has_new_text: bool
    meaning_may_differ: bool = False
    is_repeated: bool = False
    is_unfinished: bool = False
    is_overtaken: bool = False


def save_form(
    article: Article | None,
    language: str,
    details: DetailsForm | None,
    text: TextForm,
    user: User,
    template: ArticleTemplate | None = None,
) -> Saved | None:
    """Save valid forms; without ``details`` the text alone. None: ``text`` has errors now.

    A new article was begun with ``template``, if with any.

    All of it is saved, or nothing. Raise ``EditConflict``: nothing is.
    """
    try:
        if article is None:
            assert details is not None  # a new article is decided about, too
            return _create_once(language, details, text, user, template)
        return _save_all(article, language, details, text, user)
    except ValidationError as error:
        text.left_out = left_out(error)
        text.add_error(None, error)
        return None
    except UnrenderableText as error:
        text.add_error(error.field or None, refusal(error))
        return None


def _save_all(
    article: Article, language: str, details: DetailsForm | None, text: TextForm, user: User
) -> Saved:
    is_part = _is_part(article, language, text)
    # Before the transaction: nobody waits for it.
    read = None if is_part else _read_ahead(article, language, text)
    changed = details.changes() if details else {}
    with transaction.atomic() if changed else nullcontext():
        update_article(article, by=user, **changed)
        if is_part:
            is_new = _save_part(article, language, text, user)
            return Saved(article, tuple(changed), is_new, is_unfinished=True)
        outcome = _save_text(article, language, text, user, read)
    if outcome is None:
        return Saved(
            article, tuple(changed), False, is_overtaken=_is_former(article, language, text)
        )
    return Saved(article, tuple(changed), outcome.changed, outcome.meaning_may_differ)


def _read_ahead(article: Article, language: str, text: TextForm) -> ReadTexts | None:
    """Return the texts as they are read; None where a save will say what is wrong with them."""
    try:
        return read_texts(article, language, text.texts())
    except ValidationError:
        return None


class KeptPending(NamedTuple):
    """What saving a pending revision did."""

    details: tuple[str, ...]
    is_new_text: bool


def save_pending_form(
    article: Article, language: str, details: DetailsForm | None, text: TextForm, user: User
) -> KeptPending | None:
    """Save valid forms beside what is live; ``details`` take effect at once, with the text or not.

    Return None where ``text`` has errors now. Raise ``PendingChangedError`` as ``save_pending``.
    """
    changed = details.changes() if details else {}
    try:
        with transaction.atomic():
            update_article(article, by=user, **changed)
            kept = save_pending(
                article=article,
                language=language,
                texts=text.texts(),
                author=user,
                comment=text.cleaned_data["comment"],
                size=text.cleaned_data["size"],
                base_revision=text.cleaned_data["base_revision"] or 0,
                number=text.cleaned_data["base_pending"] or 0,
            )
    except PendingChangedError:
        raise
    except ValidationError as error:
        text.add_error(None, error)
        return None
    return KeptPending(tuple(changed), kept is not None)


def _create_once(
    language: str,
    details: DetailsForm,
    text: TextForm,
    user: User,
    template: ArticleTemplate | None,
) -> Saved:
    """Make an article; a form that made one already says what that one shall say now."""
    token = text.cleaned_data["draft"]
    made = article_of_form(user, token)
    if made is None:
        try:
            return _create(language, details, text, user, template)
        except IntegrityError:  # sent twice at the same moment
            made = article_of_form(user, token)
            if made is None:
                raise
    changed = details.changes()
    with transaction.atomic():
        update_article(made, by=user, **changed)
        outcome = _write(made, language, text, user, base_revision=1)
    return Saved(made, tuple(changed), outcome.changed, is_repeated=True)


@transaction.atomic
def _create(
    language: str,
    details: DetailsForm,
    text: TextForm,
    user: User,
    template: ArticleTemplate | None,
) -> Saved:
    values = dict(details.cleaned_data)
    owner = values.pop("owner") or user
    article = create_article(title=text.cleaned_data["title"], owner=owner, by=user, **values)
    note_form(user, text.cleaned_data["draft"], article)
    _write(article, language, text, user, base_revision=0)
    if template:
        begin_from_template(article, template, language, author=user)
    return Saved(article, (), True)


def _save_text(
    article: Article, language: str, text: TextForm, user: User, read: ReadTexts | None
) -> SaveOutcome | None:
    """Return what was written; a text that nobody changed is not."""
    base_revision = text.cleaned_data["base_revision"] or 0
    stored = article.translations.filter(language=language).first()
    try:
        outcome = _write(article, language, text, user, base_revision, read)
        if stored:
            address_anew(article, stored.title, outcome.translation.title)
        return outcome
    except OmissionsError:
        raise
    except (EditConflict, ValidationError):
        # Whoever changed nothing is in nobody's way; a text that is not there needs no title.
        if says_nothing_new(article, language, text.texts(), base_revision):
            return None
        raise


def _is_former(article: Article, language: str, text: TextForm) -> bool:
    base_revision = text.cleaned_data["base_revision"] or 0
    newest = article.translations.filter(language=language).values_list("revision_number")
    return newest.exclude(revision_number=base_revision).exists()


def _is_part(article: Article, language: str, text: TextForm) -> bool:
    """Return whether the text is not complete; one that readers see already stays what it is."""
    is_part = text.relation_to_source().kind == PART
    return is_part and not article.translations.filter(language=language).exists()


def _save_part(article: Article, language: str, text: TextForm, user: User) -> bool:
    """Return whether it says anything new; a form that was left empty begins no translation."""
    base = text.cleaned_data["base_unfinished"] or 0
    if not base and not any(text.texts().values()):
        return False
    source = text.relation_to_source().source
    return save_unfinished(
        article=article,
        language=language,
        texts=text.texts(),
        source_language=source.language if source else "",
        author=user,
        base=base,
    )


def _write(
    article: Article,
    language: str,
    text: TextForm,
    user: User,
    base_revision: int,
    read: ReadTexts | None = None,
) -> SaveOutcome:
    is_first = not base_revision and not article.translations.filter(language=language).exists()
    if not is_first and text.relation_to_source().kind != ORIGINAL:
        return _write_text(article, language, text, user, base_revision, read)
    with transaction.atomic():
        if is_first:
            end_unfinished(article, language, text.cleaned_data["base_unfinished"] or 0)
        outcome = _write_text(article, language, text, user, base_revision, read)
        if text.relation_to_source().kind == ORIGINAL:
            make_original(article, language, None if is_first else base_revision)
    return outcome


def _write_text(
    article: Article,
    language: str,
    text: TextForm,
    user: User,
    base_revision: int,
    read: ReadTexts | None,
) -> SaveOutcome:
    size = text.cleaned_data["size"]
    if base_revision and text.relation_to_source().kind == ORIGINAL:
        # Its author says that the other language has to follow.
        size = size or Revision.Size.MAJOR
    read = read or read_texts(article, language, text.texts())
    source = _source(article, language, text.relation_to_source(), base_revision == 0)
    if source:
        said = texts_of(article, source)
        missed = missed_in(said, read.texts, (source.language, language))
        check_complete(omissions(said, read.texts), accepted_omissions(text.data), missed)
    return save_translation(
        article=article,
        language=language,
        texts=read,
        author=user,
        origin=Revision.Origin.EDITOR,
        comment=text.cleaned_data["comment"],
        size=size,
        base_revision=base_revision,
        translated_from=source,
    )


def _source(
    article: Article, language: str, relation: Relation, is_first: bool
) -> ArticleTranslation | SourceRevision | None:
    """Return the text that this one renders whole.

    The first text beside another is its translation.
    """
    if relation.kind == WHOLE:
        return relation.source
    if relation.kind or not is_first:
        return None
    others = article.translations.exclude(language=language).order_by("source_language", "pk")
    return others.first()


def said(saved: Saved, is_new: bool) -> str:
    """Return what a save did, in words."""
    if is_new:
        return _("The article was created as a draft.")
    if saved.is_repeated and not saved.has_new_text:
        return _("This form was already sent: the article exists, and no second one was created.")
    if saved.has_new_text:
        return str(NOT_SHOWN_YET) if saved.is_unfinished else _("The text was saved.")
    if saved.details:
        count = len(saved.details)
        return ngettext(
            "%(count)d detail of the article was changed; the text is the same as before.",
            "%(count)d details of the article were changed; the text is the same as before.",
            count,
        ) % {"count": count}
    return _("Nothing was changed.")


def overtaken_by(article: Article, language: str) -> str:
    """Return whose text is shown in the place of the former one that was opened."""
    newest = article.translations.get(language=language).revisions.select_related("author").first()
    assert newest is not None  # every text has one
    values = {"person": written_by(newest), "number": newest.number}
    return _("%(person)s saved this text meanwhile: revision %(number)d is shown now.") % values


def written_by(revision: Revision) -> str:
    """Return whose revision it is: a person's, or that of an import."""
    return person(revision.author) if revision.author else revision.get_origin_display()


def dropped(article: Article, names: list[str]) -> str:
    """Return that the details with these ``names`` stay as they are, and who led the article on."""
    values = {
        "status": article.get_status_display(),
        "names": ", ".join(names),
        "who": "",
    }
    change = article.status_changes.select_related("author").first()
    if change:
        by = person(change.author) if change.author else ""
        moment = date_format(localtime(change.created), "SHORT_DATETIME_FORMAT")
        values["who"] = f" ({', '.join(filter(None, [by, moment]))})"
    return (
        _(
            "The article is “%(status)s” now%(who)s: only reviewers change its details."
            " Not changed: %(names)s."
        )
        % values
    )
