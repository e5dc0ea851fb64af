"""Suggestions while typing: codes, messages and titles that what is typed may become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import QuerySet

from ..texts.codes import normalise_spelling, without_invisible
from .addresses import article_address, document_address
from .codes.lookups import FROM
from .context import SearchContext, open_context
from .documents import find_documents
from .engines.contract import Conjunction, Match
from .engines.statements import RowQuery, Step, together
from .engines.tables import ARTICLE, ENTRY, MESSAGE, TEXT
from .reading.query import clean
from .words.folding import words
from .words.stemming import analyser

#: Characters of the text that are read, words of it, and entries that are looked at.
_LONGEST = 120
_WORDS = 8
_ENTRIES = 200
#: Corrected forms of what was typed that are tried in a language.
_TRIES = 6
#: Codes that a corrected name may be.
_CODES = 4
#: Letters of a name of which the words are typed apart.
_SHORTEST_NAME = 6
#: Known words that an unfinished one may become.
_COMPLETIONS = 24


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``text`` to search for; ``kind`` is ``code``, ``message``, ``title`` or ``document``.

    A title leads straight to its page, whose address is ``url``; the others have none, and neither
    has a title that several articles have: a search for it tells these apart.
    """

    kind: str
    text: str
    language: str
    url: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        """Name the page as all else does; the former name stays for programs."""
        object.__setattr__(self, "address", self.url)


class _Canonical(NamedTuple):
    canonical: str


class _Wording(NamedTuple):
    text: str
    language: str
    slug: str


class _Found(NamedTuple):
    """A suggestion with its place in their order, and of a title the articles that have it."""

    order: tuple[Any, ...]
    suggestion: Suggestion
    articles: Collection[str]


def suggest(
    visible_sets: QuerySet[Any], text: str, language: str, limit: int = 8
) -> list[Suggestion]:
    """Return at most ``limit`` suggestions for the beginning ``text``, the reader's language first.

    ``visible_sets`` is a queryset of ``SearchFacets`` as for ``engine.search``. Never raises for
    any text; nothing is suggested for less than two characters.
    """
    typed = " ".join(without_invisible(clean(text[:_LONGEST])).split())
    if len(typed) < 2:
        return []
    context = open_context(visible_sets, language, {})
    codes, texts, documents = together(
        context.rows,
        _codes(context, typed, limit),
        _texts(context, typed),
        find_documents(context, typed, document_address),
    )
    unique: dict[str, Suggestion] = {}
    named = [Suggestion("document", one.title, one.language, one.url) for one in documents]
    for one in [*codes, *texts[: limit - len(named)], *named]:
        unique.setdefault(one.text.casefold(), one)
    return list(unique.values())[:limit]


def _codes(context: SearchContext, typed: str, limit: int) -> Step[list[Suggestion]]:
    """Return codes whose spelling, with or without ``0x``, or a part of whose name so begins.

    Of a name the words may be typed apart.
    """
    key = normalise_spelling(typed)
    if " " in typed and (len(key) < _SHORTEST_NAME or any(map(str.isdigit, key))):
        return []  # several words may be a name, but no number
    starts = (key,) if " " in typed else (key, f"0x{key}")
    questions = []
    for start in dict.fromkeys(start for start in starts if len(start) > 2):
        condition, parameters = context.engine.prefix("c.key", start)
        source = (
            f"{FROM} WHERE {condition} AND {context.is_visible}"
            f" ORDER BY c.canonical LIMIT {int(limit)}"
        )
        asked = RowQuery(_Canonical, ("c.canonical",), source, tuple(parameters), distinct=True)
        questions.append(asked)
    yield questions
    return [Suggestion("code", row.canonical, "") for asked in questions for row in asked.rows]


def _texts(context: SearchContext, typed: str) -> Step[list[Suggestion]]:
    """Return titles and messages that hold all the words, the last of them perhaps unfinished.

    Where nothing does, the words nearest to those typed are tried, known ones too: that takes the
    same time for words that only hidden texts hold.
    """
    folded = words(typed)[:_WORDS]
    if not folded:
        return []
    found = yield from _holding(context, {name: [folded] for name in context.vocabulary.languages})
    if found:
        return found
    near = {name: _near(context, name, folded) for name in context.vocabulary.languages}
    meant = {name: [*folded, *chain(*all_)] for name, all_ in near.items()}
    terms = sorted({analyser(name).term(one) for name, all_ in meant.items() for one in all_})
    # Asked each time, whatever there is near: what is remembered would tell what others have typed.
    asked = context.engine.term_facts(terms, 0, context.visible_sets)
    yield [asked]
    seen = {terms[row.place] for row in asked.rows if row.seen}
    tries = {name: _meant(name, folded, near[name], seen) for name in near}
    found = yield from _holding(context, tries)
    if found or len(folded) == 1:
        return found
    names = dict.fromkeys(" ".join(several[0]) for several in tries.values())
    codes: list[Suggestion] = []
    for one in names:
        codes += yield from _codes(context, one, _CODES)
    return codes


