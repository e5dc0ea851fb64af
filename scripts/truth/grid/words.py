"""What the documents of the grid say in each language, from the files beside this module."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr", "de")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem with all that pages say of it; ``reason`` is ``cause`` as a sentence.

    ``noun`` and ``other`` name it in other words, ``raw`` is what a program writes of it.
    """

    statement: str
    question: str
    how: str
    noun: str
    raw: str
    other: str
    message: str
    cause: str
    reason: str
    way: str
    fix: str
    steps: list[str]
    command: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language: ``labels`` by their group, ``said`` its sentences."""

    said: dict[str, Any]
    problems: tuple[Problem, ...]

    def __getitem__(self, name: str) -> str:
        """Return the sentence or label ``name``; a label is ``group.name``."""
        found = self.said
        for part in name.split("."):
            found = found[part]
        return str(found)

    def labelled(self, label: str) -> str:
        """Return ``label`` with the colon of the language."""
        return label + self["colon"]


@cache
def words_of(language: str) -> Words:
    """Return the words of ``language``."""
    path = Path(__file__).with_name(f"{language}.toml")
    said = tomllib.loads(path.read_text("utf-8"))
    return Words(said, tuple(Problem(**each) for each in said.pop("problems")))


def clause(sentence: str) -> str:
    """Return ``sentence`` as the end of another."""
    return sentence[0].lower() + sentence[1:]
