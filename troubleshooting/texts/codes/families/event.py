"""Identifiers of events in a log: ``Event 36``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...languages import code_words, joining_words
from .. import announcing
from ..family import Family, gettext_noop
from ..model import Code, CodeMention

KIND = "event"
# "Event 7000 or 7041": a long number at once, not "Event 7000 and 2 others".
_ALTERNATIVE = re.compile(
    rf"(?:,| \(?(?:{'|'.join(joining_words('and', 'or'))})) [0-9]{{3,5}}(?![\w:/-]|\.[0-9])"
)
_WHOLE = re.compile(rf"(?:{'|'.join(code_words('event_name'))}) ?([0-9]{{1,5}})", re.IGNORECASE)


def event_code(number: int) -> Code:
    """Make an event code from its identifier."""
    return Code(KIND, f"Event {number}", number)


def _find(text: str) -> Iterator[CodeMention]:
    """Yield event identifiers (1 to 65535) after a word for an event."""
    for match in announcing.EVENT.finditer(text):
        if 1 <= int(match[1]) <= 0xFFFF:
            yield CodeMention(event_code(int(match[1])), match[0], match.start(), match.end())
        several = announcing.is_plural(text[match.start() : match.start(1)])
        if several or _ALTERNATIVE.match(text, match.end()):
            for number, start, end in announcing.listed_numbers(text, match.end()):
                yield CodeMention(event_code(number), text[start:end], start, end)


def _parse(text: str) -> Code | None:
    match = _WHOLE.fullmatch(text)
    return event_code(int(match[1])) if match and 1 <= int(match[1]) <= 0xFFFF else None


EVENT = Family(
    kind=KIND,
    label=gettext_noop("Event IDs"),
    reading=gettext_noop("event ID"),
    parse=_parse,
    find=_find,
    by_column=True,
    spellings=lambda code: [f"{name} {code.value}" for name in code_words("event_label")],
)
