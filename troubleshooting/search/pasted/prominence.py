"""How much a place in a pasted text speaks for what stands there: the last failure counts most.

A log tells what failed in the order in which it happened; what it says last, and what it calls
final, is what the caller is left with. A mail has it the other way round: the newest words come
first, and the older mails that a reply repeats below them were answered before. Pure.
"""

from __future__ import annotations

import re
from functools import cache

from ...texts.languages import code_words

#: What it counts that the line speaks of a failure, that it calls it final, and how late it stands.
_FAILURE, _FINAL, _LATE = 0.3, 0.5, 0.2
#: What it leaves of all that speaks for an article that it stands in nothing but older mails.
OLDER = 0.25
#: The beginning of a line that a reply quotes: what it says was said before.
_QUOTED = re.compile(r"[^\S\n]{0,8}>")
#: Characters of a line that are looked at on either side.
_REACH = 200


class Prominence:
    """Weighs places of ``text``."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._older = _older_mails(text)

    def of(self, start: int) -> float:
        """Return how much the place at ``start`` counts, from 0 to 1; none in an older mail."""
        if self.is_older(start):
            return 0.0
        text = self._text
        after = text[start : start + _REACH].partition("\n")[0]
        line = (self._before(start) + after).lower()
        value = _LATE * start / max(1, len(text))
        value += _FAILURE if _any_of("error_stems").search(line) else 0.0
        value += _FINAL if _any_of("final_stems").search(line) else 0.0
        return value

    def is_older(self, start: int) -> bool:
        """Return whether the place at ``start`` is in a mail that a newer one repeats."""
        return start >= self._older or _QUOTED.match(self._before(start)) is not None

    def _before(self, start: int) -> str:
        return self._text[max(0, start - _REACH) : start].rpartition("\n")[2]


def _older_mails(text: str) -> int:
    """Return where the older mails begin that a mail repeats as they were; the end without any.

    What the text itself begins with is the head of the newest.
    """
    first = len(text) - len(text.lstrip())
    heads = (match.start() for match in _mail_heads().finditer(text) if match.start() > first)
    return next(heads, len(text))


@cache
def _mail_heads() -> re.Pattern[str]:
    """Return what matches the first line above an older mail: a rule, a sentence, or its fields."""
    rules, said, sender, sent = (
        "|".join(code_words(kind)) for kind in ("mail_rules", "mail_said", "mail_from", "mail_sent")
    )
    rule = rf"-{{2,}}[^\S\n]?(?:{rules})[^\S\n]?-{{2,}}"
    fields = rf"(?:{sender})\s?:[^\n]{{1,200}}\n(?:[^\n]{{1,200}}\n)?(?:{sent})\s?:"
    return re.compile(rf"^[^\S\n]{{0,8}}(?:{rule}|{said}|{fields})", re.MULTILINE | re.IGNORECASE)


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, code_words(kind))))
