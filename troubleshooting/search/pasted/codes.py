"""The codes of a pasted text: found in it, then looked up together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ...texts.codes import (
    Code,
    CodeMention,
    Reading,
    find_codes,
    parse_code,
    with_symbols,
    without_invisible,
)
from ...texts.codes.arriving import with_garbled
from ...texts.codes.arriving.numbers import returned_numbers
from ..codes.answers import WEAK, CodeAnswer, answers_for, reading_id
from ..codes.lookups import Lookups
from ..context import SearchContext
from ..engines.statements import Step
from ..reading.query import QueryCode, code_of_mention
from .mentions import names, numbers

#: Distinct codes of a kind that are read in a text and compared with the base, and those of which
#: every reading is looked up (documented ones first).
_DISTINCT = 5_000
_CODES = 200


class LogCodes:
    """The codes of ``text``; ``without`` names readings to leave out.

    ``look_up`` is to be run first. In a text only definite readings count.
    """

    def __init__(self, context: SearchContext, text: str, without: Collection[str]) -> None:
        self.text = text
        self.without = without
        self.lookups = Lookups(context)
        self.mentions = list(with_garbled(text, find_codes(text, most=_DISTINCT)))

    @property
    def is_cut(self) -> bool:
        """Return whether the text has more codes than are looked up."""
        return len({mention.code for mention in self.mentions}) > _CODES

    def look_up(self) -> Step[None]:
        """Look up the codes and whatever may be the name of one."""
        possible = self._possible()
        named = [
            *names(without_invisible(self.text)),
            *(code.key for code in self._distinct()),
            *{mention.code.key for mention in possible},
        ]
        yield from self.lookups.step(_strong(self._chosen()), named)
        known = [mention for mention in possible if self.lookups.knows(mention.code.key)]
        self.mentions = sorted([*self.mentions, *known], key=lambda mention: mention.start)
        self.mentions = with_symbols(self.text, self.mentions, self.lookups.names())

    def _possible(self) -> list[CodeMention]:
        """Return numbers that are codes only if the base knows them."""
        taken = {mention.start for mention in self.mentions}
        found = []
        for start, end in numbers(self.text):
            spelling = self.text[start:end]
            code = parse_code(spelling if spelling[1] in "xX" else f"0x{spelling}")
            if code and start not in taken:
                found.append(CodeMention(code, spelling, start, end))
        for start, end in returned_numbers(self.text):
            code = parse_code(self.text[start:end])
            if code and start not in taken:
                found.append(CodeMention(code, self.text[start:end], start, end))
        return found

    def places(self) -> dict[Code, list[int]]:
        """Return where each code stands in the text."""
        found: dict[Code, list[int]] = {}
        for mention in self.mentions:
            found.setdefault(mention.code, []).append(mention.start)
        return found

    def answers(self) -> Step[list[CodeAnswer]]:
        """Return what the base knows of the codes, each where it first stands."""
        chosen = self._chosen()
        yield from self.lookups.step(_strong(chosen))
        found = answers_for(self.lookups, chosen, self.without)
        return [answer for answer in found if answer.reading.kind not in WEAK]

    def are_known(self) -> bool:
        """Return whether the base documents one of the codes that were looked up."""
        found = answers_for(self.lookups, self._chosen(), self.without)
        return any(answer.used for answer in found)

    def removed(self) -> set[Code]:
        """Return the codes of which every definite reading was taken out."""
        if not self.without:
            return set()
        return {
            mention.code
            for mention in self.mentions
            if (strong := _strong([code_of_mention(mention)]))
            and all(reading_id(one) in self.without for one in strong)
        }

    def _distinct(self) -> list[Code]:
        return list(dict.fromkeys(mention.code for mention in self.mentions))[:_DISTINCT]

    def _chosen(self) -> list[QueryCode]:
        first = {mention.code: mention for mention in reversed(self.mentions)}
        ordered = sorted(self._distinct(), key=lambda code: not self.lookups.knows(code.key))
        return [code_of_mention(first[code]) for code in ordered[:_CODES]]


def _strong(codes: Sequence[QueryCode]) -> list[Reading]:
    return [one for code in codes for one in code.readings if one.kind not in WEAK]
