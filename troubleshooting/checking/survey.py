"""What is worth a second look in the whole base: each rule asks all articles at once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..external_links.rounds import links_of
from ..models import (
    Article,
    ArticleTranslation,
    CodeCitation,
    ExternalLink,
    Step,
    TemplateUse,
)
from ..texts.languages import fold
from ..texts.prompts import prompts_left
from ..texts.sections import MARKDOWN_TEXTS, TEXTS
from ..texts.translating import Term
from .base_links import dead_links
from .menus import menus_of_two_names
from .model import BaseFinding, WrittenText
from .rules import WRITTEN
from .terms import agreed_terms, missed_terms, said_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_NO_WORDS = re.compile(r"!\[\s*\]\(")
#: Codes that a finding names.
_NAMES = 6


#: The rules by name, with what they are called.
RULE_LABELS: dict[str, _StrPromise] = {
    "dead_link": gettext_lazy("Links that lead nowhere"),
    "hidden_link": gettext_lazy("Links to what readers do not see"),
    "broken_scheme": gettext_lazy("Links that are no web address"),
    "no_problem": gettext_lazy("Problem not described"),
    "no_resolution": gettext_lazy("No resolution"),
    "refused_tag": gettext_lazy("Words that readers do not see"),
    "lost_backslash": gettext_lazy("Paths that lose a backslash"),
    "snippet_shown": gettext_lazy("Snippets that are not shown"),
    "prompt_left": gettext_lazy("Prompts of a template not replaced"),
    "image_without_words": gettext_lazy("Images without a description"),
    "two_causes": gettext_lazy("One code, two causes"),
    "two_menu_names": gettext_lazy("One menu, two names"),
    "codes_differ": gettext_lazy("Codes differ between languages"),
    "steps_differ": gettext_lazy("Steps differ between languages"),
    "dead_external": gettext_lazy("Dead links to other hosts"),
    "moved_external": gettext_lazy("Moved links to other hosts"),
    "missed_term": gettext_lazy("Terms not called as the glossary says"),
}


def survey() -> list[BaseFinding]:
    """Return what is found in all articles but archived ones, rule by rule."""
    texts = ArticleTranslation.objects.exclude(article__status=Article.Status.ARCHIVED)
    rules: tuple[Callable[[list[ArticleTranslation]], Iterable[BaseFinding]], ...] = (
        dead_links,
        _written,
        _prompts,
        _images,
        _two_causes,
        _two_menu_names,
        _codes_differ,
        _steps_differ,
        _terms,
        _external,
    )
    columns = (
        "language",
        "source_language",
        *MARKDOWN_TEXTS,
        "article__status",
        "article__kind",
        "article__slug",
    )
    read = list(texts.select_related("article").only("title", *columns).order_by("article_id"))
    return [finding for rule in rules for finding in rule(read)]


def _written(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    """Ask the rules of the form that the text alone answers; hints are for who writes it."""
    for text in texts:
        written = WrittenText(text.texts(), text.language, kind=text.article.kind)
        for rule in WRITTEN:
            for found in rule(written):
                if not found.is_hint:
                    yield BaseFinding(found.rule, text.article_id, text.language, found.text)


def _prompts(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    known: dict[int, frozenset[str]] = defaultdict(
        frozenset, {use.article_id: frozenset(use.prompts) for use in TemplateUse.objects.all()}
    )
    for text in texts:
        left = prompts_left({name: getattr(text, name) for name in TEXTS}, known[text.article_id])
        if written := list(dict.fromkeys(one.markup for one in left)):
            said = _("Still says: %(prompts)s") % {"prompts": ", ".join(written[:_NAMES])}
            yield BaseFinding("prompt_left", text.article_id, text.language, said)


def _images(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    for text in texts:
        number = sum(len(_NO_WORDS.findall(getattr(text, name))) for name in MARKDOWN_TEXTS)
        if number:
            said = _("Images without a description: %(number)d") % {"number": number}
            yield BaseFinding("image_without_words", text.article_id, text.language, said)


def _two_causes(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    """Find codes in the title or problem of published articles that give different causes."""
    causes = {
        text.pk: " ".join(fold(text.cause).split())
        for text in texts
        if text.cause and text.article.status == Article.Status.PUBLISHED
    }
    named = CodeCitation.objects.filter(section__in=("title", "problem"))
    rows = named.values_list(
        "code__canonical", "translation__language", "translation", "translation__article"
    )
    groups: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
    for code, language, key, article in rows.distinct().order_by("code__canonical"):
        if key in causes:
            groups[code, language][article] = causes[key]
    for (code, language), said in groups.items():
        if len(set(said.values())) > 1:
            first, *others = sorted(said)
            text = _("%(code)s has different causes in these articles.") % {"code": code}
            yield BaseFinding("two_causes", first, language, text, tuple(others))


def _two_menu_names(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    """Find ways through menus that two articles, or one, give two names."""
    for language, found in menus_of_two_names(texts):
        first, *others = dict.fromkeys([*found.rare_texts, *found.usual_texts])
        values = {"here": " › ".join(found.rare), "there": " › ".join(found.usual)}
        said = _("“%(here)s” here, “%(there)s” elsewhere: one menu with two names?") % values
        yield BaseFinding("two_menu_names", first, language, said, tuple(others[:_NAMES]))


def _languages(texts: list[ArticleTranslation]) -> dict[int, list[ArticleTranslation]]:
    """Return the texts of each article that has several."""
    found: dict[int, list[ArticleTranslation]] = defaultdict(list)
    for text in texts:
        found[text.article_id].append(text)
    return {key: rows for key, rows in found.items() if len(rows) > 1}


def _codes_differ(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    codes: dict[int, set[str]] = defaultdict(set)
    rows = CodeCitation.objects.values_list("translation", "code__canonical").distinct()
    for key, code in rows.order_by():
        codes[key].add(code)
    for article, written in _languages(texts).items():
        everywhere = set.intersection(*(codes[text.pk] for text in written))
        for text in written:
            if only := sorted(codes[text.pk] - everywhere):
                said = _("Only here: %(codes)s") % {"codes": ", ".join(only[:_NAMES])}
                yield BaseFinding("codes_differ", article, text.language, said)


def _steps_differ(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    counted = Step.objects.filter(Q(parent_anchor="")).values("translation")
    numbers = dict(counted.order_by().annotate(n=Count("pk")).values_list("translation", "n"))
    for article, written in _languages(texts).items():
        found = {text.language: numbers.get(text.pk, 0) for text in written}
        if len(set(found.values())) > 1:
            said = ", ".join(f"{language.upper()} {n}" for language, n in sorted(found.items()))
            first = min(found, key=lambda language: found[language])
            text = _("Steps by language: %(numbers)s") % {"numbers": said}
            yield BaseFinding("steps_differ", article, first, text)


def _terms(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    agreed: dict[tuple[str, str], list[Term]] = {}
    for article, written in _languages(texts).items():
        by_language = {text.language: text for text in written}
        for text in written:
            source = by_language.get(text.source_language)
            if source is None:
                continue
            pair = (source.language, text.language)
            if pair not in agreed:
                agreed[pair] = agreed_terms(*pair)
            for term in missed_terms(source.texts(), text.texts(), agreed[pair]):
                yield BaseFinding("missed_term", article, text.language, said_of(term))


def _external(texts: list[ArticleTranslation]) -> Iterator[BaseFinding]:
    """Find links to other hosts that were gone, or had moved, when they were last asked."""
    states = (ExternalLink.State.DEAD, ExternalLink.State.MOVED)
    links = {link.url: link for link in ExternalLink.objects.filter(state__in=states)}
    if not links:
        return
    for text in texts:
        said = "\n".join(getattr(text, name) for name in MARKDOWN_TEXTS)
        for url in dict.fromkeys(links_of(said)):
            if link := links.get(url):
                yield _outcome(link, text)


def _outcome(link: ExternalLink, text: ArticleTranslation) -> BaseFinding:
    values = {
        "url": link.url,
        "date": date_format(link.checked) if link.checked else "",
        "new": link.moved_to,
    }
    if link.state == ExternalLink.State.MOVED:
        said = _("%(url)s leads to %(new)s for good (checked on %(date)s).")
        return BaseFinding("moved_external", text.article_id, text.language, said % values)
    said = _("%(url)s is gone (checked on %(date)s).")
    return BaseFinding("dead_external", text.article_id, text.language, said % values)
