"""What people write around a problem and no text is about: who, which ticket, when. Pure.

Addresses of mail, dates, times, telephone numbers and numbers of tickets are told by their form;
so are days with the name of a month, and the names of persons: two capitalised words after a word
such as "for", or what stands behind a title ("Mrs").
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache

from ...texts.codes.arriving.surroundings import is_announced
from ...texts.languages import available_languages
from ...texts.languages.searching import person_words, search_words
from ..words.folding import Word

_FORMS = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"  # an address of mail
    r"|(?<![\w.])(?:\+\d{1,3}|0\d{0,3})(?:[ .-]\d{1,4}){3,5}(?!\w)"  # a telephone number
    r"|(?<![\w./-])\d{1,4}([./-])\d{1,2}\1\d{2,4}(?![\w/-])"  # a date
    r"|(?<![\w:])\d{1,2}(?:h|:)\d{2}(?::\d{2})?(?!\w)"  # a time
    r"|(?<!\w)#?(?P<ticket>(?!KB)[A-Za-z]{2,5}-?\d{5,12})(?!\w)"  # a KB article is in texts
)
_CAPITALISED = r"[A-ZÀ-ÖØ-Þ][^\W\d_]{0,30}(?:['’-][^\W\d_]{1,30}){0,2}"


def asides(text: str) -> list[tuple[int, int]]:
    """Return where ``text`` says who, when or which ticket: starts and ends, in order."""
    found = [match.span() for match in _FORMS.finditer(text) if not _is_code(text, match)]
    found += [match.span() for match in _days().finditer(text)]
    for names in (_persons(), _titled()):
        found += [match.span("name") for match in names.finditer(text)]
    return sorted(found)


def is_aside(word: Word, places: list[tuple[int, int]]) -> bool:
    """Return whether ``word`` stands in one of the ``places``."""
    index = bisect_right(places, (word.start, 1 << 30)) - 1
    return index >= 0 and word.start < places[index][1]


def _is_code(text: str, match: re.Match[str]) -> bool:
    """Return whether what looks like a ticket number is announced as an error (ORA-12154)."""
    return bool(match["ticket"]) and is_announced(text, match.start())


@cache
def _persons() -> re.Pattern[str]:
    """Return what finds names of persons after the words of all languages that lead to one."""
    before = sorted(
        {word for name in available_languages() for word in search_words(name).before_persons}
    )
    return re.compile(
        rf"(?<!\w)(?i:{'|'.join(map(re.escape, before))})\s"
        rf"(?P<name>{_CAPITALISED}\s{_CAPITALISED}(?:\s{_CAPITALISED})?)(?!\w)"
    )


@cache
def _titled() -> re.Pattern[str]:
    """Return what finds the names behind titles: one word in any case, or a few capitalised."""
    return re.compile(
        rf"(?<![\w.])(?i:{'|'.join(person_words('titles'))})\s"
        rf"(?P<name>{_CAPITALISED}(?:\s{_CAPITALISED}){{1,2}}|[^\W\d_]{{2,30}}(?:-[^\W\d_]{{2,30}})?)(?!\w)"
    )


@cache
def _days() -> re.Pattern[str]:
    """Return what finds a day with the name of its month in any language, and a year behind it."""
    each = [day for name in available_languages() for day in search_words(name).days]
    return re.compile(
        rf"(?<![\w.,/-])(?:{'|'.join(each) or '(?!)'})"
        r"(?:,?\s(?:19|20)[0-9]{2})?(?![\w/-]|[.,][0-9])",
        re.IGNORECASE,
    )
