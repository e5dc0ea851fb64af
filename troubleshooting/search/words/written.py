"""Whether a text that the reader may see holds a word as it was typed, but for number and gender.

The index knows texts by stems, and the list of words is one for everyone: of a stem that is seen,
hidden texts may hold the form that was typed, and those that are seen another. So texts that are
seen are read. It is asked of every word in every language, whatever the list of words has: else
what is asked, and the time it takes, would tell what hidden texts hold.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import NamedTuple

from ..context import SearchContext
from ..engines.contract import Match
from ..engines.statements import RowQuery, Step
from ..engines.tables import TEXT
from .folding import words
from .stemming import analyser

#: Texts with the stem that are read. A form that none of so many has is rare beside others of the
#: stem, which then are what the stem means in the base.
_READ = 20


class WordForm(NamedTuple):
    """A folded word, and the language in whose texts it is looked for."""

    language: str
    word: str


class _Written(NamedTuple):
    title: str
    messages: str
    passages: str


def written_in(
    context: SearchContext, forms: Collection[WordForm], remembered: dict[WordForm, bool]
) -> Step[dict[WordForm, bool]]:
    """Return which of ``forms`` a text holds that the reader may see.

    ``remembered`` is what is known of the same content and readers, and is added to.
    """
    unknown = [one for one in dict.fromkeys(forms) if one not in remembered]
    questions = [_texts_with(context, one) for one in unknown]
    yield questions
    for one, question in zip(unknown, questions, strict=True):
        remembered[one] = any(_holds(row, one) for row in question.rows)
    return {one: remembered[one] for one in forms}


def _texts_with(context: SearchContext, form: WordForm) -> RowQuery[_Written]:
    """Return what asks for some texts that hold the stem of ``form``."""
    stem = Match((((analyser(form.language).term(form.word),),),))
    ids = context.engine.ids(stem, context.visible_sets, _READ)
    messages = f"COALESCE({context.engine.messages_of('t.entry_id')}, '[]')"
    source = f"FROM {TEXT} t WHERE t.entry_id IN (SELECT id FROM ({ids.sql}) s)"
    return RowQuery(_Written, ("t.title", messages, "t.passages"), source, ids.parameters)


def _holds(text: _Written, form: WordForm) -> bool:
    made = analyser(form.language)
    term = made.term(form.word)
    terms_of = made.piece_terms
    pieces = (piece for part in _parts(text) for piece in part.split() if term in terms_of[piece])
    return any(made.is_form(form.word, word) for piece in pieces for word in words(piece))


def _parts(text: _Written) -> Iterable[str]:
    yield text.title
    yield from json.loads(text.messages)
    for _anchor, _section, passage in json.loads(text.passages):
        yield passage
