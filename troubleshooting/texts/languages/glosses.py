"""What the commonest named errors, and the facilities of codes, say in a few words. Pure.

``glosses.tsv`` (of errors) and ``facilities.tsv`` in the folder of a language have a name and its
gloss in each line; a language may do without. They are the project's own words, not those of the
maker who named the errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from . import FOLDER, available_languages

_INSTEAD = "en"


class Gloss(NamedTuple):
    """A sentence that says what an error is, and the language that it is in."""

    text: str
    language: str


@cache
def glosses(language: str, file: str = "glosses.tsv") -> Mapping[str, str]:
    """Return the glosses of a language by the names that they explain; empty where it has none."""
    place = FOLDER.joinpath(language, file)
    if language not in available_languages() or not place.is_file():
        return {}
    lines = place.read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {name: text for name, _tab, text in rows}


def gloss(name: str, language: str) -> Gloss | None:
    """Return what the error of that name says, in ``language`` or else in English."""
    for one in dict.fromkeys([_base(language), _INSTEAD]):
        if text := glosses(one).get(name):
            return Gloss(text, one)
    return None


def facility_gloss(name: str, language: str) -> str:
    """Return which part of Windows a facility is, in that language; empty if it does not say."""
    return glosses(_base(language), "facilities.tsv").get(name, "")


def _base(language: str) -> str:
    return language.split("-")[0].lower()
