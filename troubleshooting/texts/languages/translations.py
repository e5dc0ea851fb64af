"""What words of one language are called in another, for texts that are written in one alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from . import FOLDER, available_languages
from .searching import TYPED_ONLY, as_typed, search_words


@cache
def translations(of: str, into: str) -> Mapping[str, tuple[str, ...]]:
    """Return the folded words of the language ``into`` by folded words of the language ``of``.

    Those of ``of`` may be expressions of several words, with spaces between.
    """
    found: dict[str, list[str]] = {}
    elided = search_words(of).elided_words
    for one, others in _pairs(of, into):
        called = (word for other in others if (word := _looked_for(other, into)))
        found.setdefault(as_typed(one, elided), []).extend(called)
    return {one: tuple(dict.fromkeys(others)) for one, others in found.items()}


def _pairs(of: str, into: str) -> Iterator[tuple[str, list[str]]]:
    """Yield words with what they are called, by the tables of both languages, as listed."""
    for name, other in ((of, into), (into, of)):
        for language, own, theirs in _rows(name):
            if language == other:
                said, called = (own, theirs) if name == of else (theirs, own)
                yield from ((one, called) for one in said)


def _looked_for(listed: str, language: str) -> str:
    """Return the word by which texts of ``language`` are searched for what is listed, or nothing.

    Of several words it is the last that is no stop word.
    """
    if listed.startswith(TYPED_ONLY):
        return ""
    words = search_words(language)
    said = as_typed(listed, words.elided_words).split()
    return next((one for one in reversed(said) if one not in words.stop_words), "")


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
