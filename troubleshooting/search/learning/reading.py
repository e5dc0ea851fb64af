"""Asks what readers opened after a query like this one."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from ..context import SearchContext, marks
from ..engines.statements import RowQuery, Step
from ..engines.tables import LEARNED
from ..reading.interpretation import Interpretation
from ..words.folding import words
from .weights import ChoiceWeight, Learned, bonuses, key_of


def find_learned(context: SearchContext, reading: Interpretation) -> Step[Learned]:
    """Return what articles gain by the choices of readers; nothing beside a known code.

    Of the query only words that the base knows count, as of those that were noted.
    """
    if not settings.LEARN_FROM_CHOICES or reading.has_known_code:
        return Learned()
    known = context.vocabulary
    said = [
        word
        for word in words(reading.query.text)
        if word.isalpha()
        and (context.own.knows(word) or any(known.lists(name, word) for name in known.languages))
    ]
    keys = list(filter(None, dict.fromkeys(key_of(name, said) for name in known.languages)))
    if not keys:
        return Learned()
    columns = ("l.article_id", "l.weight", "l.day")
    source = f"FROM {LEARNED} l WHERE l.terms IN {marks(keys)}"
    question = RowQuery(ChoiceWeight, columns, source, tuple(keys))
    yield [question]
    return Learned(bonuses(question.rows, timezone.localdate().toordinal()))
