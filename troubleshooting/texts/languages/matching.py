"""Recognises a label whatever it looks like: bold, ``<strong>``, numbered, a word and a colon.

``**Problème :** text``, ``**Résolution #2 :**``, ``**Résolution 1**:``, ``<strong>Cause:</strong>``
and the heading ``Solution 2: restart`` are all labels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from . import PARTS, Labels, fold, joining_words, labels_for, wide_labels_for

_MARKS = ("***", "**", "__", "*", "_")
_TAG = re.compile(r"<(strong|b|em|i)>", re.IGNORECASE)
_JOINTS = re.compile(
    rf"\s*(?:,|/|&|\b(?:{'|'.join(joining_words('and'))})\b)"
    rf"\s*(?:{'|'.join(joining_words('articles'))})?"
)
LONGEST = 60
#: What a text of so many characters at most says is kept.
LONGEST_KEPT = 200
# "Symptom - The app closes": one word, then a sentence.
_DASH = re.compile(
    r"([A-ZÀ-Þ][^\W\d_]{3,20}(?: [0-9]{1,2})?)[ \u00a0][-–—][ \u00a0](?=[A-ZÀ-Þ\"«“*`0-9])"
)
# "**ERROR** - *NO_PAPER* - The tray is empty".
_AFTER = re.compile(r"[-–—][ \u00a0](?=[\w\"«“*`_])")
# What a label in bold may introduce without a colon: "**Error Message** `%LINK-3-UPDOWN: ...`".
_SPAN = re.compile(r"`[^`\n]{3,300}`\.?")
# What stands before a label without saying anything: its number, a sign, an opening bracket.
_ORNAMENT = re.compile(
    r"^(?:(?:[0-9]{1,2}|[A-H])[.)]\s+|[^\w\s\"'“”«»„(*_`<]+\s*)+(?=[^\W\d_]{2})|(?<=\w)\]$"
)
_NUMBERED = re.compile(
    rf"(?P<name>.{{0,{LONGEST}}}?)\s*(?:(?:#|n°|nº|no\.?|nr\.?)\s*)?(?P<number>\d{{1,2}})?\s*"
    r"(?:(?P<colon>:)|\s[-–—]\s|$)\s*(?P<title>.*)",
    re.DOTALL,
)

# The number or letter after the words of a label, with the sign before it.
_OWN_NUMBER = re.compile(
    r"(?<=[^\W\d_])[ \u00a0\u202f]*(?:(?:#|n°|nº|no\.?|nr\.?)[ \u00a0\u202f]*)?"
    r"\b(?P<number>\d{1,2}|[A-H])\b",
    re.IGNORECASE,
)

# A resolution that names what it is of: "Resolution for Error 1".
_REFERRING = re.compile(
    rf"(?P<name>\S.{{2,38}}?)\s+(?:{'|'.join(joining_words('for'))})\s*(?P<of>\S.{{2,38}})"
)


@dataclass(frozen=True, slots=True)
class Label:
    """A recognised label: its part (of ``PARTS``), number, own title, and the text after it.

    It is ``joined`` where it names further parts: "Cause and resolution".
    """

    part: str
    number: int | None
    title: str
    rest: str
    joined: bool = False


class _Name(NamedTuple):
    """What the words of a label say; ``colon``: one stands after them."""

    part: str
    number: int | None
    title: str
    colon: bool


def label_of(text: str, labels: Labels) -> Label | None:
    """Return the label that the inline Markdown ``text`` begins with, or None.

    Emphasised words are a label when they are all of the paragraph or its first line, when a
    sentence begins after them, or a colon follows; other words need the colon, on the first line.
    """
    inner, after, emphasised = _split(text.strip())
    found = _parse(inner, labels) if inner else None
    if found is None:
        return None
    colon, rest = found.colon, after.lstrip(" \u00a0\u202f\t")
    if rest.startswith(":"):
        colon, rest = True, rest[1:]
    if not (colon or (emphasised and _stands_alone(inner, rest))):
        dash = _AFTER.match(rest) if emphasised else None
        if dash is None:
            return None
        rest = rest[dash.end() :]
    joined = _is_joined(inner, labels)
    return Label(found.part, found.number, found.title, rest.strip(), joined)


def _stands_alone(inner: str, rest: str) -> bool:
    """Return whether what follows an emphasised label is not the rest of its sentence."""
    words = rest.strip()
    if _SPAN.fullmatch(words.split("\n", 1)[0]):
        return True
    return not words or rest.startswith("\n") or (inner[:1].isupper() and words[:1].isupper())


def heading_label(text: str, labels: Labels) -> Label | None:
    """Return the label that a heading consists of, or None. Its title is what follows the colon."""
    inner, after, emphasised = _split(text.strip())
    found = _parse(text.strip() if not emphasised or after.strip() else inner, labels)
    joined = found is not None and _is_joined(text, labels)
    return Label(found.part, found.number, found.title, "", joined) if found else None


class NumberedLabel(NamedTuple):
    """A label that says which of several it is.

    Its number stands in the text from ``digits`` to ``end``, and with all that only introduces it
    from ``start``; a letter counts as its place in the alphabet. ``is_bare``: it says nothing else.
    """

    part: str
    number: int
    start: int
    digits: int
    end: int
    is_bare: bool

    def renumbered(self, text: str, number: int | None) -> str:
        """Return ``text`` with another number, or (None) without one."""
        if number is None:
            return text[: self.start] + text[self.end :]
        is_letter = text[self.digits].isalpha()
        said = chr(ord("A") + number - 1) if is_letter else str(number)
        return text[: self.digits] + said + text[self.end :]


def numbered_label(text: str, labels: Labels, *, is_heading: bool) -> NumberedLabel | None:
    """Return the numbered label that a heading is, or a paragraph begins with, or None.

    "Resolution for Error 1" has no number of its own: it tells what it resolves.
    """
    label = heading_label(text, labels) if is_heading else label_of(text, labels)
    match = _OWN_NUMBER.search(text) if label else None
    if label is None or match is None:
        return None
    said, name = match["number"], fold(text[: match.start()]).strip("*_ ")
    if _refers(name, labels) or (said.isdigit() and int(said) != label.number):
        return None
    if said.isalpha():
        way = labels.method.fullmatch(fold(f"{name} {said}"))
        if label.number is not None or way is None or not way["number"]:
            return None
    number = int(said) if said.isdigit() else ord(said.upper()) - ord("A") + 1
    is_bare = not text[match.end("number") :].strip("*_ :.\u00a0\u202f")
    return NumberedLabel(
        label.part, number, match.start(), match.start("number"), match.end("number"), is_bare
    )


def is_section(kind: str, title: str, anchor: str, labels: Labels) -> bool:
    """Return whether a section is of that ``kind`` (``closing`` or ``procedure``).

    Its title tells, in its language; or its anchor, which keeps the words of the English
    original whatever a translator made of the title.
    """
    words = anchor.replace("-", " ").replace("_", " ")
    return bool(
        getattr(labels, kind).fullmatch(fold(title).strip(" :.?"))
        or getattr(labels_for("en"), kind).fullmatch(fold(words).strip())
    )


def _split(text: str) -> tuple[str, str, bool]:
    """Return (what may be the label, what follows, whether it is emphasised)."""
    tag = _TAG.match(text)
    if tag:
        inner, closing, after = text[tag.end() :].partition(f"</{tag[1]}>")
        return (inner.strip(), after, True) if closing else ("", "", False)
    for mark in _MARKS:
        if text.startswith(mark):
            inner, closing, after = text[len(mark) :].partition(mark)
            return (inner.strip(), after, True) if closing else ("", "", False)
    first_line = text.split("\n", 1)[0][: LONGEST + 1]
    if dash := _DASH.match(first_line):
        return (f"{dash[1]}:", text[dash.end() :], False)
    name, colon, _ = first_line.partition(":")
    return (name + colon, text[len(name) + 1 :], False) if colon else ("", "", False)


def _parse(inner: str, labels: Labels) -> _Name | None:
    # The same headings and beginnings of lines are asked for again and again.
    own = (wide_labels_for if labels.wide else labels_for)(labels.language)
    if len(inner) > LONGEST_KEPT or labels is not own:
        return _parse_now(inner, labels)
    return _parse_short(inner, labels.language, labels.wide)


@lru_cache(maxsize=512)
def _parse_short(inner: str, language: str, wide: bool) -> _Name | None:
    return _parse_now(inner, (wide_labels_for if wide else labels_for)(language))


def _parse_now(inner: str, labels: Labels) -> _Name | None:
    inner = _ORNAMENT.sub("", inner)
    match = _NUMBERED.fullmatch(fold(inner).replace("\n", " "))
    if not match:
        return None
    part = _part(match["name"].strip(), labels)
    if part is None and match["number"] and _refers(match["name"].strip(), labels):
        part = "resolution"
    if part is None:
        return _method(inner, labels)
    title = inner[match.start("title") :].strip(" :\u00a0\u202f") if match["title"] else ""
    number = int(match["number"]) if match["number"] else None
    return _Name(part, number, title, bool(match["colon"]))


def _part(name: str, labels: Labels) -> str | None:
    """Return the part that a name says; of several joined by "and" the first."""
    names = [name, *_JOINTS.split(name)] if _JOINTS.search(name) else [name]
    parts = [next((p for p in PARTS if labels.parts[p].fullmatch(each)), None) for each in names]
    return parts[0] or (parts[1] if len(parts) > 1 and all(parts[1:]) else None)


def _refers(name: str, labels: Labels) -> bool:
    """Return whether words say that something is the resolution of what is counted."""
    match = _REFERRING.fullmatch(name)
    if match is None or _part(match["name"], labels) != "resolution":
        return False
    return _part(match["of"].strip(), labels) in ("problem", "message", "cause")


def _is_joined(text: str, labels: Labels) -> bool:
    name = fold(text).strip("*_ :.")
    return bool(_JOINTS.search(name)) and _part(name, labels) in ("problem", "cause")


def _method(inner: str, labels: Labels) -> _Name | None:
    """Return a way out that has a number or a letter: ``Option 2: restart``, ``Approach B``."""
    folded = fold(inner).strip(" :\u00a0\u202f")
    match = labels.method.fullmatch(folded)
    if not match or not match["number"]:
        return None
    group = "when" if match["when"] else "title"
    title = (
        inner[match.start(group) : match.end(group)].strip(" :\u00a0\u202f") if match[group] else ""
    )
    if not match["number"].isdigit():
        title, number = inner.strip(" :\u00a0\u202f"), None
    else:
        number = int(match["number"])
    return _Name("resolution", number, title, inner.rstrip().endswith(":"))
