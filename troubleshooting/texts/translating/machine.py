"""A unit of Markdown made ready for a machine that translates, and put together again. Pure.

Sentences are sent as HTML. What has to stay as it is (codes, commands, paths, placeholders, names
and terms of the glossary) stands in ``code translate="no"`` there, the attribute of the HTML
standard; where links lead is not sent at all. What comes back is text from outside: its elements
are read, never kept, and an answer that lost or added something is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

from lxml import html
from lxml.etree import LxmlError
from lxml.html import HtmlElement

from .keeping import CODE, kept_in
from .terms import Glossary

#: Characters of an answer at most, by those of what was sent: text grows by a half at most.
_GROWTH, _ROOM = 4, 200
_FENCE = re.compile(r"[ \t>]*(?:`{3,}|~{3,})")
_MARKS = re.compile(r"[ \t]*(?:(?:>|(?:[-*+]|\d{1,9}[.)]|#{1,6})(?=[ \t]))[ \t]*)*")
_MARKER = re.compile(r"\[![^\[\]]+\][ \t]*")
_RULE = re.compile(r"[ \t:|-]+")
_BAR = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"(!?)\[((?:[^\[\]\\]|\\.)*)\]\(((?:[^()\\]|\\.|\([^()]*\))*)\)")
_STAYS = re.compile(
    r"\{\{[^{}]*\}\}|\[![^\[\]]+\]|<[^<>\s][^<>]*>|https?://[^\s<>]+[^\s<>.,;:!?)\]»”’'\"]"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|%\w+%"
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
#: Characters between two marks that belong together at most: a search for the second ends there.
_MARKED = 400
_STRONG = re.compile(rf"(\*\*|__)(?=\S)(.{{1,{_MARKED}}}?)(?<=\S)\1")
_EMPHASIS = re.compile(rf"(?<![\w*])([*_])(?=[^\s*_])(.{{1,{_MARKED}}}?)(?<=[^\s*_])\1(?![\w*])")
#: Places of what is kept, while the rest is worked on: characters for private use.
_FIRST, _LAST = 0xE000, 0xF8FF
_PRIVATE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
#: What is invisible or turns the direction of a text round.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_BLANKS = re.compile(r"[ \t\r\n]+")
_ADDRESS = re.compile(r"(?:\w://|\bwww\.|\b(?:javascript|data|vbscript|mailto):)", re.IGNORECASE)
_SPECIAL = re.compile(r"[\\`*\[\]]|<(?=[A-Za-z/!?])|(?<!\w)_|_(?!\w)|&(?=#?\w+;)")
_START = re.compile(r"\A([-+>]|#{1,6}|\d{1,9}[.)])(?=\s|$)")
_LETTER = re.compile(r"[^\W\d_]")


class MachineTextError(Exception):
    """The answer is not offered: ``code`` says why, ``detail`` what was lost or added."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code, self.detail = code, detail


@dataclass(slots=True)
class MachineSentence:
    """Markdown to translate, and as it is sent.

    ``is_line``: it is no Markdown, as a title is none. ``is_closed``: the next line does not go on
    with it. ``placeholders`` are pairs of what is shown and what is meant, ``links`` of a mark
    (``!`` of an image) and where they lead.
    """

    markdown: str
    in_table: bool = False
    is_line: bool = False
    is_closed: bool = False
    html: str = ""
    placeholders: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MachineText:
    """A unit taken apart, in order: text that stays as it is, and sentences to translate."""

    parts: list[str | MachineSentence]

    @property
    def sentences(self) -> list[MachineSentence]:
        """Return what is to be translated, in order."""
        return [part for part in self.parts if isinstance(part, MachineSentence)]

    def restored(self, answers: Sequence[str]) -> str:
        """Return the unit's Markdown with ``answers``, one for each sentence, in their places.

        Raise ``MachineTextError``: an answer lost or changed what stands for markup.
        """
        given = iter(answers)
        return "".join(
            read_answer(part, next(given)) if isinstance(part, MachineSentence) else part
            for part in self.parts
        )


def take_apart(text: str, glossary: Glossary, *, is_line: bool = False) -> MachineText:
    """Return a unit ready to be sent, with the terms of ``glossary`` in their translation.

    A text that ``is_line``, such as a title, is no Markdown.
    """
    text = _PRIVATE.sub("", text)
    found = [MachineSentence(text, is_line=True)] if is_line else _joined(_lines(text))
    parts: list[str | MachineSentence] = []
    for part in found:
        if isinstance(part, MachineSentence):
            _make_html(part, glossary)
            if not _LETTER.search(re.sub(r"<code.*?</code>|<[^>]*>|&\w+;", "", part.html)):
                part = part.markdown  # nothing to translate
        parts.append(part)
    return MachineText(parts)


