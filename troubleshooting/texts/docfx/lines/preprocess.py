"""What the dialect adds to CommonMark line by line, rewritten in CommonMark.

Every line that comes out remembers the line that it came from. Sources:
https://learn.microsoft.com/contribute/content/markdown-reference (images, includes, columns,
zones, monikers, tabs) and https://learn.microsoft.com/contribute/content/how-to-write-links.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...plain import one_line
from .dialect import Include, in_one_way
from .html_tables import as_markdown, regions
from .pipes import Pipes

_INCLUDE = re.compile(r"\[!INCLUDE\s*\[([^\]]*)\]\s*\(([^)]*)\)\]", re.IGNORECASE)
_IMAGE = re.compile(r":::image\s+(.*?):::", re.IGNORECASE)
_IMAGE_END = re.compile(r":::image-end:::", re.IGNORECASE)
_NO_LOC = re.compile(r":::no-loc\s+(.*?):::", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w-]+)=\"([^\"]*)\"")
_DIRECTIVE = re.compile(r"\s*:::\s*[\w-]+.*$|\s*:::\s*$")
_DIV = re.compile(r"(>\s*)?\[!(?:div|VIDEO|NOTE-?end)\b[^\]]*\]\s*$", re.IGNORECASE)
_TAB = re.compile(r"#+\s*\[([^\]]+)\]\(#tab/[^)]*\)\s*$")
_ZONE = re.compile(
    r"\s*:::[ \t]*(?:zone|moniker)[ \t]+(?:pivot|range|target)[ \t]*=[ \t]*"
    r"[\"']([^\"']+)[\"'][ \t]*",
    re.I,
)
_SUMMARY = re.compile(r"\s*(?:<details[^>]*>)?\s*<summary>(.*?)</summary>\s*", re.IGNORECASE)
_SCAFFOLD = re.compile(r"\s*(?:</?details[^>]*>|<br\s*/?>|\s)+", re.IGNORECASE)
_BOLD_TAG = re.compile(r"</?(?:b|strong|h[1-6]|span|p|i|em)\b[^>]*>|\*\*", re.IGNORECASE)
_UNINDENTED = re.compile(r" {0,3}\S")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s+\S")
_BLOCK = re.compile(r"[#>|`~<]|:::|[-*+]\s|\d+[.)]\s|\[!")
#: What a heading begins with that names a tab or folded text: no section of the document.
MARK = "\ue000"
# A file that wraps its lines keeps them shorter than this.
WRAPPED = 120


@dataclass(slots=True)
class MappedLines:
    """Lines of CommonMark and, for each, the line of the file (from 0) that it stands for.

    ``directives`` are the lines of the file that are structure of the dialect alone.
    """

    text: list[str] = field(default_factory=list)
    origin: list[int] = field(default_factory=list)
    directives: set[int] = field(default_factory=set)

    def add(self, line: str, origin: int) -> None:
        self.text.append(line)
        self.origin.append(origin)


def preprocess(lines: list[str], first: int, include: Include = lambda path: None) -> MappedLines:
    """Rewrite ``lines[first:]``. ``include`` gives the text of a file to be included."""
    source = in_one_way(lines, first, include)
    out = _preprocess(source.text, include)
    out.origin = [source.origin[number] for number in out.origin]
    out.directives = {source.origin[number] for number in out.directives} | source.vanished
    return out


def _preprocess(lines: list[str], include: Include) -> MappedLines:
    out = MappedLines()
    wrapped = max(map(len, lines), default=0) <= WRAPPED
    fence, in_item = "", False
    pipes, tables, zones = Pipes(), regions(lines), _zones(lines)
    skipped = 0
    for number in range(len(lines)):
        if number < skipped:
            continue
        line = pipes.line(lines[number])
        fence = _next_fence(fence, line)
        if fence or _FENCE.match(line):
            out.add(line, number)
            continue
        if in_item and not wrapped and _starts_anew(line):
            out.add("", number)
            in_item = False
        in_item = bool(_ITEM.match(line)) or (in_item and bool(line.strip()))
        if name := zones.get(number):
            out.add(_name(line, name), number)
            continue
        if end := tables.get(number):
            skipped = _add_table(lines, number, end, out)
            if skipped == end:
                continue
        _add(line, number, include, out)
    return out


def _zones(lines: list[str]) -> dict[int, str]:
    """Return the names of zones and versions by their lines, where a text tells of several.

    One around whole sections needs no name: their headings tell them apart.
    """
    found = {i: match[1] for i, line in enumerate(lines) if (match := _ZONE.fullmatch(line))}
    found = {i: name for i, name in found.items() if not _heads_section(lines[i + 1 :])}
    return found if len(set(found.values())) > 1 else {}


def _heads_section(following: list[str]) -> bool:
    first = next((line for line in following if line.strip()), "")
    return first.lstrip().startswith("#")


def _next_fence(fence: str, line: str) -> str:
    """Return the fence that is open after ``line``, or ""."""
    match = _FENCE.match(line)
    if not match:
        return fence
    if not fence:
        return match[1]
    closes = match[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _starts_anew(line: str) -> bool:
    """Return whether a line right after a list item, not indented, is a paragraph of its own.

    CommonMark takes it for the end of the item's text ("lazy continuation"). Where authors do
    not wrap lines, a line that starts a sentence at the margin is meant as a new paragraph.
    """
    return line[:1].isupper() and not _BLOCK.match(line)


def _add(line: str, number: int, include: Include, out: MappedLines) -> None:
    line = _inline(line) if line.strip() else ""
    if _DIV.fullmatch(line.strip()):
        out.directives.add(number)
        indent = line[: len(line) - len(line.lstrip())]
        out.add(f"{indent}>" if line.lstrip().startswith(">") else "", number)
    elif line.strip() and (_DIRECTIVE.fullmatch(line) or _SCAFFOLD.fullmatch(line)):
        out.directives.add(number)
        out.add("", number)
    elif summary := _SUMMARY.fullmatch(line):
        for part in ("", _name(line, _BOLD_TAG.sub("", summary[1]).strip()), ""):
            out.add(part, number)
    elif tab := _TAB.fullmatch(line):
        out.add(_name(line, tab[1]), number)
    else:
        if _INCLUDE.fullmatch(line.strip()):
            out.directives.add(number)
        for part in _included(line, include):
            out.add(part, number)


def _name(line: str, name: str) -> str:
    """Write the name of a tab or of folded text; inside a list item as a line in bold."""
    return f"###### {MARK}{name}" if _UNINDENTED.match(line) else f"**{name}**"


def _add_table(lines: list[str], start: int, end: int, out: MappedLines) -> int:
    """Write an HTML table as one of Markdown; the line that is to be read next."""
    rows = as_markdown(lines[start:end])
    if rows is None:
        return start
    out.add("", start)
    for text, below in rows:
        out.add(text, start + below)
    out.add("", end - 1)
    out.directives.update(range(start, end))
    return end


def _inline(line: str) -> str:
    line = _NO_LOC.sub(lambda m: _attributes(m[1]).get("text", ""), _IMAGE_END.sub("", line))
    return _IMAGE.sub(_image, line)


def _image(match: re.Match[str]) -> str:
    fields = _attributes(match[1])
    return f"![{fields.get('alt-text', '')}]({fields.get('source', '')})"


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): value for name, value in _ATTRIBUTE.findall(text)}


def _included(line: str, include: Include) -> list[str]:
    def words(match: re.Match[str]) -> str:
        text = include(match[2])
        return match[1] if text is None else one_line(text)

    return [_INCLUDE.sub(words, line)]
