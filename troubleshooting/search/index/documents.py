"""The words of imported documents: their titles, introductions and headings.

Written within the transaction that writes the document, like everything in the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from ..engines.contract import backend
from ..engines.tables import DOCUMENT_TERM
from ..words.folding import words
from ..words.stemming import analyser

#: Different terms of a document that are kept, those of its title first.
MOST_TERMS = 400
MAX_TERM = 60
_COLUMNS = ("document_id", "term", "in_title")


class DocumentText(NamedTuple):
    """What is indexed of a document, as plain text or Markdown."""

    document_id: int
    language: str
    title: str
    text: str


def terms_of(document: DocumentText) -> dict[str, bool]:
    """Return the terms of ``document``, and whether each stands in its title."""
    made = analyser(document.language).terms
    title = made(words(document.title)) or [f"{document.language}:{document.title.lower()}"]
    held = dict.fromkeys((term[:MAX_TERM] for term in title), True)
    for term in made(words(document.text)):
        if len(held) >= MOST_TERMS:
            break
        held.setdefault(term[:MAX_TERM], False)
    return held


def write_document(connection: BaseDatabaseWrapper, document: DocumentText) -> None:
    """Index ``document`` in place of what was indexed of it before."""
    rows = [(document.document_id, *row) for row in terms_of(document).items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {DOCUMENT_TERM} WHERE document_id = %s", [document.document_id]
        )
    backend(connection).insert(DOCUMENT_TERM, _COLUMNS, rows)


def differing(
    connection: BaseDatabaseWrapper, documents: Iterable[DocumentText]
) -> Iterator[DocumentText]:
    """Yield the documents of which the index holds something else than it should."""
    for document in documents:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT term, in_title FROM {DOCUMENT_TERM} WHERE document_id = %s",
                [document.document_id],
            )
            held = {term: bool(in_title) for term, in_title in cursor.fetchall()}
        if held != terms_of(document):
            yield document
