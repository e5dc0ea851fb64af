"""The snippets that texts name, read before the texts are: all of them, those inside them too."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ..models import Snippet
from ..texts.bounded import structure_article
from ..texts.markup.snippets import SnippetText, keys_in
from ..texts.rendering import Link
from ..texts.sections import MARKDOWN_TEXTS
from ..texts.structure import StructuredArticle


@dataclass(slots=True)
class KnownSnippets:
    """What snippets say in a language, or else in another; and which version each is."""

    texts: dict[str, SnippetText] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)


def names_snippets(texts: Mapping[str, str]) -> bool:
    """Return whether some of ``texts`` may name a snippet."""
    return any(keys_in(text) for text in texts.values())


def snippets_named(
    texts: Iterable[str], language: str, *, using: str | None = None
) -> KnownSnippets:
    """Return the snippets that ``texts`` name, by key; those that are not there are left out."""
    known = KnownSnippets()
    asked: set[str] = set()
    wanted = {key for text in texts for key in keys_in(text)}
    while wanted:
        rows = Snippet.objects.using(using).filter(key__in=wanted)
        asked |= wanted
        wanted = set()
        for key, version, said in rows.values_list("key", "version", "texts"):
            known.versions[key] = version
            if text := text_in(said, language):
                known.texts[key] = text
                wanted |= set(keys_in(text.text)) - asked
    return known


def text_in(texts: Mapping[str, str], language: str) -> SnippetText | None:
    """Return what a snippet says in ``language``, else in the first that it has."""
    own = [language] if texts.get(language) else sorted(name for name in texts if texts[name])
    return SnippetText(texts[own[0]], own[0]) if own else None


def structure_texts(
    texts: Mapping[str, str],
    language: str,
    link: Callable[[str], Link | None],
    image: Callable[[str], str | None],
) -> StructuredArticle:
    """Return what canonical ``texts`` hold, what their snippets say included.

    ``link`` and ``image`` as in ``texts.structure``. Raise ``UnrenderableText``.
    """
    known = snippets_named((texts.get(name, "") for name in MARKDOWN_TEXTS), language)
    structured = structure_article(texts, language, link, image, snippets=known.texts)
    structured.snippets = {key: known.versions.get(key, 0) for key in structured.snippets}
    return structured
