"""Templates: saving what articles are begun with, and beginning one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ...models import Article, ArticleTemplate, Platform, TemplateUse
from ...models.article import LONGEST_TITLE
from ...models.editorial.templates import LONGEST_DESCRIPTION, LONGEST_NAME
from ...texts.bounded import UnrenderableText
from ...texts.languages.templates import suggested_templates
from ...texts.plain import one_line
from ...texts.prompts import Prompt, prompts_in, prompts_left, without_prompts
from ...texts.sections import TEXTS
from ...texts.slugs import LONGEST_MADE_SLUG
from ..articles import free_slug, update_article
from ..refusals import refusal
from ..texts import canonical_texts
from ..translations import save_unfinished

if TYPE_CHECKING:
    from django.contrib.auth.models import User

#: What a template says of itself in each language, beside the texts of an article.
ABOUT = ("name", "description")
_LONGEST = {"name": LONGEST_NAME, "description": LONGEST_DESCRIPTION, "title": LONGEST_TITLE}
Texts = dict[str, dict[str, str]]


def check_template(template: ArticleTemplate, texts: Mapping[str, Mapping[str, str]]) -> Texts:
    """Return ``texts``, by language, in the form in which ``template`` would keep them.

    Raise ``ValidationError`` by field (``problem_fr``) for what cannot be rendered or is too long,
    and for a name that is missing or that another template has.
    """
    said = {language: _canonical(language, each) for language, each in texts.items()}
    said = {language: each for language, each in said.items() if any(each.values())}
    if not any(each["name"] for each in said.values()):
        raise ValidationError(_("Give the template a name in at least one language."))
    _check_names(template, said)
    return said


def _canonical(language: str, texts: Mapping[str, str]) -> dict[str, str]:
    about = {name: one_line(texts.get(name, "")) for name in ABOUT}
    try:
        said = about | canonical_texts(texts)
    except UnrenderableText as error:
        raise ValidationError({f"{error.field}_{language}": refusal(error)}) from error
    for name, most in _LONGEST.items():
        if len(said[name]) > most:
            words = _("At most %(number)d characters.") % {"number": most}
            raise ValidationError({f"{name}_{language}": words})
    return said


def _check_names(template: ArticleTemplate, new_texts: Texts) -> None:
    others = ArticleTemplate.objects.exclude(pk=template.pk).values_list("texts", flat=True)
    taken = {
        (language, each.get("name", "").casefold())
        for texts in others
        for language, each in texts.items()
    }
    for language, each in new_texts.items():
        if each["name"] and (language, each["name"].casefold()) in taken:
            words = _("Another template has this name.")
            raise ValidationError({f"name_{language}": words})


@transaction.atomic
def save_template(
    template: ArticleTemplate,
    texts: Mapping[str, Mapping[str, str]],
    *,
    platforms: Iterable[Platform] = (),
    base_version: int | None = None,
    **details: Any,
) -> bool:
    """Let ``template`` (unsaved: a new one) say ``texts``; return whether that is anything new.

    ``details`` are its other fields. Articles begun with it stay as they are. Raise
    ``ValidationError`` as ``check_template`` does, and where it is no longer at ``base_version``.
    """
    said = check_template(template, texts)
    if template.pk:
        stored = ArticleTemplate.objects.select_for_update().get(pk=template.pk)
        if base_version is not None and base_version != stored.version:
            raise ValidationError(
                _("Somebody else changed this template meanwhile. Copy your text, load the page"
                  " again and put your change in.")
            )  # fmt: skip
        if _is_same(stored, said, platforms, details):
            return False
        template.version = stored.version
    for name, value in details.items():
        setattr(template, name, value)
    template.texts = said
    template.version += 1
    template.modified = timezone.now()
    template.save()
    template.platforms.set(platforms)
    return True


def suggestions() -> list[ArticleTemplate]:
    """Return the templates that the portal suggests in its languages, unsaved."""
    shown = dict(settings.LANGUAGES)
    return [
        ArticleTemplate(
            kind=next(iter(said.values()))["kind"],
            texts={code: each for code, each in said.items() if code in shown},
        )
        for said in suggested_templates().values()
        if any(code in shown for code in said)
    ]


@transaction.atomic
def add_suggestions() -> list[ArticleTemplate]:
    """Add the templates that the portal suggests, those left out whose name is taken."""
    added = []
    for template in suggestions():
        try:
            save_template(template, template.texts, kind=template.kind)
        except ValidationError:
            continue
        added.append(template)
    return added


def _is_same(
    template: ArticleTemplate, texts: Texts, platforms: Iterable[Platform], details: dict[str, Any]
) -> bool:
    about = {platform.pk for platform in platforms}
    return (
        template.texts == texts
        and all(getattr(template, name) == value for name, value in details.items())
        and set(template.platforms.values_list("pk", flat=True)) == about
    )


def delete_templates(templates: Iterable[ArticleTemplate]) -> None:
    """Delete ``templates``; articles begun with one still know what it was called."""
    ArticleTemplate.objects.filter(pk__in=[one.pk for one in templates]).delete()


def texts_of_template(template: ArticleTemplate, language: str) -> dict[str, str]:
    """Return what an article's text in ``language`` is begun with; {} where nothing is written."""
    said = template.texts.get(language, {})
    return {name: said.get(name, "") for name in TEXTS} if said else {}


def prompts_of_template(template: ArticleTemplate) -> list[Prompt]:
    """Return all prompts of ``template``, in code too."""
    languages = template.texts
    return [one for code in languages for one in prompts_in(texts_of_template(template, code))]


@transaction.atomic
def begin_from_template(
    article: Article, template: ArticleTemplate, language: str, *, author: User | None
) -> None:
    """Note that ``article`` was begun with ``template``, by a text in ``language``.

    What the template says in other languages waits as translations that are not complete, so that
    no reader sees them before somebody has written them.
    """
    TemplateUse.objects.create(
        article=article,
        template=template,
        version=template.version,
        names={code: each["name"] for code, each in template.texts.items() if each.get("name")},
        prompts=sorted({prompt.words for prompt in prompts_of_template(template)}),
    )
    for code, _name in settings.LANGUAGES:
        texts = texts_of_template(template, code)
        if code != language and any(texts.values()):
            save_unfinished(
                article=article, language=code, texts=texts, source_language=language, author=author
            )


def address_anew(article: Article, before: str, after: str) -> None:
    """Give a draft that was begun with a template the address of its title, once that is written.

    ``before`` and ``after`` are the titles of a save. Its first address was made of what the
    template left of its pattern. What was chosen by hand, or has been published, stays.
    """
    is_written = any(prompts_in({"title": before})) and not any(prompts_in({"title": after}))
    if not is_written or article.status != Article.Status.DRAFT:
        return
    made = slugify(without_prompts(before))[:LONGEST_MADE_SLUG].strip("-") or "article"
    was_public = article.status_changes.filter(after=Article.Status.PUBLISHED).exists()
    is_made = article.slug == made or article.slug.removeprefix(f"{made}-").isdecimal()
    if is_made and not was_public and TemplateUse.objects.filter(article=article).exists():
        update_article(article, slug=free_slug(after))


def prompts_left_in(article: Article) -> dict[str, list[Prompt]]:
    """Return, by language, what the texts of ``article`` leave to be replaced."""
    texts = {text.language: text.texts() for text in article.translations.all()}
    if not any("{{" in section for each in texts.values() for section in each.values()):
        return {}
    known = TemplateUse.objects.known_prompts(article.pk)
    found = {language: prompts_left(each, known) for language, each in texts.items()}
    return {language: prompts for language, prompts in found.items() if prompts}
