"""What the dialect writes over several lines, or in more than one way, in one way and on one line.

It comes before ``preprocess``, which reads the dialect line by line. Sources:
https://learn.microsoft.com/contribute/content/markdown-reference (images, columns, code, videos,
includes) and https://learn.microsoft.com/contribute/content/how-to-write-links (xref); footnotes
and headings without a blank are what Markdig and its forerunners read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from ...markup.backslashes import with_places
from .counting import with_numbers
from .generators import as_docfx

Include = Callable[[str], str | None]

_FENCE = re.compile(r"[\s>]*(`{3,}|~{3,})")
_INCLUDE = re.compile(r"([ \t]*)\[!INCLUDE\s*\[([^\]]*)\]\s*\(([^)]*)\)\]\s*", re.IGNORECASE)
_OPEN = re.compile(r":::[ \t]*(?:image|code)\b(?!.*:::)|<summary\b[^>]*>(?!.*</summary>)", re.I)
_CLOSED = re.compile(r":::|</summary>", re.IGNORECASE)
_COLUMN = re.compile(r"[ \t]*:::[ \t]*column\b(?!-end)", re.IGNORECASE)
_COLUMN_END = re.compile(r"[ \t]*:::[ \t]*(?:column|row)-end\b|[ \t]*:::[ \t]*column\b", re.I)
_DIRECTIVE = re.compile(r":::[ \t]*(image|code)\b(.*?)(?::::|$)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)[ \t]*=[ \t]*(?:\"([^\"]*)\"|'([^']*)')")
_VIDEO = re.compile(
    r"(?:>[ \t]*)?\[!VIDEO[ \t]+<?(?P<target>[^\]\s>]+)>?"
    r"(?:[ \t]+(?:title[ \t]*=[ \t]*)?(?:\"(?P<title>[^\"]+)\"|'(?P<name>[^']+)'))?\s*\]",
    re.IGNORECASE,
)
_XREF = re.compile(r"<xref:([^>?\s]+)(?:\?[^>\s]*)?>|(?<!\w)@\"xref:([^\"]+)\"", re.IGNORECASE)
_SNIPPET = re.compile(
    r"\[!code(?:-\w+)?(?:[ \t]*\[[^\]]*\])?[ \t]*\(([^)\s]+)[^)]*\)\]", re.IGNORECASE
)
_STYLED = re.compile(r" {0,3}>[ \t]*\[!div\b[^\]]*\][ \t]*", re.IGNORECASE)
_QUOTED = re.compile(r" {0,3}>[ \t]?")
_DELIMITERS = re.compile(r"[ \t>]*\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*")
_TITLE = re.compile(r"#(?=[A-ZÀ-Þ\"«“]\S* \S)")
_NO_BLANK = re.compile(r"( {0,3}#{2,6})(?=[^\W\d_])")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)")
_MARK = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)")
# A translated page keeps the words of its original beside each sentence, which nobody sees.
_ORIGINAL = re.compile(r"<span class=\"sxs-lookup\"><span [^<>]*>(.*?)</span></span>")
_SENTENCE = re.compile(r"<span data-ttu-id=\"[^\"]*\">(.*?)</span>")
_NOT_BARE = re.compile(r"[\s()]")
# Lines that one mark of the dialect may be written over, and files that may include each other.
_MOST_LINES = 12
_DEEPEST = 8


@dataclass(slots=True)
class DialectLines:
    """Lines, each with its line of the file (from 0), and the lines of the file that vanished."""

    text: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    vanished: set[int] = field(default_factory=set)


def in_one_way(lines: list[str], first: int, include: Include) -> DialectLines:
    """Return ``lines[first:]`` as ``preprocess`` reads them."""
    source = DialectLines()
    numbered = ((line, number) for number, line in enumerate(lines[first:], first))
    included = as_docfx(_with_includes(numbered, include, source), outside_code, source.vanished)
    whole = _titled(_joined(included, source))
    written = [
        (line if is_code else _line(line), number)
        for line, number, is_code in outside_code(_outside_quotes(_outside_columns(whole)))
    ]
    for line, number in _without_notes(with_numbers(written, outside_code), source):
        source.text.append(line)
        source.origin.append(number)
    return source


Lines = Iterable[tuple[str, int]]


def outside_code(lines: Lines) -> Iterator[tuple[str, int, bool]]:
    """Yield each line, its number and whether it is code, the fences included."""
    fence = ""
    for line, number in lines:
        match = _FENCE.match(line)
        is_code = bool(fence or match)
        if match and not fence:
            fence = match[1]
        elif match and match[1].startswith(fence) and not line.strip().strip(fence[0]):
            fence = ""
        yield line, number, is_code


def _with_includes(
    lines: Lines, include: Include, source: DialectLines, inside: tuple[str, ...] = ()
) -> Iterator[tuple[str, int]]:
    """Put the text of included files, and of what they include, in its place, indented alike.

    What is missing is named where it should stand.
    """
    for line, number, is_code in outside_code(lines):
        match = None if is_code else _INCLUDE.fullmatch(line)
        if match is None:
            yield line, number
            continue
        indent, title, target = match[1], match[2].strip(), match[3].strip()
        path = normpath(join(dirname(inside[-1]), target)) if inside else target
        is_open = path not in inside and len(inside) < _DEEPEST
        text = include(path) if is_open else None
        if text is None:
            yield f"{indent}{title} ({target})" if title else f"{indent}({target})", number
            continue
        source.vanished.add(number)
        yield "", number
        below = ((indent + part if part else "", number) for part in text.strip().split("\n"))
        yield from _with_includes(below, include, source, (*inside, path))
        yield "", number


def _joined(lines: Lines, source: DialectLines) -> Iterator[tuple[str, int]]:
    """Join what one mark is written over: an image's attributes, a summary."""
    waiting: list[tuple[str, int]] = []
    for line, number, is_code in outside_code(lines):
        if waiting:
            waiting.append((line, number))
            is_closed = bool(_CLOSED.search(line))
            if is_closed or len(waiting) >= _MOST_LINES or is_code or not line.strip():
                yield from _as_one(waiting, source) if is_closed else waiting
                waiting = []
        elif not is_code and _OPEN.search(line):
            waiting = [(line, number)]
        else:
            yield line, number
    yield from waiting


