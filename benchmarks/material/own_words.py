"""A vocabulary of editors as large as the portal takes, of words that the articles hold."""

from __future__ import annotations

import random
from collections.abc import Sequence

from troubleshooting.models import VocabularyEntry
from troubleshooting.search.own.words import MOST_PHRASES

from .multiply import BenchArticle

#: Kinds of entries, as often as they stand here of ten.
_KINDS = ("pin", "nothing", "means", "means", "means", *["alike"] * 5)
_LONGEST = 200


def keep(articles: Sequence[BenchArticle], number: int, seed: int) -> None:
    """Store ``number`` entries, each with as many phrases of one or two words as it may have."""
    chance = random.Random(seed)
    VocabularyEntry.objects.bulk_create(
        _entry(chance, articles, _KINDS[place % len(_KINDS)]) for place in range(number)
    )


def _entry(chance: random.Random, articles: Sequence[BenchArticle], kind: str) -> VocabularyEntry:
    article = chance.choice(articles)
    language = chance.choice(article.languages)
    return VocabularyEntry(
        kind=kind,
        language=chance.choice(("", language)),
        words=_phrases(chance, article, language),
        meaning=_phrases(chance, article, language) if kind in ("means", "alike") else "",
        article_id=article.number if kind == "pin" else None,
    )


def _phrases(chance: random.Random, article: BenchArticle, language: str) -> str:
    words = " ".join(unit.texts[language].text for unit in article.units).replace(",", " ").split()
    chosen = []
    for _ in range(MOST_PHRASES):
        start = chance.randrange(len(words))
        chosen.append(" ".join(words[start : start + chance.choice((1, 2))]))
    return ", ".join(chosen)[:_LONGEST]
