"""The one Markdown parser, for reading and rendering: CommonMark and extensions of GFM. Pure.

Raw HTML is markup only where ``elements`` says so; an address in angle brackets is a link only
where a link may lead there. All else is words, which are shown.
"""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt, rules_inline
from markdown_it.rules_block import StateBlock, html_block
from markdown_it.rules_inline import StateInline, autolink
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin

from .autolinks import bound_autolinks
from .elements import BLOCKS, RAW, Tags, name_of

#: Schemes of addresses that links may have.
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}):")
_DECLARATION = re.compile(r"<[!?](?!--)")
_TAG = re.compile(r"</?[A-Za-z][^>\n]*>?")


def new_parser(**options: Any) -> MarkdownIt:
    """Return a parser with ``options`` of markdown-it beside those of the portal."""
    parser = MarkdownIt(
        "commonmark", {"strikethrough_single_tilde": True, "store_labels": True, **options}
    )
    parser.enable(["table", "strikethrough"])
    gfm_autolink_plugin(parser)
    bound_autolinks(parser)
    parser.inline.ruler.at("html_inline", html_inline)
    parser.inline.ruler.at("autolink", _autolink)
    parser.block.ruler.at(
        "html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    # Browsers encode addresses; the sanitiser, and whoever resolves links, look at their schemes.
    parser.normalizeLink = _as_written  # type: ignore[method-assign,assignment]  # as its documents do
    parser.normalizeLinkText = _as_written  # type: ignore[method-assign,assignment]  # likewise
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # as its documents do
    return parser


def _as_written(address: str) -> str:
    return address


def _tags(state: StateInline | StateBlock) -> Tags:
    """Return the judge of the tags of a text, kept while that text is read."""
    known = state.env.setdefault("tags", {})
    tags: Tags = known.get(state.src) or known.setdefault(state.src, Tags(state.src))
    return tags


def html_inline(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "<" or not rules_inline.html_inline(state, True):
        return False
    tag, state.pos = state.src[start : state.pos], start
    if name_of(tag) in RAW or not _tags(state).is_markup(tag, start):
        return False
    return rules_inline.html_inline(state, silent)


def _autolink(state: StateInline, silent: bool) -> bool:
    match = _SCHEME.match(state.src, state.pos)
    if match and match[1].lower() not in SCHEMES:
        return False
    return autolink(state, silent)


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    position = state.bMarks[start] + state.tShift[start]
    if state.src[position : position + 1] != "<" or _DECLARATION.match(state.src, position):
        return False
    if state.src.startswith("<!--", position):
        if _tags(state).last("-->") < position:
            return False
    elif (tag := _TAG.match(state.src, position)) and not _begins_block(tag[0], position, state):
        return False
    return html_block(state, start, end, silent)


def _begins_block(tag: str, position: int, state: StateBlock) -> bool:
    """Return whether a tag begins an element that holds blocks.

    One of HTML's does at once, others as ``elements`` says.
    """
    return name_of(tag) in BLOCKS or _tags(state).is_markup(tag, position)
