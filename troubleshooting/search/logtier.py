"""Answers a pasted log or ticket: which codes and messages of the base it holds, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..codes import CodeMention, find_codes
from .codetier import known_names
from .context import Context, marks
from .log import Lines, best_place, grams, names, text_words
from .result import Evidence
from .tables import ENTRY, GRAM, MESSAGE

#: Messages whose words are compared with the text; those that share most with it come first.
MAX_MESSAGES = 300
#: Placeholders in one query.
_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class FoundMessage:
    """A message of the base in the pasted text, with the entry that quotes it."""

    entry: int
    article: int
    language: str
    facets: int
    text: str
    start: int
    end: int
    share: float


def find_mentions(context: Context, text: str) -> list[CodeMention]:
    """The codes that ``text`` names, symbols that the base knows included."""
    return find_codes(text, symbols=known_names(context, names(text)))


def find_messages(context: Context, text: str) -> list[FoundMessage]:
    """The messages of the base that ``text`` holds, whole or nearly so, in its order."""
    listed_words = text_words(text)
    places = grams(listed_words)
    starts: dict[int, list[int]] = {}
    for message, gram in _sharing(context, list(places)):
        starts.setdefault(message, []).extend(places[gram])
    likely = sorted(starts, key=lambda message: (-len(starts[message]), message))[:MAX_MESSAGES]
    found = []
    for number, entry, article, language, facets, shown, folded in _messages(context, likely):
        place = best_place(listed_words, folded.split(), sorted(set(starts[number])))
        if place:
            found.append(FoundMessage(entry, article, language, facets, shown, *place))
    return _longest(found)


def _sharing(context: Context, checksums: Sequence[int]) -> list[tuple[int, int]]:
    """Pairs of message and gram for the grams that some message has."""
    pairs = []
    for first in range(0, len(checksums), _CHUNK):
        chunk = ", ".join(map(str, checksums[first : first + _CHUNK]))
        pairs += context.rows(f"SELECT message_id, gram FROM {GRAM} WHERE gram IN ({chunk})")
    return pairs


def _messages(context: Context, numbers: Sequence[int]) -> list[tuple]:
    sql = (
        "SELECT m.id, m.entry_id, m.article_id, e.language, e.facets_id, m.text, m.words"
        f" FROM {MESSAGE} m JOIN {ENTRY} e ON e.translation_id = m.entry_id"
        f" WHERE m.id IN {marks(numbers)} AND +e.facets_id IN {context.visible}"
    )
    return context.rows(sql, numbers)


def _longest(found: list[FoundMessage]) -> list[FoundMessage]:
    """Without those that lie within a longer one; the same place may be several articles'."""
    kept: list[FoundMessage] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, one.start, one.entry)):
        inside = any(
            other.start <= one.start
            and one.end <= other.end
            and (other.start, other.end) != (one.start, one.end)
            for other in kept
        )
        if not inside:
            kept.append(one)
    return sorted(kept, key=lambda one: (one.start, -one.share, one.entry))


def code_evidence(lines: Lines, mention: CodeMention, known: bool) -> Evidence:
    """The place of a code."""
    line = lines.of(mention.start)
    return Evidence(line, mention.start, mention.end, "code", mention.code.canonical, known)


def message_evidence(lines: Lines, message: FoundMessage) -> Evidence:
    """The place of a message."""
    return Evidence(lines.of(message.start), message.start, message.end, "message", message.text)
