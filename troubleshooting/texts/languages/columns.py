"""What the header of a table's column says, in whatever order its words stand."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..sections import SECTIONS

# A header of several kinds is the first of these: what names a row goes before what is told of it.
_KINDS = ("message", "code", "name", "platform", *SECTIONS)
_TOKEN = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
#: A longer header is a sentence.
LONGEST = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The nouns of each kind, the words that may stand beside them, and which noun decides.

    The kinds are those of ``COLUMNS``, and ``name`` for what may be the name of a code.
    """

    nouns: Mapping[str, re.Pattern[str]]
    qualifiers: re.Pattern[str]
    subject: re.Pattern[str]
    code_name: re.Pattern[str]
    joints: re.Pattern[str]
    first: bool

    def kind(self, header: str, *, loosely: bool) -> str | None:
        """Return the kind of a header, or None where it holds a word that is not known."""
        kinds = [self._of_part(part, loosely) for part in self.joints.split(header) if part]
        known = [kind for kind in kinds if kind]
        if not known or (len(known) < len(kinds) and not loosely):
            return None
        return next(kind for kind in _KINDS if kind in known)

    def is_subject(self, header: str) -> bool:
        """Return whether the header says that each row is a problem."""
        return self.subject.fullmatch(header) is not None

    def names_codes(self, title: str) -> str:
        """Return the word of a title that says what its numbers are: ``events``, or ""."""
        words = _TOKEN.findall(title.lower())
        return next((word for word in words if self.code_name.fullmatch(word)), "")

    def _of_part(self, part: str, loosely: bool) -> str | None:
        whole = next((k for k, nouns in self.nouns.items() if nouns.fullmatch(part)), None)
        words = _TOKEN.findall(part.partition(" of ")[0])
        if whole or len(words) > LONGEST:
            return whole
        found = [self._of_word(word) for word in words]
        kinds = [kind for kind in found if kind]
        strange = any(
            not kind and not self.qualifiers.fullmatch(word)
            for kind, word in zip(found, words, strict=True)
        )
        sure = loosely or self._is_error_code(words, found)
        if not kinds or (strange and not sure):
            return None
        kind = kinds[0 if self.first else -1]
        named = kind == "name" and any(self.code_name.fullmatch(word) for word in words)
        return "code" if named else kind

    def _is_error_code(self, words: list[str], kinds: list[str | None]) -> bool:
        """Return whether words say "error code", whatever stands beside: "Upload error code"."""
        head, others = (0, words[1:]) if self.first else (-1, words[:-1])
        return bool(others) and kinds[head] == "code" and any(map(self.code_name.fullmatch, others))

    def _of_word(self, word: str) -> str | None:
        return next((kind for kind in _KINDS if self.nouns[kind].fullmatch(word)), None)


def words_of(data: Mapping[str, Any], joining: Sequence[str]) -> Words:
    """Return the words of a language's table ``[column_words]``, which may be missing.

    ``joining`` are the words between parts of a header, of every language.
    """
    return Words(
        nouns={kind: _any(data.get(kind, [])) for kind in _KINDS},
        qualifiers=_any(data.get("qualifiers", [])),
        subject=_any(data.get("subject", [])),
        code_name=_any(data.get("named", [])),
        joints=re.compile(rf"\s*(?:/|,|&|\b(?:{'|'.join(joining)})\b)\s*"),
        first=data.get("head") == "first",
    )


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)", re.IGNORECASE)
