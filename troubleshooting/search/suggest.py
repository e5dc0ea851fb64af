"""Suggestions while typing: codes, messages and titles that what is typed may become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from ..texts.codes import normalise_spelling, without_invisible
from .codes.lookups import FROM
from .context import Context, open_context
from .engines.contract import Conjunction, Match
from .engines.statements import Question, Step, together
from .engines.tables import ENTRY, MESSAGE, TEXT
from .reading.query import clean
from .words.folding import words
from .words.stemming import analyser

#: Characters of the text that are read, words of it, and entries that are looked at.
_LONGEST = 120
_WORDS = 8
_ENTRIES = 200
#: Known words that an unfinished one may become.
_COMPLETIONS = 24


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``text`` to search for; ``kind`` is ``code``, ``message`` or ``title``."""

    kind: str
    text: str
    language: str


class _Canonical(NamedTuple):
    canonical: str


class _Wording(NamedTuple):
    text: str
    language: str


def suggest(
    visible_sets: QuerySet[Any], text: str, language: str, limit: int = 8
) -> list[Suggestion]:
    """At most ``limit`` suggestions for the beginning ``text``, the reader's language first.

    ``visible_sets`` is a queryset of ``SearchFacets`` as for ``engine.search``. Never raises for
    any text; nothing is suggested for less than two characters.
    """
    typed = " ".join(without_invisible(clean(text[:_LONGEST])).split())
    if len(typed) < 2:
        return []
    context = open_context(visible_sets, language, {})
    codes, texts = together(context.rows, _codes(context, typed, limit), _texts(context, typed))
    unique: dict[str, Suggestion] = {}
    for one in [*codes, *texts]:
        unique.setdefault(one.text.casefold(), one)
    return list(unique.values())[:limit]


def _codes(context: Context, typed: str, limit: int) -> Step[list[Suggestion]]:
    """Codes whose spelling, with or without ``0x``, or a part of whose name so begins."""
    if " " in typed:
        return []
    key = normalise_spelling(typed)
    questions = []
    for start in dict.fromkeys(start for start in (key, f"0x{key}") if len(start) > 2):
        condition, parameters = context.engine.prefix("c.key", start)
        source = (
            f"{FROM} WHERE {condition} AND {context.is_visible}"
            f" ORDER BY c.canonical LIMIT {int(limit)}"
        )
        asked = Question(_Canonical, ("c.canonical",), source, tuple(parameters), distinct=True)
        questions.append(asked)
    yield questions
    return [Suggestion("code", row.canonical, "") for asked in questions for row in asked.rows]


def _texts(context: Context, typed: str) -> Step[list[Suggestion]]:
    """Titles and messages that hold all the words, the last of them perhaps unfinished."""
    folded = words(typed)[:_WORDS]
    if not folded:
        return []
    *whole, last = folded
    conjunctions = [_conjunction(context, name, whole, last) for name in context.known.languages]
    match = Match(tuple(conjunctions), head=True)
    if not match.any_of:
        return []
    ids = context.engine.ids(match, context.visible_sets, _ENTRIES)
    kinds = {"title": ("t.title", TEXT), "message": ("t.text", MESSAGE)}
    questions = {
        kind: Question(
            _Wording,
            (column, "e.language"),
            f"FROM {table} t JOIN {ENTRY} e ON e.translation_id = t.entry_id"
            f" WHERE t.entry_id IN ({ids.sql})",
            ids.parameters,
        )
        for kind, (column, table) in kinds.items()
    }
    yield list(questions.values())
    found = []
    for kind, question in questions.items():
        for text, language in dict.fromkeys(question.rows):
            place = _place(words(text), whole, last, language)
            if place is not None:
                order = (language != context.language, place > 0, kind == "title", len(text), text)
                found.append((order, Suggestion(kind, text, language)))
    return [suggestion for _, suggestion in sorted(found, key=lambda entry: entry[0])]


def _conjunction(context: Context, language: str, whole: Sequence[str], last: str) -> Conjunction:
    """Return what a text has to hold.

    A word that nothing begins with is asked for like any other: known words are those of hidden
    texts too, and that nothing need be asked would tell how long it takes which ones there are.
    """
    make = analyser(language)
    finished = [(make.term(word),) for word in whole if not make.is_stop(word)]
    if make.is_stop(last) and finished:
        return tuple(finished)
    endings = context.known.completions(language, last, _COMPLETIONS)
    return (*finished, tuple(endings) or (make.term(last),))


def _place(held: Sequence[str], whole: Sequence[str], last: str, language: str) -> int | None:
    """Where the first word typed stands in a text; None unless the text holds them all."""
    make = analyser(language)
    terms = [make.term(word) for word in held]
    wanted = [make.term(word) for word in whole]
    if not set(wanted) <= set(terms):
        return None
    ends = [place for place, word in enumerate(held) if word.startswith(last)]
    if not ends:
        return None
    return terms.index(wanted[0]) if wanted else ends[0]
