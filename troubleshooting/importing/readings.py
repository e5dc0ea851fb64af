"""What the child processes made of texts, remembered, so that no transaction waits for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress

from ..deriving import names_snippets, structure_texts
from ..editing import ReadTexts, canonical_texts, whole_texts
from ..texts.bounded import UnrenderableText, in_batches, read_articles
from ..texts.rendering import Link
from ..texts.sections import TEXTS

_Key = tuple[str, ...]


class Readings:
    """Readings of the texts of one document; each text is read once."""

    def __init__(
        self,
        language: str,
        link: Callable[[str], Link | None],
        image: Callable[[str], str | None],
    ) -> None:
        self.language = language
        self._link = link
        self._image = image
        self._canonical: dict[_Key, dict[str, str]] = {}
        self._read: dict[_Key, ReadTexts] = {}

    def read_ahead(self, many: Iterable[Mapping[str, str]]) -> None:
        """Read ``many`` texts with few calls of the child processes.

        Nothing is kept of one that cannot be read: who asks for it gets its error. Those that name
        snippets are read by themselves.
        """
        whole: list[tuple[_Key, dict[str, str]]] = []
        for texts in many:
            if names_snippets(texts):
                continue
            with suppress(UnrenderableText):
                whole.append((_key(texts), whole_texts(texts)))
        for batch in in_batches(whole, lambda item: item[1]):
            texts_of_batch = [texts for _, texts in batch]
            with suppress(UnrenderableText):
                read = read_articles(texts_of_batch, self.language, self._link, self._image)
                for (key, _), (form, structured) in zip(batch, read, strict=True):
                    self._canonical[key] = self._canonical[_key(form)] = form
                    self._read[_key(form)] = ReadTexts(form, structured)

    def canonical(self, texts: Mapping[str, str]) -> dict[str, str]:
        """Return ``texts`` in the form in which they are stored. Raise ``UnrenderableText``."""
        key = _key(texts)
        if key not in self._canonical:
            form = canonical_texts(texts)
            # The form of the form is itself.
            self._canonical[key] = self._canonical[_key(form)] = form
        return dict(self._canonical[key])

    def read(self, texts: Mapping[str, str]) -> ReadTexts:
        """Return ``texts`` in canonical form, with what they hold. Raise ``UnrenderableText``."""
        stored = self.canonical(texts)
        key = _key(stored)
        if key not in self._read:
            structured = structure_texts(stored, self.language, self._link, self._image)
            self._read[key] = ReadTexts(stored, structured)
        return self._read[key]


def _key(texts: Mapping[str, str]) -> _Key:
    return tuple(texts.get(name, "") for name in TEXTS)
