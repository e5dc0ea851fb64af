"""What a pasted text holds -> why each article is shown, and where in the text that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..codes.answers import Answer, citations
from ..context import Context
from ..engines.statements import Step
from ..fulltext.hits import ChosenEntry
from ..reading.query import QueryCode
from ..result import Evidence
from .codes import LogCodes
from .evidence import FoundMessage, code_evidence, message_evidence
from .mentions import Lines

#: Places of evidence that are returned.
_EVIDENCE = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an entry is shown: the place, what stands there, and how much that counts."""

    found: ChosenEntry
    start: int
    value: str
    worth: float


def evidence(
    lines: Lines, codes: LogCodes, messages: Sequence[FoundMessage], answers: Sequence[Answer]
) -> list[Evidence]:
    """All places, in the order of the text; a code is known in whatever spelling it stands.

    A code of which the reader took out every reading is no evidence of anything.
    """
    code_at = {mention.start: mention.code for mention in codes.mentions}
    known = {code_at[answer.code.start] for answer in answers if answer.used}
    removed = codes.removed()
    places = [
        code_evidence(lines, one, one.code in known)
        for one in codes.mentions
        if one.code not in removed
    ]
    places += [message_evidence(lines, one) for one in messages]
    places.sort(key=lambda one: (one.start, -one.end))
    return list(dict.fromkeys(places))[:_EVIDENCE]


def by_code(context: Context, lines: Lines, answers: Sequence[Answer]) -> Step[list[Reason]]:
    """The entries that cite the codes; each code counts where it first stands."""
    places: dict[str, QueryCode] = {}
    for answer in answers:
        for known in answer.known if answer.used else ():
            places.setdefault(known.canonical, answer.code)
    cited = yield from citations(context, places)
    reasons = []
    for one in cited:
        code = places[one.canonical]
        why = _why(lines.of(code.start), code.spelling)
        found = ChosenEntry(*one.place, "code", why, 0.0)
        reasons.append(Reason(found, code.start, one.canonical, 2.0))
    return reasons


def by_message(lines: Lines, messages: Sequence[FoundMessage]) -> list[Reason]:
    """The entries that quote the messages."""
    reasons = []
    for m in messages:
        why = _why(lines.of(m.start), m.text)
        found = ChosenEntry(m.entry, m.article, m.language, m.facets, "message", why, 0.0)
        reasons.append(Reason(found, m.start, m.text, 1.0 + m.share))
    return reasons


def _why(line: int, value: str) -> str:
    return _("line %(line)d: %(value)s") % {"line": line, "value": value}
