"""What tells articles of one title apart wherever titles are listed.

Their platforms where these differ, else the headings and the document above them, else their
numbers. One query, and only where platforms do not tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..searching.origins import HitOrigin, origins


class Namesake(NamedTuple):
    """An article as a list names it; without ``platforms`` it is about all."""

    title: str
    platforms: tuple[str, ...]


def notes_on_namesakes(
    articles: Mapping[int, Namesake], language: str, shows_platforms: bool = False
) -> dict[int, str]:
    """Return what to write beside those of ``articles`` (by key) that share their title.

    ``shows_platforms`` tells that the list shows these anyway.
    """
    notes: dict[int, str] = {}
    unclear: list[list[int]] = []
    for keys in _namesakes(articles):
        platforms = {key: _platforms(articles[key]) for key in keys}
        if len(set(platforms.values())) == len(keys):
            notes |= {} if shows_platforms else platforms
        else:
            unclear.append(keys)
    if unclear:
        known = origins([key for keys in unclear for key in keys], language)
        for keys in unclear:
            notes |= _by_place(keys, known)
    return notes


def _namesakes(articles: Mapping[int, Namesake]) -> list[list[int]]:
    of_title: dict[str, list[int]] = defaultdict(list)
    for key, article in articles.items():
        of_title[" ".join(article.title.casefold().split())].append(key)
    return [same for same in of_title.values() if len(same) > 1]


def _platforms(article: Namesake) -> str:
    return ", ".join(article.platforms) or _("All platforms")


def _by_place(keys: Sequence[int], origins: Mapping[int, HitOrigin]) -> dict[int, str]:
    """Return where each stands, without what all have in common; its number if that is the same."""
    paths = {
        key: [origins[key].document, *origins[key].path] if key in origins else [] for key in keys
    }
    levels = zip(*paths.values(), strict=False)
    shared = sum(1 for _same in takewhile(lambda names: len(set(names)) == 1, levels))
    places = {key: " › ".join(path[shared:]) for key, path in paths.items()}
    counted = list(places.values())
    return {
        key: place if place and counted.count(place) == 1 else _("No. %(number)s") % {"number": key}
        for key, place in places.items()
    }
