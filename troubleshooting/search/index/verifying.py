"""Proves that the index equals the texts, and repairs what does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from ..engines import combinations, ddl
from ..engines.contract import sql_list
from ..engines.tables import CODE, ENTRY, GRAM, MESSAGE, TEXT
from .document import IndexDocument, analyse
from .writing import remove_entry, write_entry

_BATCH = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between the index and the texts.

    ``what`` is ``missing``, ``differs``, ``superfluous`` or ``facets`` of a translation, or
    ``lost`` (a trigger or index) or ``full_text`` of the whole index.
    """

    what: str
    translation_id: int | None = None
    detail: str = ""


def differences(
    connection: BaseDatabaseWrapper, documents: Iterable[IndexDocument]
) -> Iterator[Difference]:
    """Yield all that is wrong with the index, given the documents of all translations."""
    for name in (*ddl.missing(connection), *ddl.outdated(connection)):
        yield Difference("lost", detail=name)
    if not ddl.missing(connection) and not ddl.full_text_is_intact(connection):
        yield Difference("full_text")
    seen: set[int] = set()
    stream = iter(documents)
    while batch := list(islice(stream, _BATCH)):
        seen.update(document.translation_id for document in batch)
        yield from _compare(connection, batch)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT translation_id FROM {ENTRY} ORDER BY 1")
        stored = [key for (key,) in cursor.fetchall()]
        yield from (Difference("superfluous", key) for key in stored if key not in seen)
        cursor.execute(combinations.stale(connection.vendor))
        yield from [Difference("facets", key) for (key,) in cursor.fetchall()]


def repair(
    connection: BaseDatabaseWrapper,
    differences: Sequence[Difference],
    documents: Iterable[IndexDocument],
) -> None:
    """Put right what ``differences`` found, in one transaction."""
    wrong = {one.translation_id for one in differences}
    with transaction.atomic(using=connection.alias):
        ddl.restore(connection)
        if any(one.what in ("lost", "full_text") for one in differences):
            ddl.rebuild_full_text(connection)
        for one in differences:
            if one.what == "superfluous" and one.translation_id is not None:
                remove_entry(connection, one.translation_id)
        for document in documents:
            if document.translation_id in wrong:
                remove_entry(connection, document.translation_id)
                write_entry(connection, document)


def _compare(
    connection: BaseDatabaseWrapper, batch: Sequence[IndexDocument]
) -> Iterator[Difference]:
    stored = _Stored(connection, [document.translation_id for document in batch])
    for document in batch:
        key = document.translation_id
        if key not in stored.texts:
            yield Difference("missing", key)
            continue
        made = analyse(document)
        wanted = {
            "entry": (document.article_id, document.language),
            "text": (made.title, made.title_terms, made.key_terms, made.body_terms, made.passages),
            "codes": set(made.codes),
            "messages": {(m.text, m.words, m.grams) for m in made.messages},
        }
        held = stored.of(key)
        wrong = [name for name, value in wanted.items() if held[name] != value]
        if wrong:
            yield Difference("differs", key, ", ".join(wrong))


class _Stored:
    """The rows of some entries."""

    def __init__(self, connection: BaseDatabaseWrapper, keys: Sequence[int]) -> None:
        self.connection = connection
        inside = sql_list(keys)
        self.entries = self._by_entry(
            f"SELECT translation_id, article_id, language FROM {ENTRY}"
            f" WHERE translation_id IN {inside}"
        )
        self.texts = self._by_entry(
            "SELECT entry_id, title, title_terms, key_terms, body_terms, passages"
            f" FROM {TEXT} WHERE entry_id IN {inside}"
        )
        self.codes = self._by_entry(
            "SELECT entry_id, canonical, kind, value, low_word, key, whole, defines"
            f" FROM {CODE} WHERE entry_id IN {inside}"
        )
        self.messages = self._messages(inside)

    def of(self, key: int) -> dict[str, Any]:
        """Return what is stored of one entry, shaped as ``_compare`` wants it."""
        codes = {(*code[:5], *map(bool, code[5:])) for code in self.codes.get(key, [])}
        return {
            "entry": self.entries[key][0],
            "text": self.texts[key][0],
            "codes": codes,
            "messages": set(self.messages.get(key, [])),
        }

    def _messages(self, inside: str) -> dict[int, list[tuple[Any, ...]]]:
        grams: dict[int, list[int]] = {}
        for number, gram in self._rows(
            f"SELECT g.message_id, g.gram FROM {GRAM} g JOIN {MESSAGE} m ON m.id = g.message_id"
            f" WHERE m.entry_id IN {inside} ORDER BY g.gram"
        ):
            grams.setdefault(number, []).append(gram)
        messages: dict[int, list[tuple[Any, ...]]] = {}
        for entry, number, text, words in self._rows(
            f"SELECT entry_id, id, text, words FROM {MESSAGE} WHERE entry_id IN {inside}"
        ):
            messages.setdefault(entry, []).append((text, words, tuple(grams.get(number, ()))))
        return messages

    def _by_entry(self, sql: str) -> dict[int, list[tuple[Any, ...]]]:
        found: dict[int, list[tuple[Any, ...]]] = {}
        for key, *values in self._rows(sql):
            found.setdefault(key, []).append(tuple(values))
        return found

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            cursor.execute(sql)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
