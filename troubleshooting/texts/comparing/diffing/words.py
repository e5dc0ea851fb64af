"""What changed in the words of one unit or line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ...markup.blocks import CodeBlock
from ...markup.units import Unit
from ..aligning import hunks
from .model import ADDED, CODE, LINK, REMOVED, SAME, TEXT, DiffPiece

#: So few letters between two changes are not worth a break in reading.
_SHORT = 3

_TOKEN = re.compile(
    r"(?P<code>(?P<fence>`+)(?!`)[^\n]+?(?<!`)(?P=fence)(?!`))"
    r"|(?P<link>!?\[[^\]\n]*\]\([^)\s]*\))"
    r"|(?P<marker>(?m:^)[ ]*(?:\d+\.|-)(?=[ ]))"
    r"|\w+(?:[’'.-]\w+)*|[*_~]+|[\u00a0\u202f]|\S"
)
_GAP = re.compile(r"[^\S\u00a0\u202f]+")


def diff_line(before: str, after: str) -> list[DiffPiece]:
    """Return the words that changed in one line, such as a title."""
    return _joined(_word_pieces(_tokens(before), _tokens(after)))


def diff_unit(old: Unit, new: Unit) -> list[DiffPiece]:
    """Return the words that changed in a unit that was rewritten."""
    return _joined(_smoothed(_word_pieces(_unit_tokens(old), _unit_tokens(new))))


def whole(kind: str, unit: Unit) -> list[DiffPiece]:
    """Return all words of a unit that is as a whole of one ``kind``."""
    return _joined(_pieces(kind, _unit_tokens(unit)))


def words_of(unit: Unit) -> list[str]:
    """Return what units are compared by: the words, codes and links of a unit."""
    return [token.key for token in _unit_tokens(unit) if any(map(str.isalnum, token.key))]


class _Token(NamedTuple):
    """A word with the space after it; ``key`` is what it is compared by."""

    text: str
    gap: str
    form: str
    key: str

    def pieces(self, kind: str) -> Iterator[DiffPiece]:
        if self.form == TEXT:
            yield DiffPiece(kind, self.text + self.gap)
            return
        yield DiffPiece(kind, self.text, self.form)
        if self.gap:
            yield DiffPiece(kind, self.gap)


def _unit_tokens(unit: Unit) -> list[_Token]:
    """Return the words of a unit; of a block of code its lines."""
    if len(unit.blocks) == 1 and isinstance(unit.blocks[0], CodeBlock):
        return [_Token(line, "", CODE, line) for line in unit.text.splitlines(keepends=True)]
    return _tokens(unit.text)


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for match in _TOKEN.finditer(text):
        gap = _GAP.match(text, match.end())
        form = CODE if match["code"] else LINK if match["link"] else TEXT
        # The number of a step says where it stands, which readers see anyway.
        key = "#." if match["marker"] and match[0].strip() != "-" else match[0]
        tokens.append(_Token(match[0], gap[0] if gap else "", form, key))
    return tokens


def _word_pieces(old: Sequence[_Token], new: Sequence[_Token]) -> list[DiffPiece]:
    pieces: list[DiffPiece] = []
    at = new_at = 0
    for hunk in hunks([token.key for token in old], [token.key for token in new]):
        pieces += _kept(old, new, range(at, hunk.start), range(new_at, hunk.new_start))
        pieces += _pieces(REMOVED, old[hunk.start : hunk.end])
        pieces += _pieces(ADDED, new[hunk.new_start : hunk.new_end])
        at, new_at = hunk.end, hunk.new_end
    return pieces + _kept(old, new, range(at, len(old)), range(new_at, len(new)))


def _kept(
    old: Sequence[_Token], new: Sequence[_Token], olds: range, news: range
) -> list[DiffPiece]:
    """Return unchanged words; before a word that is gone stands the space of the old text."""
    pairs = [(old[i], new[j]) for i, j in zip(olds, news, strict=True)]
    return _pieces(SAME, [now._replace(gap=now.gap or before.gap) for before, now in pairs])


def _pieces(kind: str, tokens: Iterable[_Token]) -> list[DiffPiece]:
    return [piece for token in tokens for piece in token.pieces(kind)]


def _smoothed(pieces: list[DiffPiece]) -> list[DiffPiece]:
    """Leave out islands of a few unchanged letters: what is around them reads as one change."""
    smooth: list[DiffPiece] = []
    for run in _runs(pieces):
        short = sum(map(str.isalnum, "".join(p.text for p in run))) <= _SHORT
        is_inside = run[0] is not pieces[0] and run[-1] is not pieces[-1]
        if run[0].kind == SAME and short and is_inside:
            smooth += [replace(p, kind=REMOVED) for p in run]
            smooth += [replace(p, kind=ADDED) for p in run]
        else:
            smooth += run
    return [piece for change in _changes_apart(smooth) for piece in change]


def _runs(pieces: Iterable[DiffPiece]) -> list[list[DiffPiece]]:
    """Return runs of unchanged pieces and of changed ones, in turn."""
    runs: list[list[DiffPiece]] = []
    for piece in pieces:
        if runs and (runs[-1][0].kind == SAME) == (piece.kind == SAME):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return runs


def _changes_apart(pieces: list[DiffPiece]) -> list[list[DiffPiece]]:
    """Put what is gone first in each run of changes, then what is new."""
    order = {SAME: 0, REMOVED: 1, ADDED: 2}
    return [sorted(run, key=lambda piece: order[piece.kind]) for run in _runs(pieces)]


def _joined(pieces: Iterable[DiffPiece]) -> list[DiffPiece]:
    """Return neighbours of one kind as one piece; code spans and links stay pieces of their own."""
    joined: list[DiffPiece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.kind == piece.kind and last.form == piece.form == TEXT:
            joined[-1] = replace(last, text=last.text + piece.text)
        else:
            joined.append(piece)
    return joined
