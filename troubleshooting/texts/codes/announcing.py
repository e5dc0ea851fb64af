"""The words after which a number or name is an error code.

French and English ones stand here, since their patterns are intertwined; those of further languages
are plain words in the files of ``labels`` (``[codes]``).

All patterns ignore case, and accept the words without accents,
as people who type in a hurry write them.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ..languages import code_words
from .spelling import MINUS


class Label:
    """A pattern that ignores case, searched for from its triggers.

    A search that ignores case tries every character. So plain lower-case words that each match
    must begin with are looked for first, and the pattern is matched only there.
    """

    def __init__(self, triggers: str, pattern: str) -> None:
        """Compile a label.

        Args:
            triggers: the beginnings of all matches, in lower case, separated by commas.
            pattern: a regular expression.
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
    return "(?:" + "|".join(alternatives) + ")"


def _after(*words: str) -> str:
    """Give a pattern for "right after one of these words", each of a fixed width."""
    return _any(*(f"(?<={word})" for word in words))


_OF = r"d['’] ?"  # "d’erreur", "d'événement"
_SPACE = r"[^\S\n]"

# What may stand between a label and its code: a call's "()", a colon, quotes, Markdown marks,
# the end of a tag, spaces that align fields, a word such as "is" or "n°"; never a new line.
GAP = (
    rf"(?:\(\))?{_SPACE}{{0,3}}[:=#>\"'“”«*`\[(]{{0,4}}{_SPACE}{{0,20}}"
    rf"(?:(?:is|was|est|était|of|no|n°|number|num[ée]ro)\.?{_SPACE}{{1,2}})?"
    rf"[\"'“«*`>(]{{0,4}}{_SPACE}?"
)

# Labels that announce nothing but a code, so that a single digit will do.
_CODE_OWNERS = ("exit", "return", "result", "failure", "reason", "stop", "hresult", "win32")
_SURE = _any(
    r"err(?:or)?[ _-]?(?:codes?|numbers?|status|id)",
    _after("last", *(f"{owner}[ _]" for owner in ("last", "win32", "system", "windows")))
    + "errors?",
    _after(*(rf"{word} d['’]" for word in ("num[ée]ro", "n°", "[ée]tat", "statut"))) + "erreurs?",
    r"erreurs? (?:syst[èe]me|windows|win32)",
    _after(*_CODE_OWNERS, *(f"{owner}[ _-]" for owner in _CODE_OWNERS)) + "codes?",
    _after(r"\(", "with ", "with the ", "avec le ") + "code",
    rf"codes? (?:{_OF}(?:erreurs?|[ée]chec|arr[êe]t)|de (?:sortie|retour|r[ée]sultat|fin)|retour)",
    r"(?<![^\W_])(?-i:Code)(?==)",
    r"exit status",
)
# Names of variables in logs and source text.
_VARIABLE = r"errno|hresult|(?<![^\W_])(?:hr|gle|rc)(?![^\W_])"
# "Message d’erreur 1" only counts the messages.
_PLAIN = r"(?<!message d['’])(?<!messages d['’])(?:errors?|erreurs?)"


@cache
def error_label() -> Label:
    """What announces an error's code: groups ``sure``, ``variable`` or ``plain``, and ``gap``."""
    sure, plain = code_words("error_code"), code_words("error")
    return Label(
        ",".join(("err,code,exit status,hr,gle,rc", *sure, *plain)),
        rf"(?:(?P<sure>{_any(_SURE, *map(re.escape, sure))})|(?P<variable>{_VARIABLE})"
        rf"|(?P<plain>{_any(_PLAIN, *map(re.escape, plain))}))"
        rf"(?P<gap>{GAP})(?=[{MINUS}]?[0-9A-Za-z])",
    )


# "the 404 error": the number comes first; "the 404 error messages" counts.
NUMBER_FIRST = re.compile(
    r"[0-9](?<!\w.)[0-9]{2,4}(?=[^\S\n][Ee]rror(?!s|[^\S\n]\w{1,20}s(?!\w)))",
)
ARTICLES = frozenset({"a", "an", "the", "this", "code"})

