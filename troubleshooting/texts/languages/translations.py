"""What words of one language are called in another, for texts that are written in one alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from . import FOLDER, available_languages


@cache
def translations(of: str, into: str) -> Mapping[str, tuple[str, ...]]:
    """Return the folded words of the language ``into`` by folded words of the language ``of``."""
    found: dict[str, list[str]] = {}
    for one, others in _pairs(of, into):
        found.setdefault(one, []).extend(others)
    return {one: tuple(dict.fromkeys(others)) for one, others in found.items()}


def _pairs(of: str, into: str) -> Iterator[tuple[str, list[str]]]:
    """Yield words with what they are called, by the tables of both languages."""
    for name, other in ((of, into), (into, of)):
        for language, own, theirs in _rows(name):
            if language == other:
                said, called = (own, theirs) if name == of else (theirs, own)
                yield from ((one, called) for one in said)


@cache
def _rows(name: str) -> tuple[tuple[str, list[str], list[str]], ...]:
    """Return the rows of the table of a language: another one, own words, and those of it."""
    if name not in available_languages():
        return ()
    table = FOLDER.joinpath(name, "translations.tsv")
    if not table.is_file():
        return ()
    lines = (line for line in table.read_text("utf-8").splitlines() if line[:1] not in ("", "#"))
    rows = (line.split("\t") for line in lines)
    return tuple((language, own.split(), theirs.split()) for language, own, theirs in rows)
