"""Messages that a text quotes: what a screen or a log shows, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement as Element

from ..codes import find_codes, parse_code
from ..languages import Labels, fold
from ..plain import last_sentence, with_plain_spaces
from ..rendering import parent_of, plain_text
from .model import SymptomItem

_QUOTED = re.compile(r"«\s*([^«»]+?)\s*»|“([^“”]+)”|\"([^\"]+)\"")
_EMPHASIS = ("strong", "em", "b", "i")
# How far before a quotation the word that announces it may stand, in characters.
REACH = 90
# So much of the text before it is kept, of which the end of a sentence may take a little away.
KEPT = 180
# Fewer characters are no message.
SHORTEST = 4


def title_messages(title: str, labels: Labels) -> list[SymptomItem]:
    """Find messages between quotation marks in a title, if a word announces them."""
    return _quoted_messages(title, labels)


def find_messages(problem: Element, labels: Labels) -> list[SymptomItem]:
    """Find the messages in a rendered problem, in order; mark the elements that hold them.

    A message is a quotation block, emphasised or quoted words that a word such as "error" or
    "message" announces in the same sentence, or an item of a list so announced.
    """
    found: list[SymptomItem] = []
    for block in problem.iter("blockquote", "p", "li"):
        if block.tag == "blockquote":
            block.set("class", "message")
            found.append(SymptomItem(plain_text(block)))
        elif not _inside_quote(block) and not _has_blocks(block):
            found += _in_line(block, labels)
    return found


def _inside_quote(element: Element) -> bool:
    return any(a.tag == "blockquote" or a.get("role") == "note" for a in element.iterancestors())


def _has_blocks(element: Element) -> bool:
    return element.tag == "li" and element.find("p") is not None


def _in_line(block: Element, labels: Labels) -> list[SymptomItem]:
    if _announced_list(block, labels):
        text = plain_text(block)
        block.set("class", "message")
        return [SymptomItem(text)] if _is_message(text) else []
    found = _emphasised(block, labels)
    return found or _quoted_messages(plain_text(block), labels)


def _announced_list(block: Element, labels: Labels) -> bool:
    item = block if block.tag == "li" else parent_of(block)
    if item.tag != "li":
        return False
    before = parent_of(item).getprevious()
    if before is None:
        return False
    lead = last_sentence(plain_text(before))
    return lead.endswith(":") and labels.says("message_lead", lead)


def _emphasised(block: Element, labels: Labels) -> list[SymptomItem]:
    found = []
    before = _near(block.text or "")
    for child in block:
        text = plain_text(child)
        named = _announced(before, labels) or labels.says("message_after", child.tail or "")
        if child.tag in _EMPHASIS and named and _is_message(text):
            child.set("class", "message")
            found.append(SymptomItem(text))
        before = _near(before + text + (child.tail or ""))
    return found


def _quoted_messages(text: str, labels: Labels) -> list[SymptomItem]:
    found = []
    for match in _QUOTED.finditer(text):
        quoted = next(group for group in match.groups() if group)
        start = match.start()
        if _announced(_near(text[:start]), labels) and _is_message(quoted):
            found.append(SymptomItem(quoted))
    return found


def announced_names(problem: Element, labels: Labels, name: re.Pattern[str]) -> Iterator[str]:
    """Yield what matches ``name`` after a word that announces a message: "the app shows X-417"."""
    for block in problem.iter("p", "li"):
        if _has_blocks(block):
            continue
        text = plain_text(block)
        for match in name.finditer(text):
            if _announced(_near(text[: match.start()]), labels):
                yield match[0]


def _near(before: str) -> str:
    """Return the end of ``before``, as far as ``_announced`` looks.

    The rest is not read again.
    """
    return before[-KEPT:]


def _announced(before: str, labels: Labels) -> bool:
    """Return whether a word that announces a message stands shortly before, in the sentence."""
    tail = fold(last_sentence(before + " …")[-REACH:])
    return labels.says("message_word", tail)


def _is_message(text: str) -> bool:
    """Return whether it is no code, no file and no lone word that only names something."""
    if parse_code(text) or re.fullmatch(r"\S+\.\w{2,4}", text):
        return False
    rest = text
    for mention in reversed(find_codes(with_plain_spaces(text))):
        rest = rest[: mention.start] + rest[mention.end :]
    return bool(re.search(r"[^\W\d_]{2,}", rest)) and len(rest.strip(" :.=")) >= SHORTEST
