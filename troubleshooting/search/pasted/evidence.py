"""Answers a pasted log or ticket: which codes and messages of the base it holds, and where."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ...texts.codes import CodeMention
from ..context import SearchContext, marks
from ..engines.statements import RowQuery, Step
from ..engines.tables import ENTRY, GRAM, MESSAGE, TEXT
from ..fulltext.hits import ChosenEntry
from ..result import Evidence
from ..words.folding import Word, words
from .mentions import MAX_WORDS, LineNumbers, best_place, grams, text_words

#: Messages whose words are compared with the text; those that share most with it come first.
MAX_MESSAGES = 300
#: Characters of a message that name it in an address.
_NAME = 80


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message of the base in the pasted text, with the entry that quotes it.

    ``is_title`` tells whether it is the title as well.
    """

    entry: int
    article: int
    language: str
    facets: int
    text: str
    start: int
    end: int
    share: float
    is_title: bool = False

    @property
    def id(self) -> str:
        """Return the name of the message by which a reader can remove it."""
        return f"message:{' '.join(words(self.text))[:_NAME]}"

    def as_chosen(self) -> ChosenEntry:
        """Return the entry that quotes it as a hit that was compared with nothing else."""
        entry = (self.entry, self.article, self.language, self.facets)
        return ChosenEntry(*entry, "message", self.text, 0.0)


class Wording:
    """The words of a pasted text, and the checksums by which messages are found in it."""

    def __init__(self, text: str) -> None:
        self.words: list[Word] = text_words(text)

    @property
    def is_cut(self) -> bool:
        """Return whether the text may have more words than are compared."""
        return len(self.words) >= MAX_WORDS

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """Return where each checksum begins, in words."""
        return grams(self.words)


class SharedGram(NamedTuple):
    """A message, and a checksum that it shares with the text."""

    message: int
    gram: int


class _MessageRow(NamedTuple):
    id: int
    entry: int
    article: int
    facets: int
    language: str
    text: str
    words: str
    title: str


def sharing(context: SearchContext, wording: Wording) -> Step[list[SharedGram]]:
    """Return pairs of message and checksum for the checksums that some message has."""
    if not wording.places:
        return []
    condition, parameters = context.engine.among("g.gram", wording.places.keys())
    source = f"FROM {GRAM} g WHERE {condition}"
    shared = RowQuery(SharedGram, ("g.message_id", "g.gram"), source, tuple(parameters))
    yield [shared]
    return shared.rows


def find_messages(
    context: SearchContext, wording: Wording, pairs: Sequence[SharedGram], without: Collection[str]
) -> Step[list[FoundMessage]]:
    """Return the messages of the base that the text holds, whole or nearly so, in its order.

    ``pairs`` are those of ``sharing``; ``without`` names messages to leave out.
    """
    starts: dict[int, list[int]] = {}
    for message, gram in pairs:
        starts.setdefault(message, []).extend(wording.places[gram])
    likely = sorted(starts, key=lambda message: (-len(starts[message]), message))[:MAX_MESSAGES]
    if not likely:
        return []
    messages = _messages(context, likely)
    yield [messages]
    found = []
    places: dict[str, tuple[int, int, float] | None] = {}  # many articles quote the same message
    for row in messages.rows:
        if row.words not in places:
            begins = sorted(set(starts[row.id]))
            places[row.words] = best_place(wording.words, row.words.split(), begins)
        place = places[row.words]
        if place and row.facets in context.scope.visible:
            entry = (row.entry, row.article, row.language, row.facets)
            is_title = words(row.title) == row.words.split()
            found.append(FoundMessage(*entry, row.text, *place, is_title))
    if without:
        found = [one for one in found if one.id not in without]
    return _longest(found)


def _messages(context: SearchContext, numbers: Sequence[int]) -> RowQuery[_MessageRow]:
    return RowQuery(
        _MessageRow,
        (
            *("m.id", "m.entry_id", "m.article_id", "e.facets_id"),
            *("e.language", "m.text", "m.words", "t.title"),
        ),
        f"FROM {MESSAGE} m JOIN {ENTRY} e ON e.translation_id = m.entry_id"
        f" JOIN {TEXT} t ON t.entry_id = m.entry_id"
        f" WHERE m.id IN {marks(numbers)} AND {context.is_visible}",
        tuple(numbers),
    )


def _longest(messages: list[FoundMessage]) -> list[FoundMessage]:
    """Leave out those within a longer one; the same place may be several articles'."""
    kept: set[tuple[int, int]] = set()
    places = {(one.start, one.end) for one in messages}
    for start, end in sorted(places, key=lambda place: (place[0] - place[1], place[0])):
        if not any(first <= start and end <= last for first, last in kept):
            kept.add((start, end))
    left = (one for one in messages if (one.start, one.end) in kept)
    return sorted(left, key=lambda one: (one.start, -one.share, one.entry))


def code_evidence(lines: LineNumbers, mention: CodeMention, is_documented: bool) -> Evidence:
    """Return the place of a code."""
    line = lines.of(mention.start)
    return Evidence(line, mention.start, mention.end, "code", mention.code.canonical, is_documented)


def message_evidence(lines: LineNumbers, message: FoundMessage) -> Evidence:
    """Return the place of a message."""
    return Evidence(lines.of(message.start), message.start, message.end, "message", message.text)
