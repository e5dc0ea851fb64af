"""A document of the grid."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from scripts.truth.grid.pairwise import Row
from scripts.truth.scoring import Expected


@dataclass(frozen=True, slots=True)
class Page:
    """A document: ``row`` are its values, ``expected`` what an editor would make of it."""

    kind: str
    language: str
    row: Row
    text: str
    expected: tuple[Expected, ...]

    @property
    def name(self) -> str:
        """Return its values in words."""
        return ", ".join(f"{key}={value}" for key, value in sorted(self.row.items()))

    @property
    def half(self) -> str:
        """Return the half it is in, by its values alone, so that it stays there."""
        digest = sha256(f"{self.kind} {self.language} {self.name}".encode()).digest()
        return ("guide", "report")[digest[0] % 2]
