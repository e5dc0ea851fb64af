"""The words after which a number or name is an error code.

The words are those of the languages (``[codes]`` of their folders); here they become patterns. All
ignore case, and accept the words without accents, as people who type in a hurry write them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from ..languages import code_words, joining_words
from .spelling import MINUS


class CodeWord:
    """A pattern that ignores case, searched for from its triggers.

    A search that ignores case tries every character. So plain lower-case words that each match
    must begin with are looked for first, and the pattern is matched only there.
    """

    def __init__(self, triggers: str, pattern: str) -> None:
        """Compile a label.

        ``triggers``: the beginnings of all matches, in lower case, separated by commas.
        ``pattern``: a regular expression.
        """
        self._trigger = re.compile("|".join(re.escape(word) for word in triggers.split(",")))
        self.pattern = re.compile(pattern, re.IGNORECASE)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches in a text, without overlaps."""
        end = 0
        for trigger in self._trigger.finditer(_lower(text)):
            start = trigger.start()
            if start >= end and (match := self.pattern.match(text, start)):
                yield match
                end = match.end()


@lru_cache(maxsize=1)  # one label after the other looks at the same text
def _lower(text: str) -> str:
    """Lower the letters without moving them (only a dotted capital I would become two)."""
    return text.replace("\u0130", "i").lower()


def _any(*alternatives: str) -> str:
    return "(?:" + ("|".join(alternatives) or "(?!)") + ")"


def _words(kind: str) -> str:
    return _any(*code_words(kind))


def _triggers(kind: str, *others: str) -> str:
    return ",".join([*others, *code_words(kind)])


_SPACE = r"[^\S\n]"

# What may stand between a label and its code: a call's "()", a colon, quotes, Markdown marks,
# the end of a tag, spaces that align fields, a word such as "is" or "n°"; never a new line.
GAP = (
    rf"(?:\(\))?{_SPACE}{{0,3}}[:=#>\"'“”„«*`\[(]{{0,4}}{_SPACE}{{0,20}}"
    rf"(?:{_words('fillers')}\.?{_SPACE}{{1,2}})?"
    rf"[\"'“„«*`>(]{{0,4}}{_SPACE}?"
)

# Names of variables in logs and source text.
_VARIABLE = r"errno|hresult|(?<![^\W_])(?:hr|gle|rc|ec(?==))(?![^\W_])"

ERROR = CodeWord(
    _triggers("triggers", "err", "hr", "gle", "rc", "ec="),
    rf"(?:(?P<sure>{_words('error_code')})|(?P<variable>{_VARIABLE})|(?P<plain>{_words('error')}))"
    rf"(?P<gap>{GAP})(?=[{MINUS}]?[0-9A-Za-z])",
)
"""What announces an error's code: groups ``sure``, ``variable`` or ``plain``, and ``gap``."""

ERROR_WORD = re.compile(_words("error"), re.IGNORECASE)
"""A word for an error, wherever it stands."""

NUMBER_FIRST = re.compile(rf"[0-9](?<!\w.)[0-9]{{2,4}}(?=(?:[^\S\n]|-){_words('number_first')})")
"""The number of "the 404 error" and "der 404-Fehler"; "the 404 error messages" counts."""
NAME_FIRST = re.compile(rf"[^\S\n]{_words('name_first')}")
"""What follows the name of an error: "the QuotaExceeded error"."""
NUMBER_ARTICLES = frozenset(code_words("number_articles"))
"""What stands before such a number."""

EVENT = CodeWord(
    _triggers("event_triggers"),
    "(?:"
    + _words("event")
    + rf"(?: qualifiers=[\"'][0-9]{{0,5}}[\"'])?{GAP}"
    + rf"|{_words('event_number')})([0-9]{{1,5}})(?!\w|[.:/-][0-9])",
)
"""What announces the identifier of an event: group 1."""

HTTP = CodeWord(
    _triggers("http_triggers", "http"),
    _any(
        rf"http(?:/[0-9](?:\.[0-9])?)?(?:[ _-]?{_words('http_words')}s?){{0,2}}+",
        *code_words("http"),
    )
    + rf"{GAP}([45][0-9]{{2}}(?:\.[0-9]{{1,2}})?)(?!\w|[.,:/-][0-9])",
)
"""What announces an HTTP error status: group 1."""

HTTP_REASON = re.compile(r"[\s:()–-]{1,4}" + _words("http_reasons"), re.IGNORECASE)
"""The standard phrase behind an HTTP status (RFC 9110 15), which tells it from other errors."""

REASON_LAST = re.compile(_words("http_reasons") + r"[\s\"'”’»*`]{0,4}$", re.IGNORECASE)
"""The same where a text ends with it: "Bad Request" before "(400)"."""

UNIT = re.compile(
    rf"[^\S\n]?(?:%|{_words('units')}s?(?!\w)|[kmg]?[bo](?!\w)|m?s(?![\w'’])|"
    rf"(?:{_words('of')}|/)[^\S\n]?[0-9])",
    re.IGNORECASE,
)
"""What makes the number before it a quantity."""

AND_OR = (
    rf"[^\S\n]{{0,2}}(?:,? ?\(?{_any(*joining_words('and', 'or'))}(?!\w)|,|;|/|&)"
    r"[^\S\n]{1,2}"
)
"""What stands between two of a list."""

NEXT_IN_LIST = re.compile(
    AND_OR + r"([0-9]{2,5})(?![\w:/-]|\.[0-9])",
    re.IGNORECASE,
)
"""A further number after a label in the plural: ``Event IDs 10001, 4010 and 4007``."""

LABEL_WORDS = re.compile(
    rf"\W{{0,4}}(?:(?:{_words('label_words')}|hr|hresult|ndr|dsn|smtp|http|n)s?"
    r"(?:\(\))?[\W_]{1,4}+){0,6}+",
    re.IGNORECASE,
)
"""Words of labels and nothing else: what may stand before a code that is all of a text."""

_PLURAL = re.compile(r"s\W{0,12}$|^codes ", re.IGNORECASE)


def is_plural(label: str) -> bool:
    """Return whether a label announces several codes (``Event IDs``)."""
    return _PLURAL.search(label) is not None


def listed_numbers(text: str, position: int) -> Iterator[tuple[int, int, int]]:
    """Yield further numbers of a list that goes on at ``position``: value, start and end."""
    while match := NEXT_IN_LIST.match(text, position):
        if int(match[1]) <= 0xFFFF:
            yield int(match[1]), *match.span(1)
        position = match.end()
