"""What a hit quotes, and in which language. Pure.

Readers get a passage of their own language even where a text in another one was found: the
passage that answers the query there as well, else the one at the same place. What the query was
found by is quoted beside it, so that what a caller reads aloud is seen as it stands.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .snippets import MarkedPassage, QueryMarker

#: Characters of what matched, about, where it stands beside a passage in another language.
_MATCHED = 120
#: The tier of hits by a message, which is shown word by word.
_MESSAGE = "message"

Passages = Sequence[Sequence[str]]
"""Triples of anchor, section and plain text."""


class Quotation(NamedTuple):
    """``html`` in ``language``, and where it stands; the anchor is empty where nothing matched.

    ``matched`` is what matched in the other language, as HTML; empty where ``html`` shows it.
    """

    html: str
    language: str
    anchor: str
    section: str
    matched: str


_NOTHING = MarkedPassage("", "", "", [], 0, 0.0)


def quote(
    passages: Mapping[str, Passages],
    found_in: str,
    language: str,
    markers: Mapping[str, QueryMarker],
    title: str,
    tier: str,
) -> Quotation:
    """Return what to quote of an article whose text in ``found_in`` matched, for ``language``.

    ``passages`` and ``markers`` (of the query) are by language; ``title`` is that of the
    text that matched, ``tier`` that of the hit.
    """
    found = markers[found_in].best_passage(passages[found_in]) or _NOTHING
    if language == found_in:
        return _quotation(found, found_in, found.weight > 0)
    best = markers[language].best_passage(passages[language])
    if best is None:
        return _quotation(found, found_in, found.weight > 0)
    entitled = markers[found_in].look(("", "", title))
    most = max(found.weight, entitled.weight)
    if found.weight and best.weight < most / 2:
        # Too little of the query: the same place says it in this language's words.
        aligned = _aligned(found, passages[found_in], passages[language])
        if aligned is None and not best.weight:
            return _quotation(found, found_in, is_anchored=False)
        best = best if aligned is None else markers[language].look(aligned)
    matched = ""
    if tier == _MESSAGE or best.weight < max(most, 1e-9):
        matched = _matched(found, entitled)
    return _quotation(best, language, found.weight > 0 or best.weight > 0, matched)


def _quotation(
    passage: MarkedPassage, language: str, is_anchored: bool, matched: str = ""
) -> Quotation:
    anchor = passage.anchor if is_anchored else ""
    section = passage.section if anchor else ""
    return Quotation(str(passage.cut()), language, anchor, section, matched)


def _aligned(passage: MarkedPassage, theirs: Passages, ours: Passages) -> Sequence[str] | None:
    """Return the passage of ``ours`` that stands where ``passage`` does in ``theirs``.

    Anchors are the same in every language; of several with one anchor the one of the same rank.
    Else the first of the same section; None where there is none.
    """
    same = [one[2] for one in theirs if one[0] == passage.anchor]
    here = [one for one in ours if one[0] == passage.anchor]
    if here:
        rank = same.index(passage.text) if passage.text in same else 0
        return here[min(rank, len(here) - 1)]
    return next((one for one in ours if one[1] == passage.section), None)


def _matched(passage: MarkedPassage, entitled: MarkedPassage) -> str:
    """Return what matched: the title if it holds as much as the passage, else a short stretch."""
    if entitled.weight and entitled.weight >= passage.weight:
        return str(entitled.cut(len(entitled.text)))
    return str(passage.cut(_MATCHED)) if passage.weight else ""
