"""Suggestions while typing: codes, messages and titles that what is typed may become."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..codes import normalise_spelling
from .backend import Conjunction, Match, listed
from .context import Context, open_context
from .query import clean
from .stemming import analyser
from .tables import CODE, ENTRY, MESSAGE, TEXT
from .words import without_invisible, words

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


def suggest(visible_sets, text: str, language: str, limit: int = 8) -> list[Suggestion]:
    """At most ``limit`` suggestions for the beginning ``text``, the reader's language first.

    ``visible_sets`` is a queryset of ``SearchFacets`` as for ``engine.search``. Never raises for
    any text; nothing is suggested for less than two characters.
    """
    typed = " ".join(without_invisible(clean(text[:_LONGEST])).split())
    if len(typed) < 2:
        return []
    context = open_context(visible_sets, language, {})
    codes = list(_codes(context, typed, limit))
    texts = sorted(_texts(context, typed), key=lambda entry: entry[0])
    ordered = [*codes, *(suggestion for _, suggestion in texts)]
    unique: dict[str, Suggestion] = {}
    for one in ordered:
        unique.setdefault(one.text.casefold(), one)
    return list(unique.values())[:limit]


def _codes(context: Context, typed: str, limit: int) -> Iterator[Suggestion]:
    """Codes whose spelling, with or without ``0x``, or a part of whose name so begins."""
    if " " in typed:
        return
    key = normalise_spelling(typed)
    starts = [start for start in (key, f"0x{key}") if len(start) > 2]
    for start in dict.fromkeys(starts):
        condition, parameters = context.engine.prefix("c.key", start)
        sql = (
            f"SELECT DISTINCT c.canonical FROM {CODE} c JOIN {ENTRY} e"
            f" ON e.translation_id = c.entry_id WHERE {condition}"
            f" AND +e.facets_id IN {context.visible} ORDER BY c.canonical LIMIT {int(limit)}"
        )
        for (canonical,) in context.rows(sql, parameters):
            yield Suggestion("code", canonical, "")


def _texts(context: Context, typed: str) -> Iterator[tuple[tuple, Suggestion]]:
    """Titles and messages that hold all the words, the last of them perhaps unfinished."""
    folded = words(typed)[:_WORDS]
    if not folded:
        return
    *whole, last = folded
    conjunctions = [_conjunction(context, name, whole, last) for name in context.known.languages]
    match = Match(tuple(filter(None, conjunctions)), head=True)
    if not match.any_of:
        return
    sets = list(context.scope.visible) if context.scope.hidden else None
    entries = listed(context.engine.walk(match, sets, _ENTRIES))
    for kind, column, table in (("title", "title", TEXT), ("message", "text", MESSAGE)):
        sql = (
            f"SELECT t.{column}, e.language FROM {table} t JOIN {ENTRY} e"
            f" ON e.translation_id = t.entry_id WHERE t.entry_id IN {entries}"
        )
        for text, language in dict.fromkeys(context.rows(sql)):
            place = _place(words(text), whole, last, language)
            if place is not None:
                order = (language != context.language, place > 0, kind == "title", len(text), text)
                yield order, Suggestion(kind, text, language)


def _conjunction(
    context: Context, language: str, whole: Sequence[str], last: str
) -> Conjunction | None:
    make = analyser(language)
    finished = [(make.term(word),) for word in whole if not make.is_stop(word)]
    endings = context.known.completions(language, last, _COMPLETIONS)
    if make.is_stop(last) and finished:
        return tuple(finished)
    return (*finished, tuple(endings)) if endings else None


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
