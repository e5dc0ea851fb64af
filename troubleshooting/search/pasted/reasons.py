"""What a pasted text holds -> why each article is shown, and where in the text that stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..codes.answers import CodeAnswer, citations
from ..context import SearchContext
from ..engines.statements import Step
from ..fulltext.hits import ChosenEntry
from ..reading.query import QueryCode
from ..result import Evidence, PastedPlace
from .codes import LogCodes
from .evidence import FoundMessage, code_evidence, message_evidence
from .mentions import LineNumbers
from .prominence import OLDER, Prominence

#: Places of evidence that are returned.
_EVIDENCE = 500
#: Places of one code, the last ones, that are compared.
_PLACES = 50
#: Places that a hit names, and lines of one code: the first, and the last ones.
_SAID = 3
_LINES = 5
#: What it counts that an article is about a code or message, and does not only cite it.
_ABOUT = 0.5


@dataclass(frozen=True, slots=True)
class HitReason:
    """Why an entry is shown: the place, what stands there, and how much that counts.

    ``lines`` are those in which it stands; ``entry`` says whether it is about it.
    """

    entry: ChosenEntry
    start: int
    value: str
    worth: float
    lines: tuple[int, ...]


def evidence(
    lines: LineNumbers,
    codes: LogCodes,
    messages: Sequence[FoundMessage],
    answers: Sequence[CodeAnswer],
) -> list[Evidence]:
    """Return all places, in the order of the text; a code is known in whatever spelling it stands.

    A code of which the reader took out every reading is no evidence of anything, nor is a single
    digit that the base does not know (``"rc": 1``).
    """
    code_at = {mention.start: mention.code for mention in codes.mentions}
    known = {code_at[answer.code.start] for answer in answers if answer.used}
    removed = codes.removed()
    places = [
        code_evidence(lines, one, one.code in known)
        for one in codes.mentions
        if one.code not in removed and (one.code in known or len(one.spelling) > 1)
    ]
    places += [message_evidence(lines, one) for one in messages]
    places.sort(key=lambda one: (one.start, -one.end))
    return list(dict.fromkeys(places))[:_EVIDENCE]


def by_code(
    context: SearchContext, lines: LineNumbers, codes: LogCodes, answers: Sequence[CodeAnswer]
) -> Step[list[HitReason]]:
    """Return the entries that cite the codes; each code counts where it is most prominent."""
    code_at = {mention.start: mention.code for mention in codes.mentions}
    starts = codes.places()
    places: dict[str, QueryCode] = {}
    worth: dict[str, float] = {}
    older: dict[str, bool] = {}
    prominence = Prominence(codes.text)
    for answer in answers:
        everywhere = starts[code_at[answer.code.start]]
        compared = everywhere[-_PLACES:]
        most = max(map(prominence.of, compared))
        is_older = prominence.is_older(everywhere[0]) and all(map(prominence.is_older, compared))
        for known in answer.known_codes if answer.used else ():
            places.setdefault(known.canonical, answer.code)
            worth[known.canonical] = max(most, worth.get(known.canonical, 0.0))
            older[known.canonical] = is_older and older.get(known.canonical, True)
    cited = yield from citations(context, places)
    reasons = []
    for one in cited:
        code = places[one.canonical]
        why = _why(lines.of(code.start), code.spelling)
        found = ChosenEntry(*one.place, "code", why, 0.0, defines=bool(one.defines))
        counts = (2.0 + (_ABOUT if one.defines else 0.0)) * (OLDER if older[one.canonical] else 1.0)
        counts += worth[one.canonical]
        held = _lines(lines, starts[code_at[code.start]])
        reasons.append(HitReason(found, code.start, one.canonical, counts, held))
    return reasons


def by_message(text: str, lines: LineNumbers, messages: Sequence[FoundMessage]) -> list[HitReason]:
    """Return the entries that quote the messages."""
    reasons = []
    prominence = Prominence(text)
    for m in messages:
        why = _why(lines.of(m.start), m.text)
        found = ChosenEntry(m.entry, m.article, m.language, m.facets, "message", why, 0.0)
        counts = 1.0 + m.share + (_ABOUT if m.is_title else 0.0)
        counts *= OLDER if prominence.is_older(m.start) else 1.0
        said = counts + prominence.of(m.start)
        reasons.append(HitReason(found, m.start, m.text, said, (lines.of(m.start),)))
    return reasons


def named_places(reasons: Iterable[HitReason]) -> dict[int, tuple[PastedPlace, ...]]:
    """Return by article what of the text speaks most for it, in the order of the text."""
    places: dict[int, dict[str, HitReason]] = {}
    for one in sorted(reasons, key=lambda one: (-one.worth, one.start)):
        weightiest = places.setdefault(one.entry.article, {})
        if len(weightiest) < _SAID:
            weightiest.setdefault(one.entry.why, one)
    return {
        article: tuple(
            PastedPlace(one.value, one.entry.why, one.lines, one.entry.defines)
            for one in sorted(said.values(), key=lambda one: one.start)
        )
        for article, said in places.items()
    }


def in_words(places: Sequence[PastedPlace]) -> str:
    """Return ``places`` as one text."""
    return _("; ").join(place.why for place in places)


def _lines(lines: LineNumbers, starts: Sequence[int]) -> tuple[int, ...]:
    """Return the lines of the first place and of the last ones."""
    held = list(dict.fromkeys(lines.of(start) for start in (starts[0], *starts[-_PLACES:])))
    return (*held[:1], *held[1:][1 - _LINES :])


def _why(line: int, value: str) -> str:
    return _("line %(line)d: %(value)s") % {"line": line, "value": value}
