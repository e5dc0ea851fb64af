"""A whole file: its text -> ``DocfxDocument``. The rules run in the order of this module."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..languages import Labels, labels_for
from ..markup import Block, Heading, Paragraph, Table, read_blocks, to_markdown
from ..markup.blocks import walk
from ..markup.refused import hidden_comments
from ..plain import first_sentence
from ..rendering import broken_scheme
from ..rendering.targets import links_in
from ..sections import SECTIONS
from .accounting import account
from .articles.causes import move_causes
from .articles.platforms import (
    PlatformScopes,
    Told,
    applies_to,
    platform_cells,
    platforms_of,
    words_of,
)
from .articles.sections import HeadingSection, as_bold, section_tree
from .articles.selecting import RawEntry, SelectedEntries, inherit_codes, select_entries
from .articles.tables import repeated_rows
from .faq import Faq, read_faq
from .front_matter import read_front_matter
from .language import language_of
from .lines import Include, MappedLines, original_in, preprocess
from .model import DocfxDocument, Entry, Oddity, OutlineItem, Placement
from .source import decode
from .titles import named_in, title_of, with_title

#: A comment of fewer words than this is a mark of its authors: a number, a name.
_FEWEST_WORDS = 2
_WORD = re.compile(r"\b[^\W\d_]{2,}\b")


def read_document(
    raw: bytes,
    path: str = "",
    *,
    language: str | None = None,
    languages: Sequence[str] = ("fr", "en"),
    include: Include = lambda path: None,
) -> DocfxDocument:
    """Read the bytes of a file.

    ``language`` is that of the text; without it the file's name, its front matter, its folder
    or its words tell, among ``languages``. ``path`` is relative to what was asked to be imported.
    ``include`` gives the text of a file that an ``[!INCLUDE]`` names, or None.
    Raise ``DocumentError`` where the bytes are no document.
    """
    lines = decode(raw).split("\n")
    if lines[-1] == "":
        lines.pop()
    faq = read_faq(lines)
    fields, first, oddities = (faq.fields, 0, []) if faq else read_front_matter(lines)
    is_guess = False
    if not language:
        language, is_guess = language_of(path, fields, "\n".join(lines[first:]), languages)
    labels = labels_for(language)
    source = _questions(faq, lines, include) if faq else preprocess(lines, first, include)
    blocks = read_blocks("\n".join(source.text), source.origin)
    root = section_tree(with_title(blocks, fields, labels))
    title = title_of(root, fields, path, labels)
    selection = select_entries(
        root, labels, title, is_named=bool(named_in(fields)) and not oddities
    )
    _take_codes_of_page(selection, named_in(fields))
    entries = _entries(selection, labels, applies_to(fields, labels))
    document = DocfxDocument(
        language=language,
        title=title,
        front_matter=fields,
        preamble=_own_words(selection.preamble),
        entries=entries,
        outline=[_outline_item(item, intro) for item, intro in selection.outline],
        structure=[],
        line_count=len(lines),
        warnings=[*oddities, *_warnings(lines), *_comments(lines, first)],
    )
    if not entries:
        document.warnings.append(Oddity(_why_empty(document), first + 1))
    if is_guess:
        document.warnings.append(Oddity("language_guessed", first + 1, labels.name))
    document.structure = _structure(document, selection, root, source, lines, first)
    return document


def _take_codes_of_page(selection: SelectedEntries, title: str) -> None:
    """Give the one problem of a document the codes that only the page's ``title`` names."""
    problems = [raw for raw in selection.entries if raw.kind == "problem"]
    if title and len(problems) == 1:
        (raw,) = problems
        inherit_codes(raw.parts, raw.title, [title], raw.section.lines)


def _questions(faq: Faq, lines: list[str], include: Include) -> MappedLines:
    """Return the lines of questions in YAML; what else stands in the file is its structure."""
    source = preprocess(faq.text, 0, include)
    source.origin = [faq.origin[number] for number in source.origin]
    source.directives = {faq.origin[number] for number in source.directives}
    shown = zip(source.text, source.origin, strict=True)
    source.directives |= set(range(len(lines))) - {number for line, number in shown if line.strip()}
    return source


def _own_words(blocks: list[Block]) -> str:
    headings = [block.level for block in blocks if isinstance(block, Heading)]
    top = min(headings, default=2)
    for block in blocks:
        if isinstance(block, Heading):
            block.level = min(6, 2 + block.level - top)
    return to_markdown(as_bold(blocks))


def _outline_item(item: OutlineItem, intro: list[Block]) -> OutlineItem:
    item.intro = to_markdown(as_bold(intro))
    return item


def _entries(selection: SelectedEntries, labels: Labels, applies: list[str]) -> list[Entry]:
    tables = _platforms_of_tables(selection, labels)
    scopes = PlatformScopes(labels)
    entries = [_entry(raw, scopes, tables) for raw in selection.entries]
    for entry, raw in zip(entries, selection.entries, strict=True):
        if not entry.platforms and not any(scopes.of(section).for_all for section in raw.around):
            entry.platforms = list(applies)
    return entries


def _platforms_of_tables(selection: SelectedEntries, labels: Labels) -> dict[int, list[str]]:
    """Return the one platform that all rows of a section together name, by the section's identity.

    A third of the rows have to name it: one in a long table speaks for itself alone.
    """
    words: dict[int, list[str]] = {}
    for raw in selection.entries:
        if raw.row:
            text = "\n".join(words_of(blocks) for blocks in raw.parts.blocks.values())
            words.setdefault(id(raw.section), []).append(text)
    named = {key: [labels.platforms_in(text) for text in texts] for key, texts in words.items()}
    return {key: found for key, slugs in named.items() if (found := _common(slugs))}


