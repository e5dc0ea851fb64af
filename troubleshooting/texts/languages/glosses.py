"""What the commonest named errors say, in a few words of a language. Pure.

``glosses.tsv`` in the folder of a language has a name and its gloss in each line; a language may do
without. They are the project's own words, not those of the maker who named the errors.
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
def glosses(language: str) -> Mapping[str, str]:
    """Return the glosses of a language by the names of errors; empty where it has none."""
    file = FOLDER.joinpath(language, "glosses.tsv")
    if language not in available_languages() or not file.is_file():
        return {}
    lines = file.read_text("utf-8").splitlines()
    rows = (line.partition("\t") for line in lines if line and not line.startswith("#"))
    return {name: text for name, _tab, text in rows}


def gloss(name: str, language: str) -> Gloss | None:
    """Return what the error of that name says, in ``language`` or else in English."""
    own = language.split("-")[0].lower()
    for one in dict.fromkeys([own, _INSTEAD]):
        if text := glosses(one).get(name):
            return Gloss(text, one)
    return None