def _titled(lines: Lines) -> Iterator[tuple[str, int]]:
    """Give the first line the blank that its mark of a title lacks: "#The title"."""
    is_first = True
    for line, number in lines:
        yield (_TITLE.sub("# ", line, count=1) if is_first and _TITLE.match(line) else line), number
        is_first = is_first and not line.strip()


def _as_one(lines: list[tuple[str, int]], source: DialectLines) -> Iterator[tuple[str, int]]:
    (first, number), *rest = lines
    yield " ".join([first.rstrip(), *(line.strip() for line, _ in rest)]), number
    source.vanished.update(number for _, number in rest)


def _outside_columns(lines: Lines) -> Iterator[tuple[str, int]]:
    """Take away the indent that the content of a column has under its directive."""
    waiting: list[tuple[str, int]] | None = None
    for line, number in lines:
        if waiting is not None and _COLUMN_END.match(line):
            yield from _dedented(waiting)
            waiting = None
        if waiting is not None:
            waiting.append((line, number))
            continue
        if _COLUMN.match(line):
            waiting = []
        yield line, number
    yield from _dedented(waiting or [])


def _outside_quotes(lines: Lines) -> Iterator[tuple[str, int]]:
    """Take a table out of the quotation that is there to carry its class (``> [!div ...]``)."""
    waiting: list[tuple[str, int]] = []
    for line, number in lines:
        if waiting and not _QUOTED.match(line):
            yield from _unquoted(waiting)
            waiting = []
        if waiting or _STYLED.fullmatch(line):
            waiting.append((line, number))
        else:
            yield line, number
    yield from _unquoted(waiting)


def _unquoted(lines: list[tuple[str, int]]) -> list[tuple[str, int]]:
    if not any(_DELIMITERS.fullmatch(line) for line, _ in lines):
        return lines
    return [(_QUOTED.sub("", line, count=1), number) for line, number in lines]


def _dedented(lines: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    indents = (len(line) - len(line.lstrip(" ")) for line, _ in lines if line.strip())
    width = min(indents, default=0)
    return ((line[width:], number) for line, number in lines)


def original_in(line: str) -> str:
    """Return the words of the original that a line of a translated page keeps hidden."""
    return " ".join(_ORIGINAL.findall(line)) if "sxs-lookup" in line else ""


def _line(line: str) -> str:
    if "<span " in line:
        line = _SENTENCE.sub(r"\1", _ORIGINAL.sub("", line))
    if "[!" in line:
        line = _SNIPPET.sub(r"`\1`", _VIDEO.sub(_video, line))
    if ":::" in line:
        line = _DIRECTIVE.sub(_directive, line)
    if "xref:" in line:
        line = _XREF.sub(lambda match: f"`{(match[1] or match[2]).replace('%2A', '*')}`", line)
    return _NO_BLANK.sub(r"\1 ", with_places(line))


def _video(match: re.Match[str]) -> str:
    """Return a link to a video, with its title where that is told."""
    title = re.sub(r"([\[\]\\])", r"\\\1", (match["title"] or match["name"] or "").strip())
    return f"[{title}]({match['target']})" if title else f"<{match['target']}>"


def _directive(match: re.Match[str]) -> str:
    fields = {
        name.lower(): double or single for name, double, single in _ATTRIBUTE.findall(match[2])
    }
    source = fields.get("source", "")
    if not source:
        return match[0]
    if match[1].lower() == "code":
        return f"`{source}`"
    words = re.sub(r"([\[\]\\])", r"\\\1", fields.get("alt-text", ""))
    return f"![{words}](<{source}>)" if _NOT_BARE.search(source) else f"![{words}]({source})"


def _without_notes(lines: list[tuple[str, int]], source: DialectLines) -> Iterator[tuple[str, int]]:
    """Write the words of a footnote in brackets where it is referred to."""
    if not any("[^" in line for line, _ in lines):
        yield from lines
        return
    listed = list(outside_code(lines))
    used = {name for line, _, is_code in listed if not is_code for name in _MARK.findall(line)}
    notes: dict[str, str] = {}
    kept: list[tuple[str, int, bool]] = []
    name = ""
    for line, number, is_code in listed:
        match = None if is_code else _NOTE.match(line)
        if match and match[1] in used and match[1] not in notes:
            name, notes[match[1]] = match[1], match[2].strip()
        elif name and not is_code and line.startswith(("    ", "\t")) and line.strip():
            notes[name] += f" {line.strip()}"
        else:
            name = name if not line.strip() else ""
            kept.append((line, number, is_code))
            continue
        source.vanished.add(number)
    for line, number, is_code in kept:
        yield line if is_code else _MARK.sub(lambda m: _bracketed(m, notes), line), number


def _bracketed(match: re.Match[str], notes: dict[str, str]) -> str:
    words = notes.get(match[1])
    return f" ({words})" if words else match[0]
