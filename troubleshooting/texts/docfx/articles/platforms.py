"""Which platforms an entry is about: its heading says so, or a section around it, or its text."""

from __future__ import annotations

from ...languages import Labels
from ...markup import Block, Paragraph, Table
from ...markup.blocks import walk
from .sections import Section


def platforms_of(title: str, around: list[Section], text: str, labels: Labels) -> list[str]:
    """Slugs of platforms; none means that the entry applies to all.

    ``around`` are the sections that hold the entry, innermost first. The nearest heading that
    names a platform decides. A section that says it is about all platforms ends the search. Only
    then the words of the entry's problem count.
    """
    named = labels.platforms_in(title)
    for section in around:
        if named:
            break
        if _about_all(section, labels):
            return []
        named = labels.platforms_in(section.title)
    return named or labels.platforms_in(text)


def _about_all(section: Section, labels: Labels) -> bool:
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    return any(labels.says("all_platforms", text) for text in [section.title, *texts])


def words_of(blocks: list[Block]) -> str:
    """Return the inline text of ``blocks``, tables included."""
    words: list[str] = []
    for block in walk(blocks):
        if isinstance(block, Table):
            words += [cell for row in block.rows for cell in row.cells]
        elif text := getattr(block, "text", ""):
            words.append(text)
    return "\n".join(words)
