"""What a list shows of an article, in the best language there is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ...models import Article, ArticleTranslation, ErrorCode, Platform
from .namesakes import Namesake, notes_on_namesakes


@dataclass(frozen=True, slots=True)
class Card:
    """One article as a list shows it; ``foreign`` tells that its text is not in ``language``.

    ``note`` tells it apart where another of the list has the same title.
    """

    article: Article
    translation: ArticleTranslation
    foreign: bool
    summary: str
    platforms: list[Platform]
    codes: list[ErrorCode]
    note: str = ""


def cards(articles: Iterable[Article], language: str, shows_platforms: bool = False) -> list[Card]:
    """Return cards of articles that came through ``for_list(language)``, in their order.

    An article without any text is left out. ``shows_platforms`` tells that the list does.
    """
    shown = [_card(article, language) for article in articles if article.translations.all()]
    named = {
        card.article.pk: Namesake(card.translation.title, tuple(one.name for one in card.platforms))
        for card in shown
    }
    notes = notes_on_namesakes(named, language, shows_platforms)
    return (
        [replace(card, note=notes.get(card.article.pk, "")) for card in shown] if notes else shown
    )


def _card(article: Article, language: str) -> Card:
    translation = article.translations.all()[0]
    rendered = getattr(translation, "rendered", None)
    return Card(
        article=article,
        translation=translation,
        foreign=translation.language != language,
        summary=_summary(translation.title, rendered.summary if rendered else ""),
        platforms=list(article.platforms.all()),
        codes=distinct_codes(translation),
    )


def _summary(title: str, summary: str) -> str:
    """Return ``summary``; nothing where it only says the title again, as a table's row does."""
    says, said = (re.sub(r"\W+", " ", text).strip().casefold() for text in (summary, title))
    return "" if says == said else summary


def distinct_codes(translation: ArticleTranslation) -> list[ErrorCode]:
    """Return the codes that the text cites, each once, in the order of the text."""
    return list(
        {citation.code_id: citation.code for citation in translation.citations.all()}.values()
    )
