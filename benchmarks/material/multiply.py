"""Sections -> as many articles as wanted, by recombining titles and paragraphs, fixed seed."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from .corpus import Piece, Section


@dataclass(frozen=True, slots=True)
class Unit:
    """A title or paragraph in all its languages; ``number`` is its identity."""

    number: int
    texts: dict[str, Piece]


@dataclass(frozen=True, slots=True)
class BenchArticle:
    """An article of the benchmark; its languages are those that all its units have."""

    number: int
    languages: tuple[str, ...]
    title: Unit
    paragraphs: tuple[Unit, ...]

    @property
    def units(self) -> tuple[Unit, ...]:
        """Return the title and the paragraphs."""
        return (self.title, *self.paragraphs)


def multiply(sections: list[Section], size: int, seed: int) -> list[BenchArticle]:
    """Return the sections themselves, then recombinations of them, up to ``size`` articles."""
    base = list(_articles(sections))
    chance = random.Random(seed)
    if size <= len(base):
        return base[:size]
    groups: dict[tuple[str, ...], list[BenchArticle]] = defaultdict(list)
    for article in base:
        groups[article.languages].append(article)
    made = list(base)
    while len(made) < size:
        group = groups[chance.choice(base).languages]
        title = chance.choice(group).title
        donors = chance.sample(group, min(len(group), chance.randint(2, 5)))
        paragraphs = tuple(chance.choice(donor.paragraphs) for donor in donors)
        made.append(BenchArticle(len(made) + 1, group[0].languages, title, paragraphs))
    return made


def _articles(sections: list[Section]) -> Iterator[BenchArticle]:
    units = 0
    number = 0
    for section in sections:
        languages = tuple(sorted(section.titles))
        lists = [section.paragraphs[language] for language in languages]
        if len({len(listed) for listed in lists}) == 1:
            rows = list(zip(*lists, strict=True))
        else:  # not parallel: the texts stay together as one paragraph
            rows = [tuple(_joined(listed) for listed in lists)]
        title = Unit(units, section.titles)
        made = [
            Unit(units + place, dict(zip(languages, row, strict=True)))
            for place, row in enumerate(rows, start=1)
        ]
        units += 1 + len(made)
        if made:
            number += 1
            yield BenchArticle(number, languages, title, tuple(made))


def _joined(pieces: list[Piece]) -> Piece:
    return Piece(
        "\n".join(piece.text for piece in pieces),
        tuple(message for piece in pieces for message in piece.messages),
        tuple(dict.fromkeys(code for piece in pieces for code in piece.codes)),
    )
