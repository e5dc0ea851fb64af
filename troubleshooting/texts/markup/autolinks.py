"""Bare addresses as links, in time that grows with the length of the text only. Pure.

The rules of the library look back over all words that wait to become a token, and count brackets at
the end of an address again for each bracket. Its rule for addresses of mail sees no further back
than the last sign of emphasis (``first_last@example.org``), so there is another one, which comes
after emphasis, as in GFM: https://github.github.com/gfm/#extended-email-autolink
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import groupby
from string import ascii_letters, digits

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]
#: Characters before a colon or an at sign that may be part of an address.
_REACH = 300
# No address: characters without a blank beyond what browsers take.
_ENDLESS = re.compile(r"\S{2001}")
_RULES = {"gfm_autolink_www": "w", "gfm_autolink_protocol": ":"}
_BEFORE_COLON = ("http", "https", "mailto", "xmpp")
_BEFORE_AT = f"{ascii_letters}{digits}.+-_"
# What follows an at sign; what ends with a line or a stroke is none, nor what another sign follows.
_DOMAIN = re.compile(r"(?:[A-Za-z0-9_-]|\.(?=[A-Za-z0-9])){1,255}+(?![A-Za-z0-9@_-])")
#: Before an address: nothing, or one of these (GFM), or the end of one of these tokens.
_BEFORE_ADDRESS = " \t\r\n*_~("
_TRANSPARENT = re.compile("softbreak|hardbreak|(?:em|strong|s)_(?:open|close)")


def bound_autolinks(parser: MarkdownIt) -> None:
    """Bound the rules that ``gfm_autolink_plugin`` gave the ``parser``; replace that for mail."""
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name, sign in _RULES.items():
        parser.inline.ruler.at(name, _bounded(rules[name], sign))
    parser.inline.ruler.disable("gfm_autolink_email")
    parser.inline.ruler2.push("mail_addresses", _link_mail_addresses)


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
    return text.endswith(_BEFORE_COLON, 0, position)


def _shorten(state: StateInline) -> None:
    """Make a token of the words that wait, but for those that an address may begin in."""
    waiting = state.pending
    if len(waiting) > 2 * _REACH:
        state.pending = waiting[:-_REACH]
        state.pushPending()
        state.pending = waiting[-_REACH:]


def _link_mail_addresses(state: StateInline) -> None:
    """Make links of the addresses of mail in the words of ``state`` that are in no link yet."""
    if "@" not in state.src:
        return
    made: list[Token] = []
    inside = 0
    for is_words, group in groupby(state.tokens, lambda token: token.type.startswith("text")):
        tokens = list(group)
        if is_words and not inside:
            made += _with_links(tokens, made[-1] if made else None)
            continue
        inside += sum(_opens(token) for token in tokens)
        made += tokens
    state.tokens[:] = made


def _opens(token: Token) -> int:
    """Return 1 for the beginning of a link, -1 for its end, else 0."""
    if token.type == "html_inline":
        tag = token.content.lower()
        return bool(re.match(r"<a[\s>]", tag)) - bool(re.match(r"</a[\s>]", tag))
    return (token.type == "link_open") - (token.type == "link_close")


def _with_links(tokens: list[Token], before: Token | None) -> list[Token]:
    """Return ``tokens``, neighbouring words after ``before``, with links where addresses stand."""
    text = "".join(_searched(token) for token in tokens)
    addresses = _addresses(text, before is None or bool(_TRANSPARENT.fullmatch(before.type)))
    if not addresses:
        return tokens
    made, start = [], 0
    for first, end in addresses:
        made += [*_cut(tokens, start, first), *_link(text[first:end], tokens[0].level)]
        start = end
    return made + _cut(tokens, start, len(text))


def _searched(token: Token) -> str:
    """Return the words of ``token``; an at sign that was escaped is part of no address."""
    return token.content if token.type == "text" else token.content.replace("@", "\0")


def _addresses(text: str, is_free: bool) -> list[tuple[int, int]]:
    """Return where addresses of mail stand in ``text``; ``is_free``: one may begin with it."""
    found: list[tuple[int, int]] = []
    end, at = 0, text.find("@")
    while at >= 0:
        head = text[max(end, at - _REACH) : at]
        name = head[len(head.rstrip(_BEFORE_AT)) :]
        first = at - len(name)
        is_first = text[first - 1] in _BEFORE_ADDRESS if first else is_free
        domain = _DOMAIN.match(text, at + 1)
        if 0 < len(name) < _REACH and is_first and domain and _is_domain(domain[0]):
            end = domain.end()
            found.append((first, end))
        at = text.find("@", max(at + 1, end))
    return found


def _is_domain(name: str) -> bool:
    return "." in name and name[-1].isalnum()


def _link(address: str, level: int) -> list[Token]:
    opening = Token("link_open", "a", 1, {"href": f"mailto:{address}"}, level=level)
    words = Token("text", "", 0, content=address, level=level + 1)
    closing = Token("link_close", "a", -1, level=level)
    for token in (opening, closing):
        token.markup, token.info = "autolink", "auto"
    return [opening, words, closing]


def _cut(tokens: list[Token], first: int, end: int) -> list[Token]:
    """Return those of ``tokens`` whose words stand from ``first`` to ``end``, cut to these."""
    made, position = [], 0
    for token in tokens:
        words = token.content[max(0, first - position) : max(0, end - position)]
        position += len(token.content)
        if words:
            made.append(token if words == token.content else token.copy(content=words))
    return made