def _near(context: SearchContext, language: str, folded: Sequence[str]) -> list[list[str]]:
    """Return for each word the known ones a letter or two away."""
    make, known = analyser(language), context.vocabulary
    return [[] if make.is_stop(one) else [*chain(*known.nearest(language, one))] for one in folded]


def _meant(
    language: str, folded: Sequence[str], known: Sequence[Sequence[str]], seen: Collection[str]
) -> list[list[str]]:
    """Return the words typed with ``known`` ones near them: in all places, then one at a time.

    Of these only those whose terms the reader has ``seen``: hidden ones take no place of theirs.
    """
    term = analyser(language).term
    near = [[one for one in others if term(one) in seen] for others in known]
    tries = [[others[0] if others else one for one, others in zip(folded, near, strict=True)]]
    for place, others in enumerate(near):
        tries += [[*folded[:place], other, *folded[place + 1 :]] for other in others]
    return tries[:_TRIES]


def _holding(
    context: SearchContext, tries: Mapping[str, Sequence[Sequence[str]]]
) -> Step[list[Suggestion]]:
    """Return titles and messages that hold all words of one of the ``tries`` of their language."""
    listed = [(name, one) for name, several in tries.items() for one in several]
    conjunctions = [_conjunction(context, name, one[:-1], one[-1]) for name, one in listed]
    match = Match(tuple(conjunctions), head=True)
    if not match.any_of:
        return []
    ids = context.engine.ids(match, context.visible_sets, _ENTRIES)
    kinds = {"title": ("t.title", TEXT), "message": ("t.text", MESSAGE)}
    questions = {
        kind: RowQuery(
            _Wording,
            (column, "e.language", "a.slug"),
            f"FROM {table} t JOIN {ENTRY} e ON e.translation_id = t.entry_id"
            f" JOIN {ARTICLE} a ON a.id = e.article_id WHERE t.entry_id IN ({ids.sql})",
            ids.parameters,
        )
        for kind, (column, table) in kinds.items()
    }
    yield list(questions.values())
    found: list[_Found] = []
    pages: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in questions["title"].rows:
        pages[row.text, row.language].add(row.slug)
    for kind, question in questions.items():
        for text, language, slug in dict.fromkeys(question.rows):
            held = words(text)
            places = [_place(held, one[:-1], one[-1], language) for one in tries.get(language, ())]
            if any(place is not None for place in places):
                place = min(place for place in places if place is not None)
                order = (language != context.language, place > 0, kind == "title", len(text), text)
                leads_on = kind == "title" and len(pages[text, language]) == 1
                url = article_address(slug, context.language) if leads_on else ""
                articles = pages[text, language] if kind == "title" else ()
                found.append(_Found(order, Suggestion(kind, text, language, url), articles))
    return _once_each(sorted(found, key=lambda one: one.order))


def _once_each(found: Iterable[_Found]) -> list[Suggestion]:
    """Return what was found without the titles of articles that have an earlier one.

    An article has a title in each of its languages, and the reader's come first.
    """
    kept, named = [], set[str]()
    for one in found:
        if one.suggestion.kind == "title":
            if named.issuperset(one.articles):
                continue
            named.update(one.articles)
        kept.append(one.suggestion)
    return kept


def _conjunction(
    context: SearchContext, language: str, whole: Sequence[str], last: str
) -> Conjunction:
    """Return what a text has to hold.

    A word that nothing begins with is asked for like any other: known words are those of hidden
    texts too, and that nothing need be asked would tell how long it takes which ones there are.
    """
    make = analyser(language)
    finished = [(make.term(word),) for word in whole if not make.is_stop(word)]
    if make.is_stop(last) and finished:
        return tuple(finished)
    endings = context.vocabulary.completions(language, last, _COMPLETIONS)
    return (*finished, tuple(endings) or (make.term(last),))


def _place(words: Sequence[str], whole: Sequence[str], last: str, language: str) -> int | None:
    """Return where the first word typed stands in a text; None unless the text holds them all."""
    make = analyser(language)
    terms = [make.term(word) for word in words]
    wanted = [make.term(word) for word in whole]
    if not set(wanted) <= set(terms):
        return None
    ends = [place for place, word in enumerate(words) if word.startswith(last)]
    if not ends:
        return None
    return terms.index(wanted[0]) if wanted else ends[0]