def _lines(text: str) -> Iterator[str | MachineSentence]:
    """Yield what stays as it is, and the sentences of each line."""
    fence = ""
    for number, line in enumerate(text.split("\n")):
        if number:
            yield "\n"
        if found := _FENCE.match(line):
            mark = found[0].strip(" \t>")
            fence = mark if not fence else ("" if mark.startswith(fence) else fence)
            yield line
            continue
        marks = _MARKS.match(line)
        start = marks.end() if marks else 0
        rest = line[start:]
        if fence or not rest.strip() or _MARKER.fullmatch(rest) or _is_rule(rest):
            yield line
        elif rest.startswith("|"):
            yield line[:start]
            yield from _cells(rest)
        else:
            # What breaks the line: blanks, or a backslash.
            end = len(rest.rstrip(" \t"))
            end -= rest.endswith("\\")
            yield line[:start]
            yield MachineSentence(rest[:end], is_closed="#" in line[:start])
            if rest[end:]:
                yield rest[end:]


def _is_rule(rest: str) -> bool:
    return _RULE.fullmatch(rest) is not None


def _cells(row: str) -> Iterator[str | MachineSentence]:
    """Yield the cells of a row of a table, between their bars."""
    for number, cell in enumerate(_BAR.split(row)):
        if number:
            yield "|"
        inner = cell.strip()
        if not inner:
            yield cell
            continue
        at = cell.index(inner)
        yield cell[:at]
        yield MachineSentence(inner, in_table=True, is_closed=True)
        yield cell[at + len(inner) :]


def _joined(parts: Iterator[str | MachineSentence]) -> list[str | MachineSentence]:
    """Put together sentences that go on in the next line: a line feed there says nothing."""
    done: list[str | MachineSentence] = []
    for part in parts:
        if isinstance(part, MachineSentence) and _goes_on(done):
            indent, _feed, before = done.pop(), done.pop(), done[-1]
            assert isinstance(before, MachineSentence)
            assert isinstance(indent, str)
            before.markdown = f"{before.markdown} {part.markdown}"
        else:
            done.append(part)
    return done


def _goes_on(parts: list[str | MachineSentence]) -> bool:
    """Return whether a sentence that comes now goes on with the one of the line before."""
    if len(parts) < 3:
        return False
    before, feed, indent = parts[-3:]
    if not isinstance(before, MachineSentence) or feed != "\n" or not isinstance(indent, str):
        return False
    return not before.is_closed and not indent.strip(" \t>")


class _Places:
    """What is kept of a sentence, each in the place of one character."""

    def __init__(self) -> None:
        self.elements: list[str] = []

    def put(self, element: str) -> str:
        """Return the character that stands for ``element``."""
        self.elements.append(element)
        return chr(_FIRST + min(len(self.elements) - 1, _LAST - _FIRST))

    def filled(self, text: str) -> str:
        """Return ``text`` with the elements in their places."""
        return _PRIVATE.sub(lambda match: self.elements[ord(match[0]) - _FIRST], text)


def _make_html(sentence: MachineSentence, glossary: Glossary) -> None:
    places = _Places()
    text = _placed(sentence, sentence.markdown, places, glossary)
    if sentence.is_line:
        text = escape(text, quote=False)
    else:
        text = _ESCAPE.sub(lambda match: places.put(escape(match[1])), text)
        text = escape(text, quote=False)
        text = _STRONG.sub(r"<strong>\2</strong>", text)
        text = _EMPHASIS.sub(r"<em>\2</em>", text)
    sentence.html = places.filled(text)


def _placed(sentence: MachineSentence, text: str, places: _Places, glossary: Glossary) -> str:
    """Return ``text`` with what is kept and the ends of links as single characters."""
    done, at = [], 0
    for start, end, shown, meant in _kept(text, glossary):
        if start < at:
            continue
        done.append(text[at:start])
        if shown is None:
            done.append(_link(sentence, text[start:end], places, glossary))
        else:
            sentence.placeholders.append((shown, meant))
            done.append(places.put(f'<code translate="no">{escape(shown)}</code>'))
        at = end
    return "".join([*done, text[at:]])


def _link(sentence: MachineSentence, text: str, places: _Places, glossary: Glossary) -> str:
    match = _LINK.fullmatch(text)
    assert match
    sentence.links.append((match[1], match[3]))
    begin = places.put(f'<a href="#{len(sentence.links)}">')
    inner = _placed(sentence, match[2], places, glossary)
    return begin + inner + places.put("</a>")


