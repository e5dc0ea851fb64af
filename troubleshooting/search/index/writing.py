"""The writing of the index. Called within the transaction that writes the texts; never on its own.

``write_entry`` for one translation, ``add_entries`` for several that are new, ``rebuild`` for all.
All store the rows that ``document.analyse`` makes; the full-text index and the facets follow by
triggers (``ddl``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from ..engines import combinations, ddl
from ..engines.contract import backend, sql_list
from ..engines.tables import CODE, ENTRY, FACETS, GRAM, MESSAGE, TEXT, VECTOR, WORD
from ..semantic.writing import forget_vector, write_vectors
from ..words.vocabulary import vocabulary
from .document import Analysis, IndexDocument, analyse

_BATCH = 1000

_ENTRY = ("translation_id", "article_id", "language")
_TEXT = ("entry_id", "title", "title_terms", "key_terms", "body_terms", "passages")
_CODE = (
    "entry_id", "article_id", "canonical", "kind", "value", "low_word", "key", "whole", "defines",
)  # fmt: skip
_MESSAGE = ("entry_id", "article_id", "text", "words")
_GRAM = ("message_id", "gram")
_WORD = ("language", "word")
_CHANGE = f"UPDATE {TEXT} SET {', '.join(f'{name} = %s' for name in _TEXT[1:])} WHERE entry_id = %s"


def write_entry(connection: BaseDatabaseWrapper, document: IndexDocument) -> None:
    """Index ``document``, in place of what was indexed of its translation before.

    ``connection`` is the one whose transaction writes the texts (``transaction.atomic``); a
    rollback takes the entry back with them.
    """
    analysis = analyse(document)
    row = _text_row(analysis)
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, [*row, document.translation_id])
        if not cursor.rowcount:
            _add(connection, cursor, [(document, analysis)])
            return
        _forget_details(cursor, document.translation_id)
        _write_details(connection, cursor, [(document, analysis)])
        forget_vector(connection, document.translation_id)
        write_vectors(connection, [document])
        for statement in combinations.refresh(connection.vendor, str(int(document.article_id))):
            cursor.execute(statement)


def add_entries(connection: BaseDatabaseWrapper, documents: Sequence[IndexDocument]) -> None:
    """Index ``documents``, of whose translations nothing is indexed yet.

    ``connection`` as for ``write_entry``.
    """
    if documents:
        with connection.cursor() as cursor:
            _add(connection, cursor, _pairs(documents))


def _add(
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
    pairs: Sequence[tuple[IndexDocument, Analysis]],
) -> None:
    _insert(connection, cursor, pairs)
    articles = sql_list(sorted({document.article_id for document, _ in pairs}))
    for statement in combinations.refresh_some(connection.vendor, articles):
        cursor.execute(statement)


def _insert(
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
    pairs: Sequence[tuple[IndexDocument, Analysis]],
) -> None:
    engine = backend(connection)
    engine.insert(ENTRY, _ENTRY, [_entry_row(document) for document, _ in pairs])
    rows = [[document.translation_id, *_text_row(made)] for document, made in pairs]
    engine.insert(TEXT, _TEXT, rows)
    _write_details(connection, cursor, pairs)
    write_vectors(connection, [document for document, _ in pairs])


def remove_entry(connection: BaseDatabaseWrapper, translation_id: int) -> None:
    """Take a translation out of the index."""
    with connection.cursor() as cursor:
        _forget_details(cursor, translation_id)
        forget_vector(connection, translation_id)
        cursor.execute(f"DELETE FROM {TEXT} WHERE entry_id = %s", [translation_id])
        cursor.execute(f"DELETE FROM {ENTRY} WHERE translation_id = %s", [translation_id])


def rebuild(connection: BaseDatabaseWrapper, documents: Iterable[IndexDocument]) -> int:
    """Make the whole index anew from ``documents``, in one transaction; return their number."""
    count = 0
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        _empty(connection)
        for pairs in _analysed(documents):
            _insert(connection, cursor, pairs)
            count += len(pairs)
        ddl.end_bulk(connection)
    return count


def _empty(connection: BaseDatabaseWrapper) -> None:
    ddl.restore(connection)
    ddl.empty(connection, (GRAM, MESSAGE, CODE, VECTOR, TEXT, ENTRY, FACETS, WORD))
    ddl.rebuild_full_text(connection)
    ddl.begin_bulk(connection)


def _batches(documents: Iterable[IndexDocument]) -> Iterator[list[IndexDocument]]:
    stream = iter(documents)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _analysed(documents: Iterable[IndexDocument]) -> Iterator[list[tuple[IndexDocument, Analysis]]]:
    """Yield batches of documents with rows, each made while the database writes the last one.

    Only the analysis runs beside it: ``documents`` may read from the same connection.
    """
    with ThreadPoolExecutor(max_workers=1) as beside:
        before: Future[list[tuple[IndexDocument, Analysis]]] | None = None
        for batch in _batches(documents):
            made = beside.submit(_pairs, batch)
            if before:
                yield before.result()
            before = made
        if before:
            yield before.result()


def _pairs(batch: Iterable[IndexDocument]) -> list[tuple[IndexDocument, Analysis]]:
    return [(one, analyse(one)) for one in batch]


def _entry_row(document: IndexDocument) -> list[Any]:
    return [document.translation_id, document.article_id, document.language]


def _text_row(analysis: Analysis) -> list[Any]:
    return [
        analysis.title,
        analysis.title_terms,
        analysis.key_terms,
        analysis.body_terms,
        analysis.passages,
    ]


def _forget_details(cursor: CursorWrapper, translation_id: int) -> None:
    grams = f"SELECT id FROM {MESSAGE} WHERE entry_id = %s"
    cursor.execute(f"DELETE FROM {GRAM} WHERE message_id IN ({grams})", [translation_id])
    cursor.execute(f"DELETE FROM {MESSAGE} WHERE entry_id = %s", [translation_id])
    cursor.execute(f"DELETE FROM {CODE} WHERE entry_id = %s", [translation_id])


def _write_details(
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
    pairs: Sequence[tuple[IndexDocument, Analysis]],
) -> None:
    """Write codes, messages with their grams, and words not known before."""
    codes, messages, grams = [], [], []
    words: dict[str, set[str]] = {}
    for document, made in pairs:
        owner = (document.translation_id, document.article_id)
        codes += [(*owner, *code) for code in made.codes]
        messages += [(*owner, message.text, message.words) for message in made.messages]
        grams += [message.grams for message in made.messages]
        words.setdefault(document.language, set()).update(made.vocabulary)
    if codes:
        backend(connection).insert(CODE, _CODE, codes)
    if messages:
        _write_messages(connection, cursor, messages, grams)
    known = vocabulary(connection)
    new = [
        (lang, word) for lang in sorted(words) for word in known.unknown(lang, sorted(words[lang]))
    ]
    if new:
        backend(connection).insert_new(WORD, _WORD, new)


def _write_messages(
    connection: BaseDatabaseWrapper,
    cursor: CursorWrapper,
    messages: list[tuple[Any, ...]],
    grams: list[tuple[int, ...]],
) -> None:
    """Write the rows of messages; those of grams need the ids that the messages get."""
    engine = backend(connection)
    engine.insert(MESSAGE, _MESSAGE, messages)
    entries = sorted({message[0] for message in messages})
    cursor.execute(
        f"SELECT entry_id, words, id FROM {MESSAGE} WHERE entry_id IN {sql_list(entries)}"
    )
    ids = {(entry, words): number for entry, words, number in cursor.fetchall()}
    rows = [
        (ids[message[0], message[3]], value)
        for message, values in zip(messages, grams, strict=True)
        for value in values
    ]
    engine.insert(GRAM, _GRAM, rows)
