"""What a translation leaves out: rows of the source that say something and have nothing here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..sections import NOTE, TEXTS
from .rows import UnitPair, rows_of
from .terms import Glossary

#: A note is for the editors of its language: nobody has to translate it.
TRANSLATED = tuple(name for name in TEXTS if name != NOTE)


@dataclass(frozen=True, slots=True)
class Omission:
    """A row of ``section``, counted from 1, that says ``source`` and has no translation."""

    section: str
    number: int
    source: str

    @property
    def key(self) -> str:
        """Return what names the row where somebody says that it stays empty."""
        return f"{self.section}-{self.number}"


def omissions_in(name: str, rows: Iterable[UnitPair]) -> list[Omission]:
    """Return what is left out in the ``rows`` of the section ``name``, in their order."""
    if name not in TRANSLATED:
        return []
    counted = enumerate(rows, 1)
    return [Omission(name, number, row.source) for number, row in counted if row.is_left_out]


def omissions(source: Mapping[str, str], translation: Mapping[str, str]) -> list[Omission]:
    """Return what ``translation`` leaves out of ``source``, texts by name, in their order."""
    terms = Glossary(())
    found = []
    for name in TRANSLATED:
        said = source[name]
        rows = rows_of(said, said, translation[name], terms, is_line=name == "title")
        found += omissions_in(name, rows)
    return found