def _kept(text: str, glossary: Glossary) -> list[tuple[int, int, str | None, str]]:
    """Return what is kept: from where to where, what is shown, what is meant; None: a link."""
    found: list[tuple[int, int, str | None, str]] = []
    for kept in kept_in(text):
        written = text[kept.start : kept.end]
        shown = kept.key if kept.kind == CODE else written
        found.append((kept.start, kept.end, shown, written))
    found += [(m.start(), m.end(), None, "") for m in _LINK.finditer(text)]
    found += [(m.start(), m.end(), m[0], m[0]) for m in _STAYS.finditer(text)]
    for use in glossary.find(text):
        said = use.term.translation or text[use.start : use.end]
        found.append((use.start, use.end, said, said))
    return sorted(found, key=lambda one: (one[0], -one[1]))


def read_answer(sentence: MachineSentence, answer: str) -> str:
    """Return the Markdown that a machine made of ``sentence``.

    Raise ``MachineTextError``: it is empty or too long, what had to stay is not there once, or
    there is an address that the sentence does not have.
    """
    if len(answer) > _GROWTH * len(sentence.html) + _ROOM:
        raise MachineTextError("too_long")
    try:
        root = html.fragment_fromstring(_UNSEEN.sub("", answer), create_parent="div")
    except (LxmlError, ValueError):
        raise MachineTextError("unreadable") from None
    reader = _Reader(sentence)
    text = _BLANKS.sub(" ", reader.read(root)).strip()
    reader.check()
    if not text:
        raise MachineTextError("empty")
    if sentence.is_line:
        return text
    # What begins like an item or a heading is none.
    return _START.sub(lambda match: f"{match[1][:-1]}\\{match[1][-1]}", text)


class _Reader:
    """Reads the elements of an answer as Markdown."""

    def __init__(self, sentence: MachineSentence) -> None:
        self.sentence = sentence
        self.kept = list(sentence.placeholders)
        self.links = dict(enumerate(sentence.links, 1))

    def check(self) -> None:
        """Raise ``MachineTextError`` for what is missing."""
        if self.kept:
            raise MachineTextError("lost", self.kept[0][0])
        if self.links:
            raise MachineTextError("lost", next(iter(self.links.values()))[1])

    def read(self, element: HtmlElement) -> str:
        """Return what is in ``element``."""
        said = self._text(element.text or "")
        for child in element:
            said = _beside(said, self._element(child), is_code=child.tag == "code")
            said = _beside(said, self._text(child.tail or ""), is_code=child.tag == "code")
        return said

    def _element(self, element: HtmlElement) -> str:
        match element.tag:
            case "code":
                return self._code(element)
            case "a":
                return self._link(element)
            case "strong" | "b":
                return _marked("**", self.read(element))
            case "em" | "i":
                return _marked("*", self.read(element))
            case "script" | "style" | "template" | "svg" | "math":
                return ""
            case str():
                return f" {self.read(element)} " if element.tag in _APART else self.read(element)
        return ""  # a comment

    def _code(self, element: HtmlElement) -> str:
        shown = _BLANKS.sub(" ", element.text_content()).strip()
        for number, (one, meant) in enumerate(self.kept):
            if _BLANKS.sub(" ", one).strip() == shown:
                del self.kept[number]
                return meant
        raise MachineTextError("added", shown)

    def _link(self, element: HtmlElement) -> str:
        number = (element.get("href") or "").strip().lstrip("#")
        if not number.isdecimal() or (link := self.links.pop(int(number), None)) is None:
            raise MachineTextError("added", element.get("href") or "")
        return f"{link[0]}[{self.read(element).strip()}]({link[1]})"

    def _text(self, text: str) -> str:
        if match := _ADDRESS.search(text):
            raise MachineTextError("added", text[match.start() :][:60])
        if self.sentence.is_line:
            return text
        text = _SPECIAL.sub(lambda match: "\\" + match[0], text)
        return text.replace("|", "\\|") if self.sentence.in_table else text


#: Elements that part words.
_APART = frozenset({"br", "p", "div", "li", "tr", "td"})


def _marked(mark: str, inner: str) -> str:
    """Return ``inner`` between marks, blanks outside them."""
    bare = inner.strip(" ")
    if not bare:
        return inner
    before = inner[: len(inner) - len(inner.lstrip(" "))]
    return f"{before}{mark}{bare}{mark}{inner[len(before) + len(bare) :]}"


def _beside(before: str, after: str, *, is_code: bool) -> str:
    """Return both; machines take away the blank between a word and what is kept."""
    joined = is_code and before[-1:].isalnum() and (after[:1].isalnum() or after[:1] == "`")
    joined = joined or (is_code and before[-1:] == "`" and after[:1].isalnum())
    return f"{before} {after}" if joined else before + after
