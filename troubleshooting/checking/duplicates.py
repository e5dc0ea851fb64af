"""Rules that compare a text with the other articles: by its codes and by its messages.

Two articles about the same message on different platforms are no duplicates: readers are asked
which platform is theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from ..models import Article, ArticleTranslation, CodeCitation, SearchGram, SearchMessage
from ..querysets import visibility
from ..search.index.document import GRAM, gram
from ..search.words.folding import words
from .model import CheckedText, Finding, Reference

#: Citations that are looked at: hundreds of articles may name a code such as "access denied".
_CITATIONS = 200
#: Articles that a finding names.
_ARTICLES = 3
#: Where a code says what an article is about.
_TELLING = ("title", "problem")
#: How alike two messages are, of 100, that say the same; typing errors and numbers may differ.
_NEAR = 85
#: Messages that are compared letter by letter.
_COMPARED = 50


def likely_duplicate(draft: CheckedText) -> Iterator[Finding]:
    """Yield articles of one platform with the same codes in front, or nearly the same message."""
    by_code = set(_with_the_same_codes(draft))
    by_message = _with_a_near_message(draft)
    alike = _of_the_same_platform(draft, by_code | by_message)
    for keys, text in (
        (by_message, _("Another article quotes the same message.")),
        (by_code - by_message, _("Another article is about the same code.")),
    ):
        if found := _references(draft, keys & alike):
            yield Finding("likely_duplicate", text, articles=found)


def cited_elsewhere(draft: CheckedText) -> Iterator[Finding]:
    """Yield codes that other articles cite.

    The two may belong together, or should name each other.
    """
    for canonical, articles in _citing(draft, draft.codes).items():
        yield Finding(
            "cited_elsewhere",
            _("Other articles cite %(code)s.") % {"code": canonical},
            is_hint=True,
            section=draft.section_with(canonical),
            quote=canonical,
            articles=_references(draft, articles),
        )


def _citing(
    draft: CheckedText, codes: Iterable[str], sections: Iterable[str] = ()
) -> dict[str, set[int]]:
    """Return the other articles that cite the codes, by code.

    Only in ``sections``, if any are named.
    """
    codes = list(codes)
    if not codes:
        return {}
    rows = CodeCitation.objects.visible_to(draft.reader).filter(code__canonical__in=codes)
    rows = rows.exclude(translation__article=draft.article)
    if sections:
        rows = rows.filter(section__in=sections)
    pairs = rows.order_by().values_list("code__canonical", "translation__article").distinct()
    found: dict[str, set[int]] = defaultdict(set)
    for canonical, article in pairs[:_CITATIONS]:
        found[canonical].add(article)
    return found


def _with_the_same_codes(draft: CheckedText) -> set[int]:
    front = {item.code.canonical for item in draft.structured.codes if item.section in _TELLING}
    citing = _citing(draft, front, _TELLING)
    return set.intersection(*citing.values()) if front and citing.keys() == front else set()


def _with_a_near_message(draft: CheckedText) -> set[int]:
    """Return others that quote nearly the same message, by words that stand together."""
    own = [" ".join(words(symptom.text)) for symptom in draft.structured.symptoms]
    checksums = {number for text in own for number in _checksums(text.split())}
    if not checksums:
        return set()
    grams = SearchGram.objects.filter(gram__in=checksums)
    seen = grams.filter(visibility(draft.reader, "message__article__"))
    sharing = seen.exclude(message__article=draft.article).order_by()
    likely = sharing.values("message").annotate(shared=Count("pk")).order_by("-shared", "message")
    keys = [row["message"] for row in likely[:_COMPARED]]
    messages = SearchMessage.objects.filter(pk__in=keys).values_list("article", "words")
    return {
        article
        for article, other in messages
        if any(fuzz.ratio(text, other, score_cutoff=_NEAR) for text in own)
    }


def _checksums(folded: Sequence[str]) -> Iterator[int]:
    for size in range(2, GRAM + 1):
        for start in range(len(folded) - size + 1):
            yield gram(folded[start : start + size])


def _of_the_same_platform(draft: CheckedText, articles: set[int]) -> set[int]:
    """Return the ``articles`` that share a platform with the draft, where both name any."""
    if not draft.platforms or not articles:
        return articles
    pairs = Article.platforms.through.objects.filter(article__in=articles)
    named: dict[int, set[int]] = defaultdict(set)
    for article, platform in pairs.values_list("article", "platform"):
        named[article].add(platform)
    return {key for key in articles if not named[key] or named[key] & draft.platforms}


def _references(draft: CheckedText, articles: Iterable[int]) -> tuple[Reference, ...]:
    """Return a few of ``articles`` by their titles.

    A title is in the language of the page where there is one.
    """
    keys = sorted(articles)[:_ARTICLES]
    if not keys:
        return ()
    texts = ArticleTranslation.objects.visible_to(draft.reader).filter(article__in=keys)
    titles = texts.best_first(get_language() or draft.language)
    best: dict[int, Reference] = {}
    for article, title, language in titles.values_list("article", "title", "language"):
        best.setdefault(article, Reference(article, title, language))
    return tuple(best.values())
