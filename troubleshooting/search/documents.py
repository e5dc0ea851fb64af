"""Whole documents as hits: those whose title, introduction and headings hold every word asked for.

Only those for everyone: others are found by their articles.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from .context import SearchContext, filled, marks
from .engines.statements import CommonTable, RowQuery, Step
from .engines.tables import DOCUMENT_TERM, SOURCE_DOCUMENT, SOURCE_ENTRY
from .index.documents import MAX_TERM
from .result import DocumentHit
from .words.folding import words
from .words.frequencies import frequencies
from .words.stemming import analyser

#: Documents of a language with the rarest word that are looked at, those with all words, those that
#: are shown.
_WITH_ONE = 3000
_LOOKED_AT = 40
MOST = 3
#: Words of a query that are looked for in documents.
_WORDS = 24

Address = Callable[[str, str], str]
"""From key and language to the address of a document's page."""


class _Row(NamedTuple):
    id: int
    in_title: int
    title_terms: int
    articles: int
    key: str
    language: str
    title: str


def find_documents(context: SearchContext, text: str, address: Address) -> Step[list[DocumentHit]]:
    """Return the documents that hold all the words of ``text``, the best ``MOST``.

    Of each one language.

    A single word is enough only where it is the whole title: else it says too little.
    """
    said = words(text)[:_WORDS]
    known = frequencies[context.seen_by].known()
    wanted = [
        terms
        for language in context.vocabulary.languages
        if (terms := _terms(language, said, lambda term: known.get(term, 0)))
    ]
    if not wanted:
        return []
    question = _question(wanted)
    yield [question]
    found = question.rows
    whole = " ".join(said)
    ranked = sorted(found, key=lambda row: (_likeness(row, whole, context.language), row.id))
    shown: dict[str, DocumentHit] = {}
    for row in ranked:
        is_title = " ".join(words(row.title)) == whole
        if row.key in shown or not (is_title or len(said) > 1):
            continue
        shown[row.key] = DocumentHit(
            row.key, row.title, address(row.key, context.language), row.language,
            row.articles, is_title,
        )  # fmt: skip
        if len(shown) == MOST:
            break
    return list(shown.values())


def _likeness(row: _Row, whole: str, language: str) -> tuple[float, ...]:
    """Return what documents are ordered by, the least first.

    The title itself, then how much of it.
    """
    is_title = " ".join(words(row.title)) == whole
    share = row.in_title / max(1, row.title_terms)
    return (not is_title, -share, row.language != language)


def _terms(language: str, words: Sequence[str], entries: Callable[[str], int]) -> list[str]:
    """Return the terms of ``words``, each once, the rarest first.

    ``entries`` tells how many articles' texts hold a term.
    """
    terms = dict.fromkeys(term[:MAX_TERM] for term in analyser(language).terms(words))
    return sorted(terms, key=lambda term: (entries(term), -len(term)))


def _question(wanted: Sequence[Sequence[str]]) -> RowQuery[_Row]:
    """Return what asks for the documents that hold all terms of a language.

    ``wanted`` are the terms of each, the rarest first: of most documents that have it one look
    tells that another is missing.
    """
    rarest = [terms[0] for terms in wanted]
    pairs = filled([(terms[0], term) for terms in wanted for term in terms[1:] or terms])
    asked = filled([term for terms in wanted for term in terms])
    with_one = " UNION ALL ".join(
        f"SELECT * FROM (SELECT document_id, in_title, term FROM {DOCUMENT_TERM} WHERE term = %s"
        f" LIMIT {_WITH_ONE}) w{place}"
        for place in range(len(rarest))
    )
    # As values: a condition for each term is a join more for PostgreSQL to plan.
    every = (
        f"NOT EXISTS (SELECT 1 FROM (VALUES {', '.join(['(%s, %s)'] * len(pairs))}) a"
        f" WHERE a.column1 = w.term AND NOT EXISTS (SELECT 1 FROM {DOCUMENT_TERM} t"
        " WHERE t.document_id = w.document_id AND t.term = a.column2))"
    )
    # What is counted is counted of those that are left, not of each that is looked at.
    holding = CommonTable(
        "documents",
        f"SELECT d.id, d.key, d.language, d.title FROM (SELECT w.document_id, w.in_title"
        f" FROM ({with_one}) w WHERE {every} LIMIT {_WITH_ONE * len(rarest)}) w"
        f" JOIN {SOURCE_DOCUMENT} d ON d.id = w.document_id WHERE d.shown_to = 'public'"
        f" ORDER BY w.in_title DESC LIMIT {_LOOKED_AT * len(rarest)}",
        (*rarest, *(term for pair in pairs for term in pair)),
    )
    own = f"FROM {DOCUMENT_TERM} t WHERE t.document_id = d.id AND t.in_title"
    return RowQuery(
        _Row,
        (
            *("d.id", f"(SELECT COUNT(*) {own} AND t.term IN {marks(asked)})"),
            f"(SELECT COUNT(*) {own})",
            f"(SELECT COUNT(*) FROM {SOURCE_ENTRY} s WHERE s.document_id = d.id)",
            *("d.key", "d.language", "d.title"),
        ),
        f"FROM {holding.name} d",
        asked,
        common=(holding,),
    )
