"""The vocabulary as a reader knows it: words that stand in a text that they may see.

The list of words is one for everyone. If a word of a draft were known to all, it would correct what
they type, or keep a word that they may see from doing so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from .stemming import analyser
from .vocabulary import Vocabulary


class SeenWords:
    """The words of ``vocabulary`` whose terms ``is_seen``; without it all of them.

    ``is_seen`` has to tell it of the terms of what is asked of ``knows``, ``lists``, ``holds``,
    ``misread`` and ``slip_somewhere``.
    """

    def __init__(
        self, vocabulary: Vocabulary, is_seen: Callable[[str], bool] | None = None
    ) -> None:
        self._all = vocabulary
        self._is_seen = is_seen
        self.languages = vocabulary.languages

    def knows(self, language: str, word: str) -> bool:
        """Return whether a text of the language holds the folded word or another form of it."""
        return self._all.knows(language, word) and self._sees(language, word)

    def lists(self, language: str, word: str) -> bool:
        """Return whether a text of the language holds the folded word as it stands."""
        return self._all.lists(language, word) and self._sees(language, word)

    def holds(self, language: str, word: str) -> bool:
        """Return whether a text of the language holds the folded word but for number and gender."""
        return self._all.holds(language, word) and self._sees(language, word)

    def knows_somewhere(self, word: str) -> bool:
        """Return whether a text of any language holds the folded word or another form of it."""
        return any(self.knows(language, word) for language in self.languages)

    def misread(self, language: str, word: str) -> list[str]:
        """Return the words of texts of which the folded word may be a misreading."""
        read = self._all.misread(language, word)
        return [one for one in read if self._sees(language, one)]

    def misread_somewhere(self, word: str) -> bool:
        """Return whether the folded word may be a misreading of one that a text holds."""
        return any(self.misread(language, word) for language in self.languages)

    def slip_somewhere(self, name: str) -> bool:
        """Return whether the folded ``name`` may be a slip of a word that a text holds."""
        slips = self._all.slips(name)
        return any(self.lists(language, one) for language in self.languages for one in slips)

    def near(self, language: str, word: str) -> list[Sequence[str]]:
        """Return groups of words that one which is not listed may stand for, the best first.

        The first that holds a word which the reader may see counts: words that it is a misreading
        of, those of the same root, those that it begins, those a letter away, then two. Where
        everything is seen that is the only one.
        """
        groups = (one for one in self._near(language, word) if one)
        return list(islice(groups, 1) if self._is_seen is None else groups)

    def _near(self, language: str, word: str) -> Iterator[Sequence[str]]:
        if not self.knows(language, word):
            yield self.misread(language, word)
            yield self._all.related(language, word)
            yield self._all.extended(language, word)
        yield from self._all.nearest(language, word)

    def _sees(self, language: str, word: str) -> bool:
        return self._is_seen is None or self._is_seen(analyser(language).term(word))
