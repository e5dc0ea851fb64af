"""The languages of an article as the form's tabs show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ...models import Article, ArticleTranslation
from ...querysets import with_bareness, with_staleness
from ...templatetags.portal import language_name
from .forms import ORIGINAL, PART, WHOLE


@dataclass(frozen=True, slots=True)
class Tab:
    """One language: ``state`` is as ``state_of`` has it, or begun."""

    code: str
    name: str
    url: str
    state: str
    is_shown: bool


def chosen_language(request: HttpRequest, article: Article | None) -> str:
    """Return the language whose text the form shows: the one asked for, else the reader's own.

    Of an article that the reader's language does not have, another that it has.
    """
    known = dict(settings.LANGUAGES)
    asked = request.POST.get("language") or request.GET.get("language", "")
    if asked in known:
        return asked
    own = get_language() or settings.LANGUAGE_CODE
    texts = [text.language for text in article.translations.all()] if article else []
    usable = [language for language in texts if language in known]
    return own if own in usable or not usable else usable[0]


def texts_by_language(article: Article | None) -> dict[str, ArticleTranslation]:
    """Return the texts of an article, each with ``is_stale`` and ``is_bare``."""
    if article is None:
        return {}
    texts = with_bareness(with_staleness(article.translations.all()))
    return {text.language: text for text in texts}


def tabs(
    article: Article | None,
    texts: dict[str, ArticleTranslation],
    current: str,
    query: dict[str, Any],
) -> list[Tab]:
    """Return a tab for each language of the portal; ``query`` is kept in the addresses."""
    base = (
        reverse("admin:troubleshooting_article_change", args=[article.pk])
        if article
        else reverse("admin:troubleshooting_article_add")
    )
    begun = set(article.unfinished.values_list("language", flat=True)) if article else set()
    return [
        Tab(
            code,
            name,
            f"{base}?{urlencode({**query, 'language': code})}",
            state_of(texts.get(code)) if code in texts or code not in begun else "begun",
            code == current,
        )
        for code, name in settings.LANGUAGES
    ]


def source_of(texts: dict[str, ArticleTranslation], language: str) -> ArticleTranslation | None:
    """Return the text that the one in ``language`` is made from, or would be: an original first."""
    own = texts.get(language)
    if own and not own.source_language:
        return None
    others = [text for code, text in texts.items() if code != language]
    made_from = own.source_language if own else ""
    others.sort(key=lambda text: (text.language != made_from, text.source_language != "", text.pk))
    return others[0] if others else None


def language_to_translate(texts: dict[str, ArticleTranslation], language: str) -> str:
    """Return the language whose text is written beside its source, from the page of ``language``.

    That one itself, but where it is an original: then another, what is missing or behind first.
    """
    if language in texts and not texts[language].source_language:
        others = [code for code, _name in settings.LANGUAGES if code != language]
        others.sort(key=lambda code: state_of(texts.get(code)) == "current")
        return others[0] if others else language
    return language


def relations(texts: dict[str, ArticleTranslation], language: str) -> list[tuple[str, str]]:
    """Return what an author may say of a text and its source, as choices; [] for an original."""
    source = source_of(texts, language)
    if source is None:
        return []
    named = {"language": language_name(source.language), "number": source.revision_number}
    whole = f"{WHOLE}:{source.language}:{source.revision_number}"
    part = f"{PART}:{source.language}:{source.revision_number}"
    if language not in texts:
        return [
            (part, _("Incomplete: readers still see the text in %(language)s") % named),
            (whole, _("Complete translation of revision %(number)d in %(language)s") % named),
            (ORIGINAL, _("A text of its own, not a translation")),
        ]
    return [
        ("", _("As before: a translation of the text in %(language)s") % named),
        (whole, _("Says all that revision %(number)d in %(language)s says") % named),
        (ORIGINAL, _("This is the original now: the text in %(language)s has to follow") % named),
    ]


def state_of(text: ArticleTranslation | None) -> str:
    """Return ``missing``, ``stale``, ``bare`` (a title and nothing else) or ``current``.

    ``text`` comes with ``is_stale`` and ``is_bare``.
    """
    if text is None:
        return "missing"
    if text.is_stale:
        return "stale"
    return "bare" if text.is_bare else "current"


def shown_revisions(texts: Iterable[ArticleTranslation]) -> list[tuple[str, int]]:
    """Return (language, revision number) of ``texts``: a form posts back what its page showed."""
    return [(text.language, text.revision_number) for text in texts]


def posted_revisions(request: HttpRequest, of: str = "") -> dict[str, int]:
    """Return the revision numbers by language that a form posted; 0, which is none, for no number.

    ``seen_revisions.html`` writes them; ``of`` names the article in a form about more than one.
    """
    return _revisions_in(request.POST, of)


def linked_revisions(request: HttpRequest) -> dict[str, int]:
    """Return the revision numbers that the page showed which leads here, as ``linked`` names them.

    Nothing where the address names none.
    """
    return _revisions_in(request.GET, "")


def linked(seen: Mapping[str, int]) -> dict[str, int]:
    """Return the query by which a page tells the next one which revisions it showed."""
    return {f"revision_{code}": number for code, number in seen.items()}


def _revisions_in(query: QueryDict, of: str) -> dict[str, int]:
    posted = {code: query.get(f"{of}revision_{code}") for code, _name in settings.LANGUAGES}
    return {
        code: int(number[:9]) if number.isdecimal() else 0
        for code, number in posted.items()
        if number is not None
    }
