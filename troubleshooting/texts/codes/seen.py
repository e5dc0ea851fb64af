"""A text as it is seen, without the characters that show nothing, and the way back from it."""

import re
from bisect import bisect_right
from dataclasses import replace

from .model import CodeMention
from .spelling import INVISIBLE, without_invisible

_RUN = re.compile(f"[{INVISIBLE}]+")


class ReaderText:
    """What a reader sees of a text.

    ``text``: the characters that show.
    """

    __slots__ = ("_dropped", "_original", "_places", "text")

    def __init__(self, original: str) -> None:
        self._original = original
        self.text = original
        # Where characters are missing in the seen text, and how many up to there.
        self._places: list[int] = []
        self._dropped: list[int] = []
        if original.isascii():
            return
        dropped = 0
        for run in _RUN.finditer(original):
            self._places.append(run.start() - dropped)
            dropped += run.end() - run.start()
            self._dropped.append(dropped)
        if dropped:
            self.text = without_invisible(original)

    def in_original(self, mention: CodeMention) -> CodeMention:
        """Return the same mention with its place and spelling in the text as it came."""
        if not self._dropped:
            return mention
        start, end = self._at(mention.start), self._at(mention.end - 1) + 1
        return replace(mention, spelling=self._original[start:end], start=start, end=end)

    def _at(self, place: int) -> int:
        runs = bisect_right(self._places, place)
        return place + (self._dropped[runs - 1] if runs else 0)
