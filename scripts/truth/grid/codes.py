"""How a code stands in a document of the grid."""

from __future__ import annotations

from dataclasses import dataclass

from scripts.truth.grid.words import Words

FAMILIES = (
    "hex",
    "decimal",
    "http",
    "symbol",
    "oracle",
    "cisco",
    "lettered",
    "dashed",
    "event",
    "agent",
    "exit",
)


@dataclass(frozen=True, slots=True)
class Code:
    """A code: as it stands alone, in a title, within a sentence, and the label before it."""

    name: str
    phrase: str
    named: str
    label: str

    def marked(self, mark: str) -> str:
        """Return the phrase with ``mark`` around the code, such as that of a code span."""
        return self.phrase.replace(self.name, f"{mark}{self.name}{mark}")


def code_of(family: str, number: int, words: Words) -> Code:
    """Return the code of the problem ``number`` of a document, counted from 0."""
    found = words.said["codes"][family]
    name = found["codes"][number % len(found["codes"])]
    phrase, named = (found[form].format(name) for form in ("phrase", "named"))
    return Code(name, phrase, named, found["label"])
