"""What the portal notes where people write, kept so that everybody reads it in their language.

It is kept as Django's log keeps what it says: as JSON of the English text and of the values in it.
What people wrote is kept as they wrote it, and so is what was noted before there were remarks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

#: Characters of the shortest column that holds remarks.
LONGEST = 300
_TEXT = "said"
#: The value that is a day.
_DAY = "day"
#: How a remark begins where it is stored; its text follows, up to the next double quote.
OPENING = f'{{"{_TEXT}": "'
#: Characters by which a value is cut at a time.
_CUT = 8
#: Where a value stands in a text. Whoever types what looks like a remark must not choose a width.
_PLACE = re.compile(r"%\((\w+)\)[sd]")


def remark(text: str, **values: str | int) -> str:
    """Return what is stored of ``text``, which the catalogues know and ``values`` are put into.

    The longest value is cut where the whole would be longer than a column.
    """
    said = dict(values)
    while len(stored := whole_remark(text, **said)) > LONGEST:
        longest = max(said, key=lambda name: len(str(said[name])))
        said[longest] = str(said[longest])[:-_CUT]
    return stored


def whole_remark(text: str, **values: str | int) -> str:
    """Return a remark as ``remark`` does, of which nothing is cut.

    A value may hold remarks itself: why something was refused, in what says that it was.
    """
    return json.dumps({_TEXT: text, **values}, ensure_ascii=False)


def in_words(stored: str, written_day: Callable[[date], str] = date.isoformat) -> str:
    """Return what a column holds in the language of the moment: remarks in it are said.

    ``written_day`` writes a day as its reader does: the value ``day`` of a remark, stored as in
    ISO 8601.
    """
    said, start = [], 0
    while (opening := stored.find(OPENING, start)) >= 0:
        try:
            values, end = json.JSONDecoder().raw_decode(stored, opening)
            words = _said(values, written_day)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            break  # it was cut, or somebody typed it
        said += [stored[start:opening], words]
        start = end
    return "".join([*said, stored[start:]])


def text_in_words(text: str) -> str:
    """Return what a remark of ``text`` says in the language of the moment, without its values."""
    return _PLACE.sub("", _(text) if text else "")


def _said(values: dict[str, Any], written_day: Callable[[date], str]) -> str:
    english = values[_TEXT]
    text = _(english) if english else english

    def value(place: re.Match[str]) -> str:
        said = str(values[place[1]])
        if place[1] == _DAY:
            return written_day(date.fromisoformat(said))
        return in_words(said, written_day)

    return _PLACE.sub(value, text)
