"""What was typed for a code -> everything that it may be and what each says of itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import override

from ..search.reading.query import QueryCode, parse
from ..texts.codes import Code, Lookup, Reading, parse_code, spellings
from ..texts.codes.decoding.wording import Decoded, decoded
from .names import NOTE_LABELS, READING_LABELS

#: Characters that are read; a code is shorter, spoken ones are the longest.
LONGEST = 400
#: Codes of one text that are taken apart, and readings of one.
_MOST = 12
_WHOLE = (Lookup.VALUE, Lookup.KEY)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a code, such as its facility."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that Windows documents; ``meaning`` says in short what it is, in ``language``."""

    name: str
    meaning: str
    language: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a typed code may be.

    ``read_as`` and ``note`` say how it was read in words; ``spellings`` are other ways to write it.
    """

    code: str
    family: str
    read_as: str
    note: str
    parts: list[Part] = field(default_factory=list)
    remark: str = ""
    names: list[KnownName] = field(default_factory=list)
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoding:
    """What was typed, and its meanings, the most plausible first; none where it is no code."""

    typed: str
    language: str
    meanings: list[Meaning] = field(default_factory=list)


def decode(text: str, language: str) -> Decoding:
    """Return what ``text`` may be as a code, in the words of ``language``. Never raises."""
    typed = text[:LONGEST].strip()
    parsed = parse(typed)
    found = _meanings([*parsed.codes, *parsed.possible])
    with override(language):
        meanings = [_meaning(code, reading, language) for code, reading in found[:_MOST]]
    return Decoding(typed, language, meanings)


def _meanings(codes: Iterable[QueryCode]) -> list[tuple[Code, Reading]]:
    """Return the whole codes that the readings stand for, each once."""
    unique: dict[str, tuple[Code, Reading]] = {}
    for typed in codes:
        for reading in typed.readings:
            code = parse_code(reading.canonical) if reading.lookup in _WHOLE else None
            if code is not None:
                unique.setdefault(code.canonical, (code, reading))
    return list(unique.values())


def _meaning(code: Code, reading: Reading, language: str) -> Meaning:
    said = decoded(code, language) or Decoded([])
    return Meaning(
        code=code.canonical,
        family=code.kind,
        read_as=str(READING_LABELS.get(reading.kind, READING_LABELS["exact"])),
        note=str(NOTE_LABELS.get(reading.note, "")),
        parts=[Part(label, value) for label, value in said.parts],
        remark=said.remark,
        names=[
            KnownName(
                one.name,
                one.gloss.text if one.gloss else "",
                one.gloss.language if one.gloss else "",
                one.values,
            )
            for one in said.names
        ],
        spellings=tuple(text for text in spellings(code) if text != code.canonical),
    )
