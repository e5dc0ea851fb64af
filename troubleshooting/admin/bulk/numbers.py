"""What a person reads where steps and parts are counted anew: sentences that name a number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ...texts.comparing.naming import naming_numbers


class NumbersNamed(NamedTuple):
    """The ``sentences`` of a text that name a number; ``is_new``: of the article that is made."""

    language: str
    is_new: bool
    sentences: list[str]


def numbers_named(texts: Iterable[tuple[str, bool, Mapping[str, str]]]) -> list[NumbersNamed]:
    """Return what names numbers in ``texts``; those that name none are left out.

    Of each: its language, whether it is one of the new article, what it says.
    """
    found = (
        NumbersNamed(language, is_new, naming_numbers(said, language))
        for language, is_new, said in texts
    )
    return [one for one in found if one.sentences]
