"""An article as sentences, each with what a citation of it needs: article, revision, place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement as Element

from ..texts.anchors import is_step, place_at
from ..texts.rendering import plain_text, to_tree
from ..texts.rendering.trees import MISSING_IMAGE
from ..texts.structure.guards import GUARDING
from .articles import ArticleText
from .encodings import printable

#: What a sentence is: the title, a heading, words, a step, a warning to read before acting, another
#: remark, or a line to type.
TITLE, HEADING, TEXT, STEP, WARNING, NOTE, COMMAND = (
    "title", "heading", "text", "step", "warning", "note", "command",
)  # fmt: skip
_BLOCKS = frozenset(
    ("p", "div", "section", "ol", "ul", "li", "table", "thead", "tbody", "tr", "pre", "blockquote",
     "h1", "h2", "h3", "h4", "h5", "h6", "figure", "dl", "dt", "dd", "details", "summary")
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_END = re.compile(r"(?<=[.!?…])[\u00a0\u202f ]?[»”\")]?\s+(?=[«“\"(]?\s?[A-ZÀ-ÖØ-Þ0-9])")
#: After these a full stop ends no sentence, in any language of the portal.
_ABBREVIATION = re.compile(
    r"\b(?:e\.g|i\.e|p\. ?ex|c\.-à-d|cf|etc|vs|approx|env|no|nb|fig|min|max)\.$", re.I
)
#: Letters that are not seen: they can hide words from a person that a program reads.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\U000e0000-\U000e007f]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as its article says it; ``anchor`` is a section, a resolution or a step of it.

    ``cite`` is what to write behind the sentence, such as ``12 r3 #resolution-1-step-2``.
    """

    article: int
    revision: int
    language: str
    anchor: str
    role: str
    text: str
    cite: str
    url: str


@dataclass(frozen=True, slots=True)
class _Piece:
    anchor: str
    role: str
    text: str


def visible_line(text: str) -> str:
    """Return ``text`` on one line, without signs that steer a terminal or that nobody sees."""
    return " ".join(printable(_UNSEEN.sub("", text)).split())


def sentences_of(article: ArticleText, site: str) -> list[Sentence]:
    """Return the article from its title to its end; ``site`` is the portal's address."""
    pieces = [_Piece("", TITLE, article.title)]
    for section in article.sections:
        pieces += _pieces(to_tree(section.html), section.name, TEXT)
    return [
        Sentence(
            article=article.number,
            revision=article.revision,
            language=article.language,
            anchor=piece.anchor,
            role=piece.role,
            text=text,
            cite=_cite(article, piece.anchor),
            url=f"{site}{article.address}{f'#{piece.anchor}' if piece.anchor else ''}",
        )
        for piece in pieces
        for text in _split(piece)
    ]


def steps_of(sentences: Iterable[Sentence]) -> dict[str, list[Sentence]]:
    """Return the sentences by the anchors of the steps that hold them, in order."""
    held: dict[str, list[Sentence]] = {}
    for one in sentences:
        if is_step(one.anchor):
            held.setdefault(one.anchor, []).append(one)
    return held


def _cite(article: ArticleText, anchor: str) -> str:
    place = f" #{anchor}" if anchor else ""
    return f"{article.number} r{article.revision}{place}"


def _split(piece: _Piece) -> Iterator[str]:
    """Yield the sentences of a piece; what is typed is one a line."""
    if piece.role in (COMMAND, TITLE, HEADING):
        yield from filter(None, map(visible_line, piece.text.split("\n")))
        return
    text, start = visible_line(piece.text), 0
    for match in _END.finditer(text):
        if not _ABBREVIATION.search(text[start : match.start()]):
            yield text[start : match.end()].strip()
            start = match.end()
    if rest := text[start:].strip():
        yield rest


def _pieces(element: Element, anchor: str, role: str) -> Iterator[_Piece]:
    """Yield the words of each block in ``element`` with the place that it stands in."""
    if place_at(element.get("id") or ""):
        anchor = element.get("id") or ""
        role = STEP if is_step(anchor) else role
    kinds = set(element.get("class", "").split())
    if "alert" in kinds:
        role = WARNING if kinds & GUARDING else NOTE
    tag = str(element.tag)
    if tag in _HEADINGS:
        yield _Piece(anchor, HEADING, plain_text(element))
    elif tag == "pre":
        yield _Piece(anchor, COMMAND, "".join(element.itertext()))
    elif tag == "tr":
        yield _Piece(anchor, role, " | ".join(plain_text(cell) for cell in element))
    else:
        yield from _mixed(element, anchor, role)


def _mixed(element: Element, anchor: str, role: str) -> Iterator[_Piece]:
    """Yield the blocks in ``element`` and the words between them."""
    run = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield from _words(run, anchor, role)
            yield from _pieces(child, anchor, role)
            run = []
        elif isinstance(child.tag, str):
            run.append(_inline(child))
        run.append(child.tail or "")
    yield from _words(run, anchor, role)


def _inline(element: Element) -> str:
    if element.get("aria-hidden") == "true":
        return ""
    if element.tag == "br":
        return " "
    if element.get("class") == MISSING_IMAGE:
        return ""
    if element.tag == "img":
        return f" [{element.get('alt', '')}] "
    inner = [element.text or ""]
    for child in element:
        inner += [_inline(child) if isinstance(child.tag, str) else "", child.tail or ""]
    return "".join(inner)


def _words(run: list[str], anchor: str, role: str) -> Iterator[_Piece]:
    text = "".join(run)
    if text.strip():
        yield _Piece(anchor, role, text)
