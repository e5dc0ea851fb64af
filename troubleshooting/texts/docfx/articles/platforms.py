"""Which platforms an entry is about: its heading says so, or a section around it, or its text."""

from __future__ import annotations

import re
from bisect import bisect_left
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


#: A text that names more of them is about all.
MOST_NAMED = 2


@dataclass(frozen=True, slots=True)
class PlatformScope:
    """What the words right under a heading say of all that follows.

    ``named`` are the lines of the paragraphs that name platforms for it, in order, with their
    slugs: none where a paragraph names more than ``MOST_NAMED``.
    """

    for_all: bool
    named: list[tuple[int, list[str]]]


class PlatformScopes:
    """What sections say of platforms: each is read once, however many entries it holds."""

    def __init__(self, labels: Labels) -> None:
        """Make them; the words are those of one language."""
        self.labels = labels
        #: By identity, with the section, so that none takes the place of another.
        self._known: dict[int, tuple[HeadingSection, PlatformScope]] = {}

    def of(self, section: HeadingSection) -> PlatformScope:
        """Return what ``section`` says."""
        if id(section) not in self._known:
            self._known[id(section)] = section, self._read(section)
        return self._known[id(section)][1]

    def _read(self, section: HeadingSection) -> PlatformScope:
        told = [block for block in section.blocks if isinstance(block, Paragraph)]
        texts = [section.title, *(block.text for block in told)]
        for_all = any(self.labels.says("all_platforms", text) for text in texts)
        named = [(block.lines[0], found) for block in told if (found := self._named_by(block))]
        return PlatformScope(for_all, [(n, s if len(s) <= MOST_NAMED else []) for n, s in named])

    def _named_by(self, block: Paragraph) -> list[str]:
        """Return what the first sentence names that is about all that follows.

        "These errors occur on Windows", "This article helps with iPads".
        """
        for sentence in sentences(plain(block.text)):
            scope = any(self.labels.says(p, sentence) for p in ("section_scope", "product_line"))
            if scope and (named := self.labels.platforms_in(sentence)):
                return named
        return []

    def said_above(self, around: list[HeadingSection], line: int) -> list[str]:
        """Return slugs of the platforms that is said above ``line`` of all that follows.

        The nearest decides; ``around`` are the headings above, nearest first.
        """
        for section in around:
            named = self.of(section).named
            above = bisect_left(named, line, key=lambda each: each[0])
            if above:
                return named[above - 1][1]
        return []


def platforms_of(
    title: str, around: list[HeadingSection], evidence: Told, scopes: PlatformScopes
) -> list[str]:
    """Return slugs of platforms; none means that the entry applies to all.

    ``around`` are the sections that hold the entry, innermost first. The nearest heading that
    names a platform decides; a word such as "PC" only hints at one, and a heading further out that
    names others goes before it. A product that is no device decides nothing alone. A section that
    says it is about all platforms ends the search.
    """
    labels = scopes.labels
    hinted: list[str] = []
    products: list[str] = []
    for_all = False
    for heading, section in [(title, None), *((each.title, each) for each in around)]:
        if for_all := section is not None and scopes.of(section).for_all:
            break
        named = labels.named_platforms(heading)
        if labels.products.issuperset(named):
            products = products or named
        elif named:
            return hinted if set(hinted) & set(named) else named
        hinted = hinted or labels.hinted_platforms(heading)
    if not hinted and not for_all:
        hinted = _told(title, around, evidence, scopes)
    return [slug for slug in labels.platforms if slug in (*products, *hinted)]


def _told(
    title: str, around: list[HeadingSection], evidence: Told, scopes: PlatformScopes
) -> list[str]:
    """Return what no heading tells.

    First the words of the entry's problem count, then the line that names products, what other
    rows name, what the text above says of all that follows, and last the tools of one platform
    that the resolution names.
    """
    labels = scopes.labels
    lines = evidence.text.split("\n")
    words = [line for line in lines if not labels.says("product_line", line)]
    named = labels.platforms_in("\n".join(words)) or labels.platforms_in(evidence.text)
    named = named or evidence.voted or scopes.said_above(around, evidence.line)
    if (
        named
        or not evidence.resolution
        or labels.says("at_server", f"{title}\n{evidence.text}\n{evidence.resolution}")
    ):
        return named
    implied = labels.implied_platforms(evidence.resolution)
    return implied if len(implied) == 1 else []


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
