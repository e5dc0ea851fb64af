"""A log -> what it shows, when, and the articles that say what to do.

A log longer than a search reads is read in pieces that end with a line. What the last of them lead
to counts most, as the last failure does within one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ..search import SearchResult
from ..search.reading.query import MAX_TEXT
from ..search.result import Evidence, Hit
from .marking import Piece, blocks
from .times import Time, time_of

#: Pieces of a text that are read, the last ones.
MOST_PIECES = 40
#: Lines that are shown marked, moments of the timeline, articles.
MOST_LINES = 200
MOST_MOMENTS = 200
MOST_ARTICLES = 10
#: Lines above one without a time that may say when it was.
_BACK = 50

#: Asks the search for a text.
Ask = Callable[[str], SearchResult]


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line with something recognised in it; ``number`` counts from 1."""

    number: int
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Moment:
    """Something recognised, ``times`` times in a row from ``line`` on.

    ``time`` is what the line or one above it says, ``iso`` the same where it is certain.
    """

    line: int
    time: str
    iso: str
    what: str
    value: str
    known: bool
    times: int = 1


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What a text shows. ``lines`` is how many it has; ``unread`` how many were not read.

    ``is_known`` tells whether an article is about something in it.
    """

    language: str
    lines: int
    unread: int
    marked: list[MarkedLine] = field(default_factory=list)
    timeline: list[Moment] = field(default_factory=list)
    articles: list[Hit] = field(default_factory=list)
    guesses: list[Hit] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        return bool(self.articles)


def diagnose(text: str, language: str, ask: Ask) -> Diagnosis:
    """Return what ``text`` shows, in ``language``. Never raises for any text.

    ``ask`` answers a text as the search does, with what its reader may see.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces = list(_pieces(text))
    read = pieces[-MOST_PIECES:]
    results = [(start, ask(piece)) for start, piece in read]
    lines = text.split("\n")
    starts = _starts(lines)
    found = [one for start, result in results for one in _moved(result, text, start, starts)]
    articles, near = _told_apart(_best([_placed(result.hits, start) for start, result in results]))
    return Diagnosis(
        language=language,
        lines=len(lines),
        unread=bisect_right(starts, read[0][0]) - 1 if read else 0,
        marked=_marked(text, found),
        timeline=_timeline(lines, found),
        articles=articles,
        guesses=[*near, *_best([result.guesses for _start, result in results])],
    )


def _told_apart(hits: list[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Return the hits, and beside those by a code or message the ones by words alone, as guesses.

    A line of a log has words of every subject: "setup" is no reason to think of setting up.
    """
    sure = [hit for hit in hits if hit.tier in ("code", "message")]
    if not sure:
        return hits, []
    return sure, [replace(hit, guess=True) for hit in hits if hit not in sure]


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Yield pieces that a search reads whole, each with its place in ``text``."""
    start = 0
    while start < len(text):
        end = start + MAX_TEXT
        if end < len(text) and (line := text.rfind("\n", start, end)) > start:
            end = line + 1
        yield start, text[start:end]
        start = end


def _starts(lines: Sequence[str]) -> list[int]:
    starts, place = [], 0
    for line in lines:
        starts.append(place)
        place += len(line) + 1
    return starts


def _moved(result: SearchResult, text: str, start: int, starts: list[int]) -> Iterator[Evidence]:
    """Yield the evidence of a piece at its place in the whole text."""
    for one in result.evidence or _typed(result, text, start):
        place = start + one.start
        line = bisect_right(starts, place)
        yield replace(one, line=line, start=place, end=start + one.end)


def _typed(result: SearchResult, text: str, start: int) -> Iterator[Evidence]:
    """Yield the codes and messages of a single line, which a search reads as a query."""
    for one in result.understood:
        what = {"reading": "code", "message": "message"}.get(one.what)
        place = text.find(one.text, start) if what and one.text else -1
        if what and place >= 0:
            begin, end = place - start, place - start + len(one.text)
            yield Evidence(1, begin, end, what, one.value, one.known)


def _marked(text: str, evidence: Sequence[Evidence]) -> list[MarkedLine]:
    places = sorted(evidence, key=lambda one: (one.start, -one.end))
    shown = [
        MarkedLine(line.number, line.pieces)
        for block in blocks(text, places)
        for line in block.lines
        if any(piece.what for piece in line.pieces)
    ]
    return shown[-MOST_LINES:]


def _timeline(lines: Sequence[str], evidence: Sequence[Evidence]) -> list[Moment]:
    """Return what was found in the order of the text, repetitions joined."""
    moments: list[Moment] = []
    seen: set[tuple[int, str]] = set()
    times = _Times(lines)
    for one in sorted(evidence, key=lambda one: (one.start, -one.end)):
        if (one.start, one.value) in seen:
            continue
        seen.add((one.start, one.value))
        last = moments[-1] if moments else None
        if last and (last.what, last.value) == (one.what, one.value):
            moments[-1] = replace(last, times=last.times + 1)
            continue
        time = times.at(one.line - 1)
        moments.append(Moment(one.line, time.text, time.iso, one.what, one.value, one.known))
    return moments[-MOST_MOMENTS:]


def _placed(hits: Sequence[Hit], start: int) -> list[Hit]:
    """Return hits without the line that they name where it is counted from within the text."""
    return [replace(hit, why="", places=()) for hit in hits] if start else list(hits)


class _Times:
    """The times of lines; one without a time happened after the one above it."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.known: dict[int, Time | None] = {}

    def at(self, line: int) -> Time:
        for above in range(line, max(-1, line - _BACK), -1):
            if above not in self.known:
                self.known[above] = time_of(self.lines[above])
            if time := self.known[above]:
                return time
        return Time("", "")


def _best(lists: Sequence[Sequence[Hit]]) -> list[Hit]:
    """Return the hits of all pieces, each article once; a later piece counts up to twice."""
    worth: dict[int, float] = {}
    first: dict[int, Hit] = {}
    for number, hits in enumerate(lists, start=1):
        for rank, hit in enumerate(hits, start=1):
            weight = (1 + number / len(lists)) / rank
            worth[hit.article_id] = worth.get(hit.article_id, 0.0) + weight
            first[hit.article_id] = hit
    ordered = sorted(first.values(), key=lambda hit: -worth[hit.article_id])
    return ordered[:MOST_ARTICLES]
