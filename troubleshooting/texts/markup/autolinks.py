"""Bare addresses as links, in time that grows with the length of the text only. Pure.

The rules of the library look back over all words that wait to become a token, and count brackets at
the end of an address again for each bracket.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

Rule = Callable[[StateInline, bool], bool]
#: Characters before a colon or an at sign that may be part of an address.
_REACH = 300
# No address: characters without a blank beyond what browsers take.
_ENDLESS = re.compile(r"\S{2001}")
_RULES = {"gfm_autolink_www": "w", "gfm_autolink_protocol": ":", "gfm_autolink_email": "@"}
_BEFORE_COLON = ("http", "https", "mailto", "xmpp")


def bound_autolinks(parser: MarkdownIt) -> None:
    """Bound the rules that ``gfm_autolink_plugin`` gave the ``parser``."""
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name, sign in _RULES.items():
        parser.inline.ruler.at(name, _bounded(rules[name], sign))


def _bounded(rule: Rule, sign: str) -> Rule:
    def run(state: StateInline, silent: bool) -> bool:
        position = state.pos
        if state.src[position] != sign or not _may_begin(state.src, position):
            return False
        if _ENDLESS.match(state.src, position):
            return False
        if sign != "w" and not silent:
            _shorten(state)
        return rule(state, silent)

    return run


def _may_begin(text: str, position: int) -> bool:
    """Return whether an address may have this sign here, by what is seen at once."""
    if text[position] == "w":
        return text.startswith("www.", position)
    if text[position] == ":":
        return text.endswith(_BEFORE_COLON, 0, position)
    return True


def _shorten(state: StateInline) -> None:
    """Make a token of the words that wait, but for those that an address may begin in."""
    waiting = state.pending
    if len(waiting) > 2 * _REACH:
        state.pending = waiting[:-_REACH]
        state.pushPending()
        state.pending = waiting[-_REACH:]
