"""What menus are called: the names that ways through them begin with, and one menu of two names.

A menu is called by one name in all articles of a language. A way that begins with a name which no
other visible article of the language begins one with, and which the glossary does not have either,
may be misspelt or translated otherwise. Only first segments are compared: what lies deeper in a
menu is often in one article alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import reduce
from hashlib import sha256
from html import escape
from itertools import islice
from operator import or_

from django.core.cache import cache
from django.db.models import F, Q, Value
from django.db.models.functions import StrIndex
from django.utils.translation import gettext as _

from ..models import Article, ArticleTranslation, GlossaryTerm, RenderedTranslation
from ..querysets import visibility
from ..texts.comparing.menu_names import MenuPath, TwoNames, two_names
from ..texts.languages import fold
from ..texts.rendering import plain_text, to_tree
from ..texts.sections import SECTIONS
from .model import CheckedText, Finding

#: Names that are told at once.
_NAMES = 5
#: Seconds for which an answer is remembered: a preview asks again with every pause in typing.
_MEMORY_SECONDS = 300


def unknown_menu_term(draft: CheckedText) -> Iterator[Finding]:
    """Yield ways through menus that begin with a name that nobody else uses."""
    segments = _first_segments(draft).items()
    unknown = ((term, section) for term, section in segments if not _is_known(draft, term))
    for term, section in islice(unknown, _NAMES):
        yield Finding(
            "unknown_menu_term",
            _("No other article has a menu called “%(term)s”.") % {"term": term},
            is_hint=True,
            section=section,
            quote=term,
        )


def _first_segments(draft: CheckedText) -> dict[str, str]:
    """Return the first segments of the ways, each with the section where it first stands."""
    found: dict[str, str] = {}
    for section, tree in draft.trees_with("menu-path"):
        for way in tree.find_class("menu-path"):
            first = way.text or (plain_text(way[0]) if len(way) else "")
            if first.strip():
                found.setdefault(first.strip(), section)
    return found


def _is_known(draft: CheckedText, term: str) -> bool:
    key = _key(draft, term)
    known: bool | None = cache.get(key)
    if known is None:
        known = _in_glossary(draft, term) or _in_an_article(draft, term)
        cache.set(key, known, _MEMORY_SECONDS)
    return known


def _key(draft: CheckedText, term: str) -> str:
    named = f"{draft.language}/{draft.article}/{draft.reader}/{term}"
    return f"menu/{sha256(named.encode()).hexdigest()}"


def _in_glossary(draft: CheckedText, term: str) -> bool:
    own = Q(language=draft.language, term=term)
    other = Q(target_language=draft.language, translation=term)
    untranslated = Q(term=term, translation="")
    return GlossaryTerm.objects.filter(own | other | untranslated).exists()


def _in_an_article(draft: CheckedText, term: str) -> bool:
    """Return whether a text holds the way's HTML; texts without any way are passed over."""
    texts = RenderedTranslation.objects.filter(
        visibility(draft.reader, "translation__article__"), translation__language=draft.language
    ).exclude(translation__article=draft.article)
    places = {
        f"place_{number}": StrIndex(F("resolution"), Value(start))
        for number, start in enumerate(_beginnings(term))
    }
    anywhere = reduce(or_, (Q(**{f"{name}__gt": 0}) for name in places))
    return texts.alias(**places).filter(anywhere).exists()


def _beginnings(term: str) -> Iterable[str]:
    written = escape(term, quote=False)
    yield from (f'class="menu-path"><{tag}>{written}</{tag}>' for tag in ("strong", "em"))
    yield f'class="menu-path">{written} <'


def menus_of_two_names(texts: Iterable[ArticleTranslation]) -> Iterator[tuple[str, TwoNames]]:
    """Yield, with their language, the menus that ``texts`` call by two names.

    Where the glossary has both, they are two menus. Texts are named by the keys of their articles.
    """
    languages = {text.pk: text.language for text in texts}
    for language, paths in _menu_paths(languages).items():
        agreed = _names_in_glossary(language)
        for found in two_names(paths, language):
            names = {fold(path[found.place]) for path in (found.rare, found.usual)}
            if not names <= agreed:
                yield language, found


def _menu_paths(languages: dict[int, str]) -> dict[str, list[MenuPath]]:
    """Return the ways by language; ``languages`` are those of the texts, by their keys."""
    platforms: dict[int, set[int]] = defaultdict(set)
    for article, platform in Article.platforms.through.objects.values_list(
        "article_id", "platform_id"
    ):
        platforms[article].add(platform)
    holds_one = reduce(or_, (Q(**{f"{name}__contains": "menu-path"}) for name in SECTIONS))
    rows = RenderedTranslation.objects.filter(holds_one).values_list(
        "translation", "translation__article", *SECTIONS
    )
    found: dict[str, list[MenuPath]] = defaultdict(list)
    for key, article, *sections in rows.order_by("translation"):
        if key not in languages:
            continue
        trees = [to_tree(html) for html in sections if "menu-path" in html]
        for way in (way for tree in trees for way in tree.find_class("menu-path")):
            segments = tuple(segment.strip() for segment in plain_text(way).split("›"))
            path = MenuPath(article, segments, frozenset(platforms[article]))
            found[languages[key]].append(path)
    return found


def _names_in_glossary(language: str) -> set[str]:
    own = GlossaryTerm.objects.filter(language=language).values_list("term", flat=True)
    others = GlossaryTerm.objects.filter(target_language=language)
    names = {*own, *others.values_list("translation", flat=True)}
    return {fold(name) for name in names}
