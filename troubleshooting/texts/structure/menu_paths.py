"""Marks ways through menus (**Settings** > **Accounts**) so that each is one unit. Pure.

A way is two or more segments with a separator between each two: ``>`` (or ``&gt;``), ``->``,
``→`` or ``›``. The rule, for any language:

- emphasised words are a segment, whatever they say;
- plain words between two separators are a segment ("**Users** > the user > **Devices**"), unless
  they hold the end of a sentence or are longer than a menu's name is;
- plain words at either end are one only as far as they are capitalised ("Open Intune >
  **Devices**" begins at "Intune"): the verb that opens the sentence is not part of the way;
- emphasis that holds the separators itself ("**Settings > Accounts**") is cut at them.

A separator stands between spaces or at the edge of emphasis, so that ``a->b`` in a piece of code
and ``5 > 3`` are none. Code and links keep what they hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement as Element

EMPHASIS = ("strong", "b", "em", "i")
#: What the name of a menu may be long, in characters.
LONGEST = 60
_HOLDERS = ("p", "li", "td", "th", "dd", "dt", "div", "summary", "h3", "h4", "h5", "h6")
_SEPARATOR = re.compile(r"((?:(?<=\s)|^)(?:->|[>→›])(?=\s|$))")
_CHARACTERS = re.compile(r"[>→›]")
_SENTENCE = re.compile(r"[.;:!?,()«»“”\"]")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ](?:[\w’'/&-]|\.(?=\w))+"
_HEAD = re.compile(rf"(?P<run>{_CAPITAL}(?:\s+{_CAPITAL})*)\s*$")
_TAIL = re.compile(rf"\s*(?P<run>{_CAPITAL}(?:\s+{_CAPITAL})*)")
_VERB = re.compile(r"\S+\s+")
_OPENING = re.compile(r"(?:^|[.:;!?…]\s+)$")


@dataclass(slots=True)
class _Piece:
    """Something in a line: words, an element, or a separator."""

    text: str = ""
    element: Element | None = None
    is_separator: bool = False

    @property
    def is_emphasis(self) -> bool:
        return self.element is not None and self.element.tag in EMPHASIS

    @property
    def is_blank(self) -> bool:
        return self.element is None and not self.is_separator and not self.text.strip()


def mark_menu_paths(tree: Element) -> int:
    """Wrap every way through menus in ``<span class="menu-path">``, in place; how many."""
    return sum(_mark_line(holder) for holder in list(tree.iter(*_HOLDERS)))


def _mark_line(holder: Element) -> int:
    if not _may_hold_separator(holder):
        return 0
    pieces, count = _wrapped(_pieces(holder))
    if count:
        _refill(holder, pieces)
    return count


def _may_hold_separator(holder: Element) -> bool:
    """Return whether it pays to take the line apart: most lines have none of the characters."""
    texts = [holder.text]
    for child in holder:
        texts += (child.text, child.tail)
    return any(text and _CHARACTERS.search(text) for text in texts)


def _pieces(holder: Element) -> list[_Piece]:
    pieces = _words(holder.text)
    for child in holder:
        pieces += _of_child(child)
        pieces += _words(child.tail)
    return pieces


def _of_child(child: Element) -> list[_Piece]:
    """Return the element as it is; emphasis that holds separators is several."""
    cut = _words(child.text) if child.tag in EMPHASIS and not len(child) else []
    if "message" in (child.get("class") or "") or not any(p.is_separator for p in cut):
        return [_Piece(element=child)]
    pieces = []
    for piece in cut:
        if not piece.is_separator and piece.text.strip():
            segment = lxml.html.Element(child.tag)
            segment.text = piece.text.strip()
            piece = _Piece(element=segment)
        pieces.append(piece)
    return pieces


def _words(text: str | None) -> list[_Piece]:
    parts = _SEPARATOR.split(text or "")
    return [
        _Piece(text=part, is_separator=bool(number % 2))
        for number, part in enumerate(parts)
        if part
    ]


def _wrapped(pieces: list[_Piece]) -> tuple[list[_Piece], int]:
    """Return ``pieces`` with each way through menus as one element, and how many ways there are."""
    done: list[_Piece] = []
    count = position = 0
    while position < len(pieces):
        head = _before(done) if pieces[position].is_separator else []
        first, rest = _first_segment(head)
        # Behind a first segment alone: pieces are passed up to the next separator each time.
        segments, tail, end = _segments(pieces, position) if first else ([], [], position)
        if first is None or not segments:
            done.append(pieces[position])
            position += 1
            continue
        del done[len(done) - len(head) :]
        done += [*rest, _Piece(element=_element([[first], *segments])), *tail]
        count, position = count + 1, end
    return done, count


def _before(pieces: list[_Piece]) -> list[_Piece]:
    """Return the last words or element before a separator, with the blank after it."""
    held: list[_Piece] = []
    for piece in reversed(pieces):
        held.insert(0, piece)
        if not piece.is_blank:
            break
    return held


def _first_segment(head: list[_Piece]) -> tuple[_Piece | None, list[_Piece]]:
    """Return the segment that ends where the separator stands, and the words before it."""
    if not head or head[0].is_emphasis:
        return (head[0] if head else None), []
    match = _HEAD.search(head[0].text)
    if match is None:
        return None, []
    start, run = match.start(), match["run"]
    if _OPENING.search(head[0].text[:start]) and (verb := _VERB.match(run)):
        start += verb.end()
        run = run[verb.end() :]
    return _Piece(text=run), [_Piece(text=head[0].text[:start])]


def _segments(pieces: list[_Piece], first: int) -> tuple[list[list[_Piece]], list[_Piece], int]:
    """Return the segments after the separator at ``first``, the words left over, where to go on."""
    segments: list[list[_Piece]] = []
    position = first
    while True:
        end = next(
            (i for i in range(position + 1, len(pieces)) if pieces[i].is_separator), len(pieces)
        )
        between = pieces[position + 1 : end]
        if end < len(pieces) and _is_name(between):
            segments.append(between)
            position = end
            continue
        last = _last_segment(between)
        if last is None:
            return segments, [_Piece(text=" ")], position
        segment, tail, used = last
        return [*segments, [segment]], tail, position + 1 + used


def _is_name(between: list[_Piece]) -> bool:
    """Return whether the pieces between two separators may be what a menu is called.

    Two emphasised pieces are two names: the end of one way and the beginning of another.
    """
    elements = [piece for piece in between if piece.element is not None]
    if len(elements) > 1 or not all(piece.is_emphasis for piece in elements):
        return False
    words = "".join(p.text for p in between)
    length = sum(len(p.text if p.element is None else p.element.text_content()) for p in between)
    has_words = any(not p.is_blank for p in between)
    return has_words and length <= LONGEST and not _SENTENCE.search(words)


def _last_segment(between: list[_Piece]) -> tuple[_Piece, list[_Piece], int] | None:
    """Return the segment at the start of ``between``, and what is left and used; None without.

    Left are the words of its last piece; used is the number of pieces.
    """
    for used, piece in enumerate(between, 1):
        if piece.is_blank:
            continue
        if piece.is_emphasis:
            return piece, [], used
        match = _TAIL.match(piece.text) if piece.element is None else None
        if match is None:
            return None
        return _Piece(text=match["run"]), [_Piece(text=piece.text[match.end() :])], used
    return None


def _element(segments: list[list[_Piece]]) -> Element:
    path = lxml.html.Element("span", {"class": "menu-path"})
    for number, segment in enumerate(segments):
        if number:
            separator = lxml.html.Element("span", {"class": "menu-separator"})
            separator.text = "›"
            _append_text(path, " ")
            path.append(separator)
            _append_text(path, " ")
        _fill(path, _stripped(segment))
    return path


def _stripped(segment: list[_Piece]) -> list[_Piece]:
    kept = [piece for piece in segment if not piece.is_blank]
    if kept[0].element is None:
        kept[0] = _Piece(text=kept[0].text.lstrip())
    if kept[-1].element is None:
        kept[-1] = _Piece(text=kept[-1].text.rstrip())
    return kept


def _fill(holder: Element, pieces: list[_Piece]) -> None:
    for piece in pieces:
        if piece.element is None:
            _append_text(holder, piece.text)
        else:
            piece.element.tail = None
            holder.append(piece.element)


def _append_text(holder: Element, text: str) -> None:
    if len(holder):
        holder[-1].tail = (holder[-1].tail or "") + text
    else:
        holder.text = (holder.text or "") + text


def _refill(holder: Element, pieces: list[_Piece]) -> None:
    for child in list(holder):
        holder.remove(child)
    holder.text = None
    _fill(holder, pieces)