def _common(names: list[list[str]]) -> list[str]:
    every = {slug for slugs in names for slug in slugs}
    rows = sum(bool(slugs) for slugs in names)
    return sorted(every) if len(every) == 1 and rows * 3 >= len(names) else []


def _entry(raw: RawEntry, scopes: PlatformScopes, tables: dict[int, list[str]]) -> Entry:
    parts = raw.parts.blocks
    move_causes(parts, scopes.labels)
    platforms = _platforms(raw, scopes, tables)
    placements = [Placement(_range(line), "title") for line in raw.heading_lines]
    placements += [Placement(_range(line), "label") for line in raw.parts.labels]
    for part in SECTIONS:
        inside = walk(parts[part])
        placements += [Placement(_range(block.lines), part) for block in inside if block.lines[1]]
    texts = {part: to_markdown(parts[part]) for part in SECTIONS}
    anchor = f"{raw.section.anchor}#{raw.number}" if raw.number else raw.section.anchor
    return Entry(
        anchor=anchor,
        kind=raw.kind,
        title=raw.title,
        lines=_extent(placements, raw),
        platforms=platforms,
        row=raw.number,
        key_codes=raw.row.codes if raw.row else [],
        texts={"title": raw.title, **texts},
        placements=placements,
        aliases=raw.parts.anchors,
    )


def _platforms(raw: RawEntry, scopes: PlatformScopes, tables: dict[int, list[str]]) -> list[str]:
    labels = scopes.labels
    if raw.row and raw.row.platforms:
        return raw.row.platforms
    parts = raw.parts.blocks
    first: list[Block] = [b for b in parts["resolution"][:1] if isinstance(b, Paragraph)]
    text = words_of(parts["problem"] or first)
    if raw.row:
        voted = [] if _named_around(raw, labels) else tables.get(id(raw.section), [])
        told = Told(text, voted=voted, line=raw.row.lines[0])
        return platforms_of("", raw.around, told, scopes)
    ways = [b.text for b in parts["resolution"] if isinstance(b, Heading) and b.level == 3]
    ways += platform_cells(parts["resolution"], labels)
    each = len(ways) > 1 and all(map(labels.named_platforms, ways))
    named = labels.named_platforms("\n".join(ways)) if each else []
    done = "" if named else words_of(parts["resolution"])
    told = Told(text, done, line=raw.section.lines[0])
    return platforms_of(raw.title, raw.around, told, scopes) or named


def _named_around(raw: RawEntry, labels: Labels) -> bool:
    titles = [section.title for section in raw.around]
    return any(set(labels.platforms_in(title)) - labels.products for title in titles)


def _range(lines: tuple[int, int]) -> tuple[int, int]:
    """Turn half-open, counted from 0, into both ends included, counted from 1."""
    return lines[0] + 1, max(lines[1], lines[0] + 1)


def _extent(placements: list[Placement], raw: RawEntry) -> tuple[int, int]:
    if raw.row:
        return _range(raw.row.lines)
    return (
        min((p.lines[0] for p in placements), default=1),
        max((p.lines[1] for p in placements), default=1),
    )


def _why_empty(document: DocfxDocument) -> str:
    """Return why a document makes no article: it has no headings, or nothing under them."""
    if document.outline:
        return "only_headings"
    return "no_headings" if document.preamble else "only_metadata"


def _warnings(lines: list[str]) -> list[Oddity]:
    originals = ((number, original_in(line)) for number, line in enumerate(lines, 1))
    hidden = next(((number, words) for number, words in originals if words), None)
    found = [Oddity("left_hidden", hidden[0], first_sentence(hidden[1]))] if hidden else []
    return found + [
        Oddity("broken_link", number, target)
        for number, line in enumerate(lines, 1)
        for target in links_in(line)
        if broken_scheme(target)
    ]


def _comments(lines: list[str], first: int) -> list[Oddity]:
    """Return the comments that hold words, behind the header; a number or a name is a mark."""
    found = hidden_comments("\n".join(lines[first:]))
    return [
        Oddity("comment", first + one.line, one.excerpt)
        for one in found
        if len(_WORD.findall(one.words)) >= _FEWEST_WORDS
    ]


def _structure(
    document: DocfxDocument,
    selection: SelectedEntries,
    root: HeadingSection,
    source: MappedLines,
    lines: list[str],
    first: int,
) -> list[Placement]:
    """Return what the lines are that no entry holds."""
    found: list[Placement] = []
    if first:
        found.append(Placement((1, first), "front matter"))
    found += [Placement(_range(s.lines), "heading") for s in root.walk() if s.level]
    found += [Placement((n + 1, n + 1), "directive") for n in source.directives]
    found += [Placement(_range(block.lines), "document") for block in selection.preamble]
    for _, intro in selection.outline:
        found += [Placement(_range(block.lines), "document") for block in intro]
    for table in (b for s in root.walk() for b in s.blocks if isinstance(b, Table)):
        found.append(Placement((table.lines[0] + 1, table.lines[0] + 2), "table header"))
        found += [Placement(_range(row.lines), "repeated row") for row in repeated_rows(table)]
    return account(document, found, lines)
