"""Which platforms an entry is about: its heading says so, or a section around it, or its text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...languages import Labels
from ...markup import Block, Paragraph, Table
from ...markup.blocks import walk
from ...plain import sentences
from ..anchors import plain
from .sections import HeadingSection


@dataclass(frozen=True, slots=True)
class Told:
    """What tells the platforms of an entry beside the headings around it.

    ``text`` are the words of its problem, ``resolution`` those of its resolution; ``voted`` is
    what the rows around a row name; ``line`` is where the entry begins.
    """

    text: str
    resolution: str = ""
    voted: list[str] = field(default_factory=list)
    line: int = 0


def platforms_of(
    title: str, around: list[HeadingSection], evidence: Told, labels: Labels
) -> list[str]:
    """Return slugs of platforms; none means that the entry applies to all.

    ``around`` are the sections that hold the entry, innermost first. The nearest heading that
    names a platform decides; a word such as "PC" only hints at one, and a heading further out that
    names others goes before it. A product that is no device decides nothing alone. A section that
    says it is about all platforms ends the search.
    """
    hinted: list[str] = []
    products: list[str] = []
    for_all = False
    for heading, section in [(title, None), *((each.title, each) for each in around)]:
        if for_all := section is not None and about_all(section, labels):
            break
        named = labels.named_platforms(heading)
        if labels.products.issuperset(named):
            products = products or named
        elif named:
            return hinted if set(hinted) & set(named) else named
        hinted = hinted or labels.hinted_platforms(heading)
    if not hinted and not for_all:
        hinted = _told(title, around, evidence, labels)
    return [slug for slug in labels.platforms if slug in (*products, *hinted)]


def _told(title: str, around: list[HeadingSection], evidence: Told, labels: Labels) -> list[str]:
    """Return what no heading tells.

    First the words of the entry's problem count, then the line that names products, what other
    rows name, what the text above says of all that follows, and last the tools of one platform
    that the resolution names.
    """
    lines = evidence.text.split("\n")
    words = [line for line in lines if not labels.says("product_line", line)]
    named = labels.platforms_in("\n".join(words)) or labels.platforms_in(evidence.text)
    named = named or evidence.voted or said_above(around, evidence.line, labels)
    if (
        named
        or not evidence.resolution
        or labels.says("at_server", f"{title}\n{evidence.text}\n{evidence.resolution}")
    ):
        return named
    implied = labels.implied_platforms(evidence.resolution)
    return implied if len(implied) == 1 else []


#: A text that names more of them is about all.
MOST_NAMED = 2


def said_above(around: list[HeadingSection], line: int, labels: Labels) -> list[str]:
    """Return slugs of the platforms that a sentence above ``line`` says all that follows is about.

    None where it names more than ``MOST_NAMED``. ``around``: the headings above, nearest first.
    The nearest decides: "These errors occur on Windows", "This article helps with iPads".
    """
    for section in around:
        above = [b for b in section.blocks if isinstance(b, Paragraph) and b.lines[0] < line]
        for block in reversed(above):
            for sentence in sentences(plain(block.text)):
                if not any(labels.says(p, sentence) for p in ("section_scope", "product_line")):
                    continue
                if named := labels.platforms_in(sentence):
                    return named if len(named) <= MOST_NAMED else []
    return []


def about_all(section: HeadingSection, labels: Labels) -> bool:
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
    cells = [row.cells[i] for table, i in columns for row in table.rows]
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
