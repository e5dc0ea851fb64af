"""Which platforms an entry is about: its heading says so, or a section around it, or its text."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...languages import Labels
from ...markup import Block, Paragraph, Table
from ...markup.blocks import walk
from .sections import Section


def platforms_of(
    title: str, around: list[Section], text: str, labels: Labels, done: str = ""
) -> list[str]:
    """Return slugs of platforms; none means that the entry applies to all.

    ``around`` are the sections that hold the entry, innermost first. The nearest heading that
    names a platform decides; a word such as "PC" only hints at one, and a heading further out that
    names others goes before it. A section that says it is about all platforms ends the search.
    Only then the words of the entry's problem count, then the line that names products, and
    last the tools of one platform that ``done``, the words of its resolution, names.
    """
    hinted: list[str] = []
    for_all = False
    for heading, section in [(title, None), *((each.title, each) for each in around)]:
        if for_all := section is not None and about_all(section, labels):
            break
        if named := labels.named_platforms(heading):
            return hinted if set(hinted) & set(named) else named
        hinted = hinted or labels.hinted_platforms(heading)
    if hinted or for_all:
        return hinted
    lines = text.split("\n")
    words = [line for line in lines if not labels.says("product_line", line)]
    told = labels.platforms_in("\n".join(words)) or labels.platforms_in(text)
    at_server = labels.says("at_server", f"{title}\n{text}\n{done}")
    implied = labels.implied_platforms(done) if done and not told and not at_server else []
    return told or (implied if len(implied) == 1 else [])


def about_all(section: Section, labels: Labels) -> bool:
    """Return whether a section says that it is about all platforms."""
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    return any(labels.says("all_platforms", text) for text in [section.title, *texts])


# What a header says a document is about; products that run on a server are no platforms.
_APPLIES = ("appliesto", "applies_to", "platform", "platforms", "plateforme", "plateformes", "os")
_SERVER = re.compile(r"\bserver\b", re.IGNORECASE)


def applies_to(fields: Mapping[str, object], labels: Labels) -> list[str]:
    """Return the platforms that a header names: they count where no word of the text names one."""
    found: set[str] = set()
    for name in _APPLIES:
        value = fields.get(name, [])
        for each in value if isinstance(value, list) else str(value).split(","):
            if not _SERVER.search(str(each)):
                found.update(labels.named_platforms(str(each)))
    return [slug for slug in labels.platforms if slug in found]


def platform_cells(blocks: list[Block], labels: Labels) -> list[str]:
    """Return the cells of columns of platforms."""
    tables = [block for block in blocks if isinstance(block, Table)]
    columns = [
        (table, index)
        for table in tables
        for index, header in enumerate(table.header.cells)
        if labels.column(header) == "platform"
    ]
    cells = [row.cells[i] for table, i in columns for row in table.rows if i < len(row.cells)]
    return [cell for cell in cells if cell.strip()]


def words_of(blocks: list[Block]) -> str:
    """Return the inline text of ``blocks``, tables included."""
    words: list[str] = []
    for block in walk(blocks):
        if isinstance(block, Table):
            words += [cell for row in block.rows for cell in row.cells]
        elif text := getattr(block, "text", ""):
            words.append(text)
    return "\n".join(words)
