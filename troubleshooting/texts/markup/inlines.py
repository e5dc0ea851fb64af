"""Inline Markdown as it was written, brought into the form that needs nothing from elsewhere. Pure.

Reference links become inline ones, since definitions are no blocks; comments go; a backslash at the
end of a line becomes two spaces. All other characters stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, escape, image, link, newline

from .elements import is_comment
from .limits import check_expanded
from .parser import html_inline, new_parser

# What an address cannot hold outside angle brackets, and what is escaped inside them.
_NOT_BARE = re.compile(r"[\s()<>\\\x00-\x1f\x7f]|^$")
_IN_BRACKETS = re.compile(r"[<>\\]|&(?=[#\w]+;)")
_IN_TITLE = re.compile(r"[\"\\]|&(?=[#\w]+;)")
_REWRITTEN = re.compile(r"<!--|\\\n| \n")


@dataclass(slots=True)
class _Edit:
    """``text`` in the place of the characters from ``start`` to ``end``."""

    start: int
    end: int
    text: str


class References:
    """The definitions of a text; notes which are used, and bounds what they add to it."""

    def __init__(self, definitions: Mapping[str, Mapping[str, Any]]) -> None:
        self.definitions = definitions
        self.used: set[str] = set()
        self.added = 0

    def target(self, label: str) -> str:
        """Return what stands behind the words of an inline link to ``label``."""
        self.used.add(label)
        found = self.definitions[label]
        title = str(found.get("title") or "").replace("\n", " ")
        words = f' "{_IN_TITLE.sub(_escaped, title)}"' if title else ""
        written = f"({_address(str(found['href']))}{words})"
        self.added += len(written)
        check_expanded(self.added)
        return written


def self_contained(text: str, references: References) -> str:
    """Return inline Markdown ``text`` without references, comments and backslash breaks."""
    has_references = references.definitions and "[" in text
    if not has_references and not _REWRITTEN.search(text):
        return text
    env: dict[str, Any] = {
        "references": references.definitions if has_references else {},
        "source": text,
        "edits": [],
        "resolver": references,
    }
    _parser.inline.parse(text, _parser, env, [])
    return _edited(text, env["edits"])


def _edited(text: str, edits: list[_Edit]) -> str:
    parts, done = [], 0
    for edit in sorted(edits, key=lambda edit: edit.start):
        parts += [text[done : edit.start], edit.text]
        done = edit.end
    return "".join([*parts, text[done:]])


def _escaped(match: re.Match[str]) -> str:
    return "&amp;" if match[0] == "&" else f"\\{match[0]}"


def _address(href: str) -> str:
    written = re.sub(r"&(?=[#\w]+;)", "&amp;", href)
    return f"<{_IN_BRACKETS.sub(_escaped, href)}>" if _NOT_BARE.search(href) else written


def _note(state: StateInline, start: int, end: int, text: str) -> None:
    # The words of an image are parsed as a text of their own, where positions mean something else.
    if state.src == state.env.get("source"):
        state.env["edits"].append(_Edit(start, end, text))


def _link(state: StateInline, silent: bool) -> bool:
    start, count = state.pos, len(state.tokens)
    if not link(state, silent):
        return False
    if not silent:
        opened = next(t for t in state.tokens[count:] if t.type == "link_open")
        if label := opened.meta.get("label"):
            end = state.md.helpers.parseLinkLabel(state, start, True) + 1
            _note(state, end, state.pos, state.env["resolver"].target(label))
    return True


def _image(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not image(state, silent):
        return False
    if not silent and state.src == state.env.get("source"):
        end = state.md.helpers.parseLinkLabel(state, start + 1, False)
        references: References = state.env["resolver"]
        words = state.src[start + 2 : end]
        if (written := self_contained(words, references)) != words:
            _note(state, start + 2, end, written)
        if label := state.tokens[-1].meta.get("label"):
            _note(state, end + 1, state.pos, references.target(label))
    return True


def _comment(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not html_inline(state, silent):
        return False
    if not silent and is_comment(state.src[start : state.pos]):
        _note(state, start, state.pos, "")
    return True


def _break(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if not escape(state, silent):
        return False
    if not silent and state.src.startswith("\\\n", start):
        _note(state, _end_of_words(state.src, start), start + 2, "  \n")
    return True


def _newline(state: StateInline, silent: bool) -> bool:
    end = state.pos
    if not newline(state, silent):
        return False
    start = _end_of_words(state.src, end)
    is_escape = start > 0 and state.src[start - 1] == "\\"  # it would be a break without the space
    if not silent and start < end and not (is_escape and end - start == 1):
        _note(state, start, end + 1, "  \n" if end - start > 1 else "\n")
    return True


def _end_of_words(text: str, end: int) -> int:
    """Return where the spaces before ``end`` begin."""
    while end and text[end - 1] == " ":
        end -= 1
    return end


def _recording() -> MarkdownIt:
    parser = new_parser()
    parser.inline.ruler.at("link", _link)
    parser.inline.ruler.at("image", _image)
    parser.inline.ruler.at("html_inline", _comment)
    parser.inline.ruler.at("escape", _break)
    parser.inline.ruler.at("newline", _newline)
    return parser


_parser = _recording()
