"""Any folder of Markdown documents -> pieces of text for the benchmark.

This reads documents far more roughly than the importer, on purpose: the benchmark shall work on
any Markdown and shall not depend on what the importer makes of it. A heading starts an article, a
row of a table is one; texts in two languages belong together when their file names, but for the
language, and their anchors agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from troubleshooting.search.words.folding import words
from troubleshooting.search.words.stemming import analyser
from troubleshooting.texts.codes import Code, find_codes, parse_code

LANGUAGES = ("fr", "en", "de")

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_HEADING = re.compile(r"^#{1,5}\s+(.*)$")
_ANCHOR = re.compile(r"<a\s+(?:name|id)=\"?([\w-]+)\"?\s*>")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"<[^>]+>")
_MARKS = re.compile(r"(\*\*|__|`|\\(?=\W))")
_QUOTED = re.compile(r"«\s*([^»]{12,160}?)\s*»|“([^”]{12,160})”")
_SEEN_WORDS = 8  # length of the runs of words by which texts that were read before are known


@dataclass(frozen=True, slots=True)
class Piece:
    """A title or paragraph in one language with what it holds."""

    text: str
    messages: tuple[str, ...] = ()
    codes: tuple[Code, ...] = ()


@dataclass(slots=True)
class Section:
    """An article of the base: its title and paragraphs in one or more languages."""

    titles: dict[str, Piece] = field(default_factory=dict)
    paragraphs: dict[str, list[Piece]] = field(default_factory=dict)


def read(folder: Path) -> list[Section]:
    """Return all sections of the documents in ``folder``; versions of the same text count once."""
    sections: dict[tuple[str, str], Section] = {}
    seen: dict[str, set[int]] = {}
    for path in sorted(folder.rglob("*.md"), reverse=True):
        language, key = _language(path.relative_to(folder))
        text = path.read_text(encoding="utf-8-sig", errors="replace")
        language = language or _guess(text)
        for anchor, title, paragraphs in _split(_FRONT_MATTER.sub("", text)):
            if not _is_new(seen.setdefault(language, set()), [title, *paragraphs]):
                continue
            section = sections.setdefault((key, anchor), Section())
            if language not in section.titles:
                section.titles[language] = piece(title)
                section.paragraphs[language] = [piece(p) for p in paragraphs]
    return list(sections.values())


def _language(path: Path) -> tuple[str, str]:
    """Return the language that a path names, and the rest of the path.

    A language stands as a folder or before the suffix.
    """
    stem, _, tail = path.stem.rpartition(".")
    if tail in LANGUAGES and stem:
        return tail, f"{path.parent}/{stem}"
    named = [part for part in path.parts if part in LANGUAGES]
    return (named[0] if named else ""), "/".join(p for p in path.parts if p not in LANGUAGES)


def _guess(text: str) -> str:
    listed = words(text[:5000])
    return max(LANGUAGES, key=lambda name: sum(w in analyser(name).stop_words for w in listed))


def _is_new(seen: set[int], texts: list[str]) -> bool:
    listed = words(" ".join(texts))
    if len(listed) < 6:
        return False
    size = min(_SEEN_WORDS, len(listed))
    runs = {hash(tuple(listed[i : i + size])) for i in range(len(listed) - size + 1)}
    new = len(runs - seen) * 2 > len(runs)
    seen |= runs
    return new


def _split(text: str) -> Iterator[tuple[str, str, list[str]]]:
    """Yield anchor, title and paragraphs of each section and of each row of a table."""
    anchor, title, lines = "", "", []
    number = 0
    for line in [*text.splitlines(), "# "]:
        heading = _HEADING.match(line)
        if not heading and line != "# ":
            lines.append(line)
            continue
        yield from _section(anchor, title, lines)
        number += 1
        if heading and line != "# ":
            named = _ANCHOR.search(line)
            title = heading[1]
            anchor = named[1] if named else re.sub(r"\W+", "-", _plain(title).lower()).strip("-")
            lines = []


def _section(anchor: str, title: str, lines: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    rows = [line for line in lines if line.lstrip().startswith("|")]
    rest = [line for line in lines if not line.lstrip().startswith("|")]
    paragraphs = [p for p in re.split(r"\n\s*\n", "\n".join(rest)) if len(_plain(p)) > 20]
    if title and paragraphs:
        yield anchor, title, paragraphs
    for number, row in enumerate(rows[2:]):
        cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
        if len(cells) > 1 and _plain(cells[0]):
            yield f"{anchor}-{number}", cells[0][:280], [cell for cell in cells[1:] if cell]


def _plain(text: str) -> str:
    text = unescape(_TAG.sub(" ", _LINK.sub(r"\1", text)))
    return " ".join(_MARKS.sub("", text).replace("\\_", "_").split())


def piece(text: str) -> Piece:
    """Return the plain text of a piece of Markdown with its quoted messages and its codes."""
    plain = _plain(text)
    quoted = [next(filter(None, found)) for found in _QUOTED.findall(text)]
    bold = [part for part in text.split("**")[1::2] if 12 <= len(part) <= 160]
    messages = tuple(m for m in map(_plain, [*quoted, *bold]) if _is_message(m))
    whole = parse_code(plain)
    codes = [whole] if whole else [mention.code for mention in find_codes(plain)]
    return Piece(plain, messages, tuple(dict.fromkeys(codes)))


def _is_message(text: str) -> bool:
    return len(words(text)) >= 4 and ">" not in text and text[0].isupper()
