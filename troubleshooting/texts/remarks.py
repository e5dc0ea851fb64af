"""What the portal notes where people write, kept so that everybody reads it in their language.

It is kept as Django's log keeps what it says: as JSON of the English text and of the values in it.
What people wrote is kept as they wrote it, and so is what was noted before there were remarks.
"""

from __future__ import annotations

import json
import re

from django.utils.translation import gettext as _

#: Characters of the shortest column that holds remarks.
LONGEST = 300
_TEXT = "said"
_OPENING = f'{{"{_TEXT}": '
#: Characters by which a value is cut at a time.
_CUT = 8
#: Where a value stands in a text. Whoever types what looks like a remark must not choose a width.
_PLACE = re.compile(r"%\((\w+)\)[sd]")


def remark(text: str, **values: str | int) -> str:
    """Return what is stored of ``text``, which the catalogues know and ``values`` are put into.

    The longest value is cut where the whole would be longer than a column.
    """
    said = dict(values)
    while len(stored := json.dumps({_TEXT: text, **said}, ensure_ascii=False)) > LONGEST:
        longest = max(said, key=lambda name: len(str(said[name])))
        said[longest] = str(said[longest])[:-_CUT]
    return stored


def in_words(stored: str) -> str:
    """Return what a column holds in the language of the moment: a remark in it is said."""
    before, opening, _rest = stored.partition(_OPENING)
    if not opening:
        return stored
    try:
        values, end = json.JSONDecoder().raw_decode(stored, len(before))
        english = values.pop(_TEXT)
        text = _(english) if english else english
        said = _PLACE.sub(lambda place: str(values[place[1]]), text)
    except (ValueError, KeyError, TypeError, AttributeError):
        return stored  # it was cut, or somebody typed it
    return f"{before}{said}{stored[end:]}"
