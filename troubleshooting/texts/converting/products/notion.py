"""A page that Notion exported as Markdown: ``Title 0123456789abcdef0123456789abcdef.md``.

Its name ends in the page's number, as do its links; properties stand below the title, boxes are
``<aside>`` with a sign, lists are indented by four columns with lines of spaces between.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from ...languages import product_words
from ..model import NUMBER, Converted, ProductPage, with_header

_FILE = re.compile(r"(?P<title>.*?)[ _-]?(?P<number>[0-9a-f]{32})\.(?:md|markdown)", re.IGNORECASE)
_TITLE = re.compile(r"# (?P<title>\S.*)")
_PROPERTY = re.compile(r"(?P<name>[^\W\d_][\w '’()/-]{0,40}):[ \t]+(?P<value>\S.*)")
_LINK = re.compile(r"(?<=\]\()([^()\s]*?[0-9a-f]{32}\.md)(?:#[^()\s]*)?(?=\))", re.IGNORECASE)
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,5}) (?=\S)")
_STATE, _DRAFTS, _TAGS = map(product_words, ("state", "drafts", "tags"))
#: The signs that people choose, and the kind of box that they mean.
_SIGNS = {
    "💡": "TIP", "✅": "TIP", "👍": "TIP", "⚠": "WARNING", "🚧": "WARNING", "❗": "IMPORTANT",
    "‼": "IMPORTANT", "📌": "IMPORTANT", "🚨": "CAUTION", "🛑": "CAUTION", "⛔": "CAUTION",
    "🚫": "CAUTION", "❌": "CAUTION",
}  # fmt: skip


def is_notion(text: str, name: str) -> bool:
    """Return whether a file is such a page: its name ends in a number, and its title is the name's.

    Names are cut, and letters that no file's name may have are left out.
    """
    match = _FILE.fullmatch(name.rsplit("/", 1)[-1])
    title = _TITLE.match(text.lstrip("\ufeff\r\n"))
    if match is None or title is None:
        return False
    named, told = _letters(match["title"]), _letters(title["title"])
    return named[:12] == told[:12] or not named


def convert_notion(text: str, page: ProductPage) -> list[Converted]:
    """Return the document."""
    match = _FILE.fullmatch(page.name.rsplit("/", 1)[-1])
    number = f"notion-{match['number'].lower()}" if match else ""
    lines = text.lstrip("\ufeff\r\n").replace("\r\n", "\n").split("\n")
    title = _TITLE.match(lines[0])
    properties, first = _properties(lines)
    known = {
        found["number"].lower()
        for name in page.names
        if (found := _FILE.fullmatch(name.rsplit("/", 1)[-1]))
    }
    body = "\n".join(_lines(lines[first:], known))
    state = {v.lower() for name, v in properties.items() if name.lower() in _STATE}
    tags = next((v for name, v in properties.items() if name.lower() in _TAGS), "")
    fields = {
        "title": title["title"].strip() if title else "",
        NUMBER: number,
        "draft": bool(state & _DRAFTS),
        "tags": [tag.strip() for tag in tags.split(",") if tag.strip()],
        "properties": properties,
    }
    return [Converted(with_header({**fields, "properties": properties or None}, body), number)]


def _letters(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title.lower())
    return "".join(char for char in plain if char.isalnum())


def _properties(lines: list[str]) -> tuple[dict[str, str], int]:
    """Return what a page says of itself below its title, and the line at which its text begins."""
    start = next((n for n in range(1, len(lines)) if lines[n].strip()), len(lines))
    found: dict[str, str] = {}
    number = start
    while number < len(lines) and (match := _PROPERTY.fullmatch(lines[number].rstrip())):
        found[match["name"].strip()] = match["value"].strip()
        number += 1
    # A text may begin with words and a colon: properties end with an empty line.
    ends = number >= len(lines) or not lines[number].strip()
    return (found, number) if found and ends and _is_told(found) else ({}, start)


def _is_told(properties: dict[str, str]) -> bool:
    """Return whether these are properties: of one line alone only where Notion names one so."""
    return len(properties) > 1 or any(name.lower() in _STATE | _TAGS for name in properties)


def _lines(lines: list[str], paths: set[str]) -> list[str]:
    """Return ``lines`` with headings below the title, boxes as alerts, and links by number."""
    out: list[str] = []
    fence, aside = "", False
    deeper = any(line.startswith("# ") for line in _outside_code(lines))
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            line = _LINK.sub(lambda found: _link(found, paths), line)
            line = _HEADING.sub(r"#\1 ", line, count=1) if deeper and _HEADING.match(line) else line
            stripped = line.strip()
            if stripped == "<aside>":
                aside, begins = True, True
                continue
            if stripped == "</aside>":
                aside = False
                out.append("")
                continue
        if aside:
            if begins and line.strip():
                kind, line = _kind(line.strip())
                out += ["", f"> [!{kind}]"]
                begins = False
            elif begins:
                continue
            line = f"> {line}".rstrip()
        out.append(line)
    return out


def _outside_code(lines: list[str]) -> list[str]:
    found, fence = [], ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark and (not fence or line.strip().startswith(fence)):
            fence = "" if fence else mark[1]
        elif not fence:
            found.append(line)
    return found


def _kind(line: str) -> tuple[str, str]:
    """Return the kind of a box and its first line without the sign that tells it."""
    sign = line[0]
    if sign.isalnum() or sign in "*_[<`\"'(«“":
        return "NOTE", line
    rest = line[1:].lstrip("\ufe0f\u200d").strip()
    image = line.startswith("![") or line.startswith("<img")
    return ("NOTE", line) if image else (_SIGNS.get(sign, "NOTE"), rest)


def _link(match: re.Match[str], paths: set[str]) -> str:
    number = _FILE.fullmatch(unquote(match[1]).rsplit("/", 1)[-1])
    named = number["number"].lower() if number else ""
    return f"notion-{named}.md" if named in paths else match[0]
