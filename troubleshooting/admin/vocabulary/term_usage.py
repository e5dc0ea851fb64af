"""How often the terms of the glossary are used, and where a translation misses them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from django.core.cache import cache
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ...models import ArticleTranslation, ContentVersion, GlossaryTerm
from ...texts.sections import SECTIONS
from ...texts.translating import occurs
from ..parts import bullets

#: Articles that a term's page names; the rest is counted.
_NAMES = 20
_KEPT_FOR = 3_600
_FIELDS = ("title", *SECTIONS)


@dataclass(frozen=True, slots=True)
class Usage:
    """The articles whose text uses a term, and those whose translation does not have it.

    Both are lists of (key of the article, its title, language of the text to look at).
    """

    occurrences: list[tuple[int, str, str]] = field(default_factory=list)
    missed: list[tuple[int, str, str]] = field(default_factory=list)

    def links(self, places: list[tuple[int, str, str]]) -> str:
        """Return the first of ``places`` as links, and how many more there are."""
        lines = [
            format_html('<a href="{}?language={}" lang="{}">{}</a>', _url(key), code, code, title)
            for key, title, code in places[:_NAMES]
        ]
        if len(places) > _NAMES:
            more = _("%(count)d more") % {"count": len(places) - _NAMES}
            lines.append(format_html("{}", more))
        return bullets(lines)


def usage_of(terms: Sequence[GlossaryTerm]) -> list[Usage]:
    """Return the usage of each of ``terms``.

    The texts are read once after each change of them.
    """
    version = ContentVersion.objects.values_list("token", flat=True).first() or ""
    names = [_name(term, version) for term in terms]
    known = cache.get_many(names)
    new = {name: term for name, term in zip(names, terms, strict=True) if name not in known}
    if new:
        counted = dict(zip(new, _count(list(new.values())), strict=True))
        cache.set_many(counted, _KEPT_FOR)
        known |= counted
    return [known[name] for name in names]


def _name(term: GlossaryTerm, version: str) -> str:
    what = "\n".join((version, term.language, term.term, term.target_language, term.translation))
    return f"term:{sha256(what.encode()).hexdigest()}"


def _count(terms: list[GlossaryTerm]) -> list[Usage]:
    usages = [Usage() for _ in terms]
    for texts in _articles():
        for term, usage in zip(terms, usages, strict=True):
            source, target = texts.get(term.language), texts.get(term.target_language)
            if source is None or not _has(source, term.term):
                continue
            key, title, *_rest = source
            usage.occurrences.append((key, title, term.language))
            if target and not _has(target, term.translation or term.term):
                usage.missed.append((key, target[1], term.target_language))
    return usages


Text = tuple[int, str, str, str]  # key of the article, title, all words, all words folded


def _articles() -> Iterator[dict[str, Text]]:
    """Yield the texts of each article by language."""
    texts = ArticleTranslation.objects.order_by("article_id")
    texts = texts.exclude(article__status="archived")
    article = 0
    languages: dict[str, Text] = {}
    for key, language, *parts in texts.values_list("article_id", "language", *_FIELDS).iterator():
        if key != article:
            if languages:
                yield languages
            article, languages = key, {}
        words = "\n".join(parts)
        languages[language] = (key, parts[0], words, words.casefold())
    if languages:
        yield languages


def _has(text: Text, phrase: str) -> bool:
    # Nearly all texts lack nearly all terms, which the first word tells at once.
    first = phrase.split()[0].casefold().replace("’", "'").split("'")[0]
    return first in text[3] and occurs(phrase, text[2])


def _url(article: int) -> str:
    return reverse("admin:troubleshooting_article_change", args=[article])
