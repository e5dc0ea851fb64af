"""Boxes, tabs, folds and code as other generators of sites mark them, written as docfx does.

Sources: https://squidfunk.github.io/mkdocs-material/reference/ (admonitions, content tabs),
https://docusaurus.io/docs/markdown-features, https://vitepress.dev/guide/markdown,
https://gohugo.io/content-management/shortcodes/, https://gitbook.com/docs/creating-content/blocks
and https://docs.gitlab.com/development/documentation/styleguide/ (alert boxes).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from ...languages import common

Lines = Iterable[tuple[str, int]]
Listed = list[tuple[str, int, bool]]

#: The alerts of docfx by what boxes are called elsewhere.
_ALERTS = {
    name: alert.upper()
    for alert, kinds in common()["alerts"].items()
    for name in kinds.get("boxes", ())
}
# Words for a box whose kind an attribute tells: `{% hint style="info" %}`, `<Aside type="tip">`.
_ANY_BOX = frozenset(("admonition", "alert", "aside", "box", "callout", "hint", "notice", "panel"))
_TABS = frozenset(("tab", "tabitem", "tab-item", "mdtab"))
_FOLDS = frozenset(("details", "expand", "expandable", "collapse", "accordion"))
_CODE = frozenset(("text", "highlight", "codeblock"))
_FRAME_NAMES = """
tabs tabpane tabgroup code-group code-tabs codetabs code copyable raw steps
"""
_FRAMES = frozenset(_FRAME_NAMES.split())
# What GitHub's pages show to readers of one system.
_SYSTEMS = {"mac": "Mac", "windows": "Windows", "linux": "Linux"}
_DOCFX = frozenset(("zone", "moniker", "row", "column", "image", "code", "no-loc", "form", "video"))

#: So deep marks may stand within each other; what is deeper stays as it is written.
_DEEPEST = 8

_LIKELY = re.compile(
    r"[ \t]*(?:!!!|\?\?\?|===|:{3,}[ \t]*(?!(?:image|moniker|zone|row|column)\b)[{A-Za-z]|\{[{%]"
    r"|</?[A-Z]|import |[A-Z]{3,10}:$)"
)
_INDENTED = re.compile(r"(?P<indent>[ \t]*)(?P<mark>!!!|\?\?\?\+?|===!?)[ \t]+(?P<rest>[^\n]*)")
_COLONS = re.compile(
    r"(?P<indent>[ \t]*)(?P<mark>:{3,})[ \t]*\{?(?P<word>[A-Za-z][\w-]*)\}?(?P<rest>[^\n]*)"
)
_TEMPLATE = re.compile(
    r"(?P<indent>[ \t]*)(?:\{%-?|\{\{[<%])[ \t]*(?P<end>/|end(?=[a-z]))?[ \t]*"
    r"(?P<word>[A-Za-z][\w-]*)(?P<rest>[^\n]*?)/?(?:-?%\}|[>%]\}\})[ \t]*"
)
_ELEMENT = re.compile(
    r"(?P<indent>[ \t]*)<(?P<end>/)?(?P<word>[A-Z][A-Za-z]+)(?P<rest>(?:[ \t][^<>\n]*)?)>[ \t]*"
)
_IMPORT = re.compile(r"import [\w{}*, ]{1,200} from [\"'][^\"'\n]+[\"'];?[ \t]*")
_CAPITALS = re.compile(r"(?P<indent>)(?P<word>NOTE|TIP|IMPORTANT|WARNING|CAUTION|DANGER|INFO):")
_VALUE = re.compile(r"([\w-]+)[ \t]*=[ \t]*[{\"']+([^\"'}\n]*)[}\"']+")
_QUOTED = re.compile(r"[\"']([^\"'\n]+)[\"']")


@dataclass(slots=True)
class SiteMark:
    """What a line opens, and how far that goes: to a line ``closed_by`` a word or by colons.

    Without one it goes as far as lines are indented, or to the end of a paragraph.
    """

    kind: str
    indent: str
    title: str = ""
    alert: str = ""
    closed_by: str = ""

    def closes(self, line: str) -> bool:
        """Return whether ``line`` is the end."""
        if self.closed_by.startswith(":"):
            return line.strip() == self.closed_by
        found = _TEMPLATE.fullmatch(line) or _ELEMENT.fullmatch(line)
        return bool(found and found["end"] and found["word"].lower() == self.closed_by)


def as_docfx(
    lines: Lines, outside_code: Callable[[Lines], Iterator[tuple[str, int, bool]]], gone: set[int]
) -> Iterator[tuple[str, int]]:
    """Yield ``lines`` as docfx would write them; ``gone`` takes the numbers of those it lacks.

    ``outside_code`` adds to each line whether it is code.
    """
    known = list(lines)
    if any(_LIKELY.match(line) for line, _ in known):
        return iter(_written(list(outside_code(known)), gone, 0))
    return iter(known)


def _written(listed: Listed, gone: set[int], depth: int) -> list[tuple[str, int]]:
    out: list[tuple[str, int]] = []
    unclosed: set[str] = set()
    index = 0
    while index < len(listed):
        line, number, is_code = listed[index]
        likely = not is_code and depth < _DEEPEST and _LIKELY.match(line)
        mark = _mark(line) if likely else None
        index += 1
        body = _body(mark, listed[index:]) if mark and mark.closed_by not in unclosed else None
        if mark is None or body is None:
            out.append((line, number))
            unclosed |= {mark.closed_by} if mark and mark.closed_by else set()
            continue
        gone.add(number)
        out += [*_opened(mark, number), *_inside(mark, body, gone, depth)]
        index += len(body)
        if mark.closed_by:
            out.append(("", listed[index][1]))
            gone.add(listed[index][1])
            index += 1
    return out


def _mark(line: str) -> SiteMark | None:
    """Return what a line that holds nothing else opens or closes, or None."""
    if _IMPORT.fullmatch(line):
        return SiteMark("frame", "")
    if match := _CAPITALS.fullmatch(line):
        return SiteMark("paragraph", "", alert=_ALERTS[match["word"].lower()])
    if match := _INDENTED.fullmatch(line):
        return _indented(match)
    if match := _COLONS.fullmatch(line):
        return _colons(match)
    for pattern in (_TEMPLATE, _ELEMENT):
        if match := pattern.fullmatch(line):
            return _element(match)
    return None


def _indented(match: re.Match[str]) -> SiteMark | None:
    """Read `!!! note`, `??? question "Why?"` and `=== "Windows"`, above lines that are indented."""
    words, _, after = match["rest"].partition('"')
    title, _, trailing = after.partition('"')
    kinds = words.split()
    if trailing.strip() or not all(word.isalpha() for word in kinds):
        return None
    if match["mark"].startswith("==="):
        return SiteMark("name", match["indent"], title) if title and not kinds else None
    if match["mark"].startswith("???") and title:
        return SiteMark("name", match["indent"], title)
    return SiteMark("box", match["indent"], title, _ALERTS.get(kinds[0], "NOTE")) if kinds else None


def _colons(match: re.Match[str]) -> SiteMark | None:
    """Read `:::note[Title]` and `::: tab Windows`; what docfx marks so is left to it."""
    word, rest = match["word"].lower(), match["rest"].strip()
    if word in _DOCFX or word.endswith("-end") or "=" in rest or rest.endswith(":::"):
        return None
    named = rest.startswith("[") and "]" in rest
    title = (rest[1:].partition("]") if named else rest.partition("{"))[0].strip()
    if word in _FRAMES:
        return SiteMark("frame", match["indent"])
    if word in _TABS or word in _FOLDS:
        return SiteMark("name", match["indent"], title) if title else None
    if not title and word not in _ALERTS:
        return None
    return SiteMark("box", match["indent"], title, _ALERTS.get(word, "NOTE"), match["mark"])


def _element(match: re.Match[str]) -> SiteMark | None:
    """Read `{% hint style="info" %}`, `{{< tab name="Windows" >}}` and `<TabItem label="Mac">`."""
    word, rest = match["word"].lower(), match["rest"].strip()
    fields = {name.lower(): value for name, value in _VALUE.findall(rest)}
    if word in _FRAMES or (match["end"] and word in {*_TABS, *_FOLDS, *_SYSTEMS}):
        return SiteMark("frame", match["indent"])
    if match["end"]:
        return None
    if word in _SYSTEMS:
        return SiteMark("name", match["indent"], _SYSTEMS[word])
    bare = "" if fields else _first(rest)
    if word in _TABS or word in _FOLDS:
        names = ("label", "title", "name", "header", "summary", "value")
        title = next((fields[name] for name in names if fields.get(name)), bare)
        return SiteMark("name", match["indent"], title) if title else None
    if word in _CODE:
        return SiteMark("code", match["indent"], bare.split(" ")[0], closed_by=word)
    if word not in _ALERTS and word not in _ANY_BOX:
        return None
    told = [fields.get(name, "").lower() for name in ("type", "style", "color", "kind", "class")]
    kinds = [_ALERTS[kind] for kind in (*told, bare.lower(), word) if kind in _ALERTS]
    return SiteMark("box", match["indent"], fields.get("title", ""), [*kinds, "NOTE"][0], word)


def _first(rest: str) -> str:
    """Return the words before the first attribute, which may stand between quotation marks."""
    if match := _QUOTED.match(rest):
        return match[1].strip()
    return " ".join(takewhile(lambda word: "=" not in word, rest.split()))


def _body(mark: SiteMark, following: Listed) -> Listed | None:
    """Return the lines that belong to a mark, or None where nothing closes it."""
    if mark.kind == "frame":
        return []
    if mark.kind == "paragraph":
        end = next((i for i, (line, _, _) in enumerate(following) if not line.strip()), None)
        return following[: len(following) if end is None else end] or None
    if mark.closed_by:
        lines = enumerate(following)
        end = next((i for i, (line, _, code) in lines if not code and mark.closes(line)), None)
        return None if end is None else following[:end]
    return _indented_body(mark, following)


def _indented_body(mark: SiteMark, following: Listed) -> Listed | None:
    """Return the lines indented below a mark; the content of a tab in brackets is not."""
    inner = (f"{mark.indent}    ", f"{mark.indent}\t")
    first = next((line for line, _, _ in following if line.strip()), "")
    if not first.startswith(inner):
        return [] if mark.kind == "name" else None
    end = next(
        (
            i
            for i, (line, _, _) in enumerate(following)
            if line.strip() and not line.startswith(inner)
        ),
        len(following),
    )
    while not following[end - 1][0].strip():
        end -= 1
    return following[:end]


def _opened(mark: SiteMark, number: int) -> list[tuple[str, int]]:
    if mark.kind == "name":
        return [(f"{mark.indent}<summary>{mark.title}</summary>", number)]
    if mark.kind == "code":
        return [(f"{mark.indent}```{mark.title}", number)]
    if mark.kind == "frame":
        return [("", number)]
    opening = [(f"{mark.indent}> [!{mark.alert}]", number)]
    if mark.title and mark.title.lower() not in _ALERTS:
        opening += [(f"{mark.indent}> **{mark.title}**", number), (f"{mark.indent}>", number)]
    return opening


def _inside(mark: SiteMark, body: Listed, gone: set[int], depth: int) -> list[tuple[str, int]]:
    if mark.kind == "code":
        last = body[-1][1] if body else 0
        return [*((line, number) for line, number, _ in body), (f"{mark.indent}```", last)]
    if mark.kind in ("frame", "name") and not body:
        return []
    indented = not mark.closed_by and mark.kind != "paragraph"
    inner = [(_dedented(line, mark) if indented else line, n, code) for line, n, code in body]
    written = _written(inner, gone, depth + 1)
    if mark.kind == "name":
        return [*written, ("", body[-1][1])]
    end = len(mark.indent)
    quoted = [
        (f"{mark.indent}> {line[end:] if line.startswith(mark.indent) else line}".rstrip(), number)
        for line, number in written
    ]
    return quoted if mark.closed_by else [*quoted, ("", body[-1][1])]


def _dedented(line: str, mark: SiteMark) -> str:
    rest = line[len(mark.indent) :]
    return mark.indent + (rest[1:] if rest.startswith("\t") else rest.removeprefix("    "))