_EVENT_WORD = "[ée]v[ée]nement"
_EVENT_FORMS = (
    r"event[ _-]?(?:id|code|number)s?",
    r"(?:error|warning) event",
    rf"ids? (?:(?:de l|d)['’] ?)?{_EVENT_WORD}s?",
    rf"(?:num[ée]ro|n°|code) (?:de l['’]|{_OF}){_EVENT_WORD}s?",
    rf"{_EVENT_WORD}s? (?:ids?|{_OF}erreur|(?=n°|num[ée]ro))",
)


@cache
def event_label() -> Label:
    """What announces the identifier of an event: group 1."""
    words = code_words("event")
    triggers = "even,évén,evén,éven,error event,warning event,id d,ids d,id é,id e,num,n°,code d"
    return Label(
        ",".join((triggers, *words)),
        "(?:"
        + _any(*_EVENT_FORMS, *map(re.escape, words))
        + rf"(?: qualifiers=[\"'][0-9]{{0,5}}[\"'])?{GAP}"
        # The title of the event viewer: "Event 36, Schannel".
        r"|(?<!\w)(?-i:Event) (?=[0-9]{1,5}(?:,| [–-]) (?-i:[A-Z]))"
        r"|(?<!\w)event (?=[0-9]{1,5} (?:is|was|are|were) logged)"
        r")([0-9]{1,5})(?!\w|[.:/-][0-9])",
    )


HTTP = Label(
    "http,status,response,code d",
    _any(
        r"http(?:/[0-9](?:\.[0-9])?)?"
        r"(?:[ _-]?(?:status|error|erreur|code|response|r[ée]ponse|[ée]tat|statut)s?){0,2}+",
        r"status[ _]?code",
        r"(?<!sip )response[ _]?code",
        rf"code (?:{_OF}[ée]tat|de (?:r[ée]ponse|statut))",
    )
    + rf"{GAP}([45][0-9]{{2}}(?:\.[0-9]{{1,2}})?)(?!\w|[.,:/-][0-9])",
)

HTTP_REASON = re.compile(
    r"[\s:()–-]{1,4}"
    + _any(
        "bad request|unauthorized|forbidden|not found|request timeout|too many requests",
        "internal server error|bad gateway|service unavailable|gateway time-?out",
        "non autoris[ée]|acc[èe]s (?:interdit|refus[ée])|interdit|introuvable",
    ),
    re.IGNORECASE,
)
"""The standard phrase behind an HTTP status (RFC 9110 15), which tells it from other errors."""

UNIT = re.compile(
    r"[^\S\n]?(?:%|(?:seconde?|minute|hour|heure|day|jour|time|foi|file|fichier|byte|octet|user|"
    r"utilisateur|device|appareil|item|retrie)s?(?!\w)|[kmg]?[bo](?!\w)|m?s(?!\w)|"
    r"(?:of|sur|/)[^\S\n]?[0-9])",
    re.IGNORECASE,
)
"""What makes the number before it a quantity."""

NEXT_IN_LIST = re.compile(
    r"[^\S\n]{0,2}(?:, and|, or|,|;|/|or|ou|and|et|&)[^\S\n]{1,2}([0-9]{2,5})(?![\w:/-]|\.[0-9])",
    re.IGNORECASE,
)
"""A further number after a label in the plural: ``Event IDs 10001, 4010 and 4007``."""

LABEL_WORDS = re.compile(
    r"\W{0,4}(?:(?:last|win32|windows|system|exit|return|stop|err(?:or)?|erreur|code|hr|hresult|"
    r"ndr|dsn|smtp|http|status|statut|[ée]tat|sortie|retour|n|n°|de|d|l|the|an?|le|une?)s?"
    r"(?:\(\))?[\W_]{1,4}+){0,6}+",
    re.IGNORECASE,
)
"""Words of labels and nothing else: what may stand before a code that is all of a text."""

_PLURAL = re.compile(r"s\W{0,12}$|^codes ", re.IGNORECASE)


def is_plural(label: str) -> bool:
    """Tell whether a label announces several codes (``Event IDs``)."""
    return _PLURAL.search(label) is not None


def listed_numbers(text: str, position: int) -> Iterator[tuple[int, int, int]]:
    """Yield further numbers of a list that goes on at ``position``: value, start and end."""
    while match := NEXT_IN_LIST.match(text, position):
        if int(match[1]) <= 0xFFFF:
            yield int(match[1]), *match.span(1)
        position = match.end()
