"""The terms of a glossary in a text: whole words, in the plural too."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

# The plain plurals of English and French: connectors, patches, tableaux.
_PLURAL = "(?:s|es|x)?"
# Where a link leads is no text.
_ADDRESS = re.compile(r"(?<=\])\([^()\n]*\)|https?://[^\s)>]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A term and what it is called in the other language; "" where it is not translated."""

    term: str
    translation: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermUse:
    """A place in a text, ``text[start:end]``, that names ``term``."""

    start: int
    end: int
    term: Term


class Glossary:
    """Terms of one language, found in its texts."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple({term.term: term for term in terms if term.term.strip()}.values())

    def find(self, text: str) -> list[TermUse]:
        """Return where a Markdown ``text`` names a term, in order.

        Of those that overlap the longest.
        """
        words = without_addresses(text)
        found = [
            TermUse(match.start(), match.end(), term)
            for term in self.terms
            for match in pattern(term.term).finditer(words)
        ]
        uses: list[TermUse] = []
        for use in sorted(found, key=lambda use: (use.start, -use.end)):
            if not uses or use.start >= uses[-1].end:
                uses.append(use)
        return uses


def occurs(phrase: str, text: str) -> bool:
    """Return whether a Markdown ``text`` has ``phrase`` as whole words, perhaps in the plural."""
    return pattern(phrase).search(without_addresses(text)) is not None


def without_addresses(text: str) -> str:
    """Return Markdown with spaces where an address was, so that every word keeps its place."""
    return _ADDRESS.sub(lambda match: " " * len(match[0]), text)


@lru_cache(maxsize=2048)
def pattern(phrase: str) -> re.Pattern[str]:
    """Return what finds ``phrase``.

    A name (it has a capital) as it is written, other words in any case.

    Any run of spaces stands for a space, and either apostrophe for the other.
    """
    words = (re.sub("['’]", "['’]", re.escape(word)) for word in phrase.split())
    inflected = r"[\s\u00a0\u202f]+".join(word + _PLURAL for word in words)
    is_name = phrase != phrase.lower()
    return re.compile(rf"(?<!\w){inflected}(?!\w)", 0 if is_name else re.IGNORECASE)
