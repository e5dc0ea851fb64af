"""``in:ios`` typed into the search box -> the facet that it names, in any of the languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from ...models import Article, Platform, SourceDocument
from ...search.facets.declared import FACETS, language_names
from ...search.words.folding import fold
from ...texts.languages.searching import narrowing_words

_TYPED = re.compile(r"(?<!\S)([^\W\d_]{2,20}):(?:\"([^\"]{1,100})\"|(\S{1,100}))(?=\s|$)")
#: Words before the colon that leave open which facet is meant.
_ANY = narrowing_words()


def narrowed(text: str) -> tuple[str, list[tuple[str, str]]]:
    """Return ``text`` without what names a facet, and the facets with their values.

    ``in:ios``, ``sur:"Windows 10"``, ``langue:fr`` and ``document:`` with a key are read; what
    names nothing stays as it was typed.
    """
    if ":" not in text or "\n" in text:
        return text, []
    chosen: list[tuple[str, str]] = []
    kept: list[str] = []
    place = 0
    for match in _TYPED.finditer(text):
        if found := _facet(fold(match[1]), match[2] or match[3]):
            kept.append(text[place : match.start()])
            place = match.end()
            chosen.append(found)
    kept.append(text[place:])
    return (" ".join("".join(kept).split()), chosen) if chosen else (text, [])


def _facet(name: str, value: str) -> tuple[str, str] | None:
    names = _names() if name not in _ANY else {}
    if name not in _ANY and name not in names:
        return None
    wanted = names.get(name, "")
    for facet, known, shown in _values(value):
        if wanted in ("", facet) and fold(value) in (fold(known), fold(shown)):
            return facet, known
    return None


def _names() -> dict[str, str]:
    """Return what readers may call each facet, folded, in every language of the portal."""
    found = {}
    for code, _language in settings.LANGUAGES:
        with override(code):
            found.update({fold(str(facet.label)): facet.name for facet in FACETS})
            found[fold(_("Language"))] = "language"  # whose label is "Available in"
    return {**found, **{facet.name: facet.name for facet in FACETS}}


def _values(value: str) -> Iterator[tuple[str, str, str]]:
    """Yield the values that may be meant: facet, value in the address, name."""
    for slug, shown in Platform.objects.values_list("slug", "name"):
        yield "platform", slug, shown
    for code, name in language_names().items():
        yield "language", code, str(name)
    for code, _shown in settings.LANGUAGES:
        with override(code):
            for kind in Article.Kind:
                yield "kind", kind.value, str(kind.label)
    if key := SourceDocument.objects.filter(key=value).values_list("key", flat=True).first():
        yield "document", key, key
