"""Snippets: parts that many texts share. A text names one by a paragraph ``[!SNIPPET key]``.

That paragraph is plain Markdown, so it is stored, compared and merged as any other; the blocks of
the snippet take its place when a text is read for readers (``expanded``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..languages import labels_for
from .blocks import (
    Block,
    CodeBlock,
    Heading,
    HtmlBlock,
    ListBlock,
    Paragraph,
    Table,
    children,
    walk,
)
from .canonical import to_markdown
from .limits import IntricateTextError
from .reader import read_blocks

LONGEST_KEY = 60
#: What a key is made of.
KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"
MARKER = re.compile(rf"\[!SNIPPET[ \t]+({KEY})\]", re.IGNORECASE)
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
#: Snippets inside each other, and characters that they add to a section at most.
DEEPEST = 4
MOST_ADDED = 200_000


class SnippetText(NamedTuple):
    """What a snippet says, and in which language."""

    text: str
    language: str


class Marker(NamedTuple):
    """A place that names a snippet: its line, and whether the snippet is shown there.

    It is not where other words stand in the same paragraph, or in a cell or a heading.
    """

    key: str
    line: int
    stands_alone: bool


def marker_of(key: str) -> str:
    """Return the paragraph that names the snippet ``key``."""
    return f"[!SNIPPET {key}]"


def keys_in(text: str) -> list[str]:
    """Return the keys of the markers in ``text``, each once, also of markers in code."""
    return list(dict.fromkeys(key.lower() for key in MARKER.findall(text)))


def markers_in(text: str) -> Iterator[Marker]:
    """Yield the markers of a canonical text, those in code left out."""
    if not MARKER.search(text):
        return
    for block in walk(read_blocks(text)):
        if key := _key_of(block):
            yield Marker(key, block.lines[0] + 1, True)
            continue
        for number, line in enumerate(_own_lines(block)):
            for named in MARKER.findall(_CODE.sub("", line)):
                yield Marker(named.lower(), block.lines[0] + number + 1, False)


def _own_lines(block: Block) -> list[str]:
    match block:
        case Paragraph(text) | Heading(_, text) | HtmlBlock(text):
            return text.split("\n")
        case Table(header, rows):
            return [" | ".join(header.cells), "", *(" | ".join(row.cells) for row in rows)]
        case CodeBlock() | _:
            return []


def expanded(
    text: str, language: str, snippets: Mapping[str, SnippetText]
) -> tuple[str, list[str]]:
    """Return the canonical ``text`` with its snippets in it, and the keys that it named.

    Instead of a snippet that is not there, or that holds itself, readers are told so; one that is
    in another language says that first. Raise ``IntricateTextError`` where it would be too long.
    """
    if not MARKER.search(text):
        return text, []
    work = _Expansion(language, snippets)
    blocks = work.blocks(read_blocks(text), ())
    return (to_markdown(blocks) if work.keys else text), list(work.keys)


class _Expansion:
    """One text on its way; ``keys`` are those met so far."""

    def __init__(self, language: str, snippets: Mapping[str, SnippetText]) -> None:
        self.language, self.snippets = language, snippets
        self.keys: dict[str, None] = {}
        self._added = 0

    def blocks(self, blocks: list[Block], above: tuple[str, ...]) -> list[Block]:
        """Return ``blocks`` with snippets in the places of their markers.

        ``above`` are the keys of the snippets that they stand in.
        """
        done: list[Block] = []
        for block in blocks:
            if key := _key_of(block):
                done += self._snippet(key, above)
                continue
            for inner in children(block):
                inner[:] = self.blocks(inner, above)
            done.append(block)
        return done

    def _snippet(self, key: str, above: tuple[str, ...]) -> list[Block]:
        self.keys[key] = None
        snippet = self.snippets.get(key)
        if key in above or len(above) >= DEEPEST:
            return [self._said("circular_snippet", key)]
        if snippet is None:
            return [self._said("missing_snippet", key)]
        self._added += len(snippet.text) + 1
        if self._added > MOST_ADDED:
            raise IntricateTextError("too_intricate")
        found = self.blocks(read_blocks(snippet.text), (*above, key))
        return found if snippet.language == self.language else self._told(found, snippet.language)

    def _said(self, words: str, of: str) -> Paragraph:
        own = labels_for(self.language).words
        return Paragraph(f"*{(own.get(words) or labels_for('en').words[words]).format(of)}*")

    def _told(self, blocks: list[Block], language: str) -> list[Block]:
        """Say first that ``blocks`` are in another language, without breaking a list in two."""
        words = self._said("other_language", labels_for(language).name).text
        holder = blocks
        while holder and isinstance(first := holder[0], ListBlock):
            holder = first.items[0].blocks
        if holder and isinstance(first := holder[0], Paragraph):
            first.text = f"{words} {first.text}"
        else:
            holder.insert(0, Paragraph(words))
        return blocks


def _key_of(block: Block) -> str:
    match = MARKER.fullmatch(block.text.strip()) if isinstance(block, Paragraph) else None
    return match[1].lower() if match else ""
