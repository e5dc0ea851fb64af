"""A family of error codes: one record says all that the portal knows of codes of its kind.

To add a family is to add a module with such a record below ``families/`` and a row to
``families.FAMILIES``; finding, reading, the index, the filters and the pages iterate over the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .model import Code, CodeMention
from .reading import Reading

#: A text -> the codes of the family in it, in order.
Finder = Callable[[str], Iterator[CodeMention]]


def gettext_noop(text: str) -> str:
    """Mark a text for the message catalogues; who shows it translates it."""
    return text


def no_codes(text: str) -> Iterator[CodeMention]:
    """Find nothing: for families whose codes only a word before them makes one."""
    return iter(())


def no_codes_behind(text: str, first: CodeMention) -> Iterator[CodeMention]:
    """Find nothing more: for families whose codes are not listed behind an announced one."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Family:
    """What the portal knows of one kind of code.

    ``kind``: the name in the database, at most 12 characters. ``label``: what readers call the
    codes of the family, a message of the catalogue. ``reading``: what readers call one of them
    where a query was read as it, likewise. ``parse``: a whole text, without quotes and marks around
    it, to its code. ``find``: the codes that a text names by their form or by words of their own.
    ``announced``: what stands right after a word for an error, as the code that it then is; given
    the text and the match of the word (see ``announcing.ERROR``). ``listed``: the further codes of
    a list that begins with an announced one. ``read``: every way to understand a typed token
    without a label, the most plausible first; None where only a label makes a code. ``spellings``:
    further useful spellings of a code, beside the canonical one. ``is_number``: the ``value`` of a
    code is the code, so that 0xAB2 and 2738 are the same. ``is_name``: codes are looked up as words
    of a query, in any letter case. ``stands_out``: a bare code is one even among words of a query.
    ``in_title``: the further codes that a title or heading names, where they are in no other text.
    ``names``: folded words that announce a code in every language, such as ``hresult``.
    ``misread``: letters that look like digits are read as such in a typed code, where it is known.
    ``by_column``: a bare number below a heading that names the family is one of its codes.
    ``public_form``: canonical spellings that hold nothing personal whatever was typed, so that a
    history of searches may keep them.
    """

    kind: str
    label: str
    reading: str
    parse: Callable[[str], Code | None]
    find: Finder = no_codes
    announced: Callable[[str, re.Match[str]], CodeMention | None] | None = None
    listed: Callable[[str, CodeMention], Iterator[CodeMention]] = no_codes_behind
    read: Callable[[str], list[Reading]] | None = None
    spellings: Callable[[Code], list[str]] = lambda code: []
    is_number: bool = False
    is_name: bool = False
    stands_out: bool = True
    in_title: Finder = no_codes
    names: tuple[str, ...] = ()
    misread: bool = False
    by_column: bool = False
    public_form: str = r"(?!)"


def mention(text: str, code: Code, start: int, end: int) -> CodeMention:
    """Make the mention of ``code`` at ``text[start:end]``."""
    return CodeMention(code, text[start:end], start, end)


def exact_reading(code: Code) -> Reading:
    """Read a token as nothing but ``code``, looked up by its canonical spelling."""
    return Reading(code.kind, code.value, code.canonical, "as_typed")
