"""Canonical Markdown -> sanitised HTML. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from ..markup.elements import READER_ELEMENTS, with_words_shown
from ..markup.limits import DEEPEST, check_tokens
from ..markup.parser import SCHEMES, new_parser

ATTRIBUTES = {
    "a": {"href", "name", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
#: A task of a list (GFM, "Task list items") and how it is shown: nobody may tick it for all.
_TASK = re.compile(r"^\[([ xX])\](?=[ \t])")
_BOXES = {" ": "\u2610", "x": "\u2611", "X": "\u2611"}


def _adapt(state: StateCore) -> None:
    """Name elements and attributes as readers get them, and show what is no markup as words."""
    for number, token in enumerate(state.tokens):
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            token.attrs = {"align": str(token.attrs["style"]).removeprefix("text-align:")}
        if token.type == "th_open" and not state.tokens[number + 1].content.strip():
            token.tag = state.tokens[number + 2].tag = "td"  # it heads nothing that could be said
        elif token.type in ("heading_open", "heading_close") and token.tag == "h1":
            token.tag = "h2"  # the title of the page is the only one of its level
        elif token.type == "html_block":
            token.content = with_words_shown(token.content)
        elif token.type == "inline":
            _adapt_inline(token.children or [])
            if [t.type for t in state.tokens[number - 2 : number]] == _OF_A_TASK:
                _mark_task(token.children or [])


_OF_A_TASK = ["list_item_open", "paragraph_open"]


def _adapt_inline(children: Sequence[Token]) -> None:
    for child in children:
        if child.tag == "s":
            child.tag = "del"


def _mark_task(children: Sequence[Token]) -> None:
    if children and children[0].type == "text":
        first = children[0]
        first.content = _TASK.sub(lambda match: _BOXES[match[1]], first.content, count=1)


def _renderer() -> MarkdownIt:
    # One level more than is allowed is read: the parser drops what is deeper without a word.
    parser = new_parser(maxNesting=DEEPEST + 1)
    parser.core.ruler.after("inline", "adapt", _adapt)  # escapes are not words yet
    return parser


_parser = _renderer()


# While somebody types in one section, the others are rendered again and again.
@lru_cache(maxsize=16)
def to_html(text: str) -> str:
    """Return what the Markdown parser makes of ``text``, not sanitised.

    Raise ``IntricateTextError`` where blocks are nested too deep.
    """
    tokens = _parser.parse(text, {})
    check_tokens(tokens)
    html: str = _parser.renderer.render(tokens, _parser.options, {})
    return html


def sanitise(html: str) -> str:
    """Return ``html`` with only the allowed elements, attributes and schemes."""
    return _cleaner.clean(html)


_cleaner = nh3.Cleaner(
    tags=set(READER_ELEMENTS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    url_schemes=set(SCHEMES),
    link_rel=None,
)
