"""The language of a document, from what is most explicit to what is only likely."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..languages import labels_for

_FIELDS = ("lang", "language", "ms.contentlocale", "ms.locale", "locale")


def language_of(path: str, fields: Mapping[str, Any], text: str, languages: Sequence[str]) -> str:
    """Return one of ``languages``.

    ``guide.fr.md`` names it, or the front matter, or a folder ``fr/`` or ``fr-fr/``; else it is the
    language whose frequent words the text uses most.
    """
    *folders, name = path.replace("\\", "/").split("/")
    return (
        _from_names(name.split(".")[1:-1], languages)
        or _from_fields(fields, languages)
        or _from_names(folders, languages)
        or _from_words(text, languages)
    )


def language_code(name: str, languages: Sequence[str]) -> str | None:
    """The language that ``fr``, ``fr-fr`` or ``fr_FR`` names, if it is one of ``languages``."""
    match = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z]{2,4})?", name.strip().lower())
    return match[1] if match and match[1] in languages else None


def _from_names(names: Sequence[str], languages: Sequence[str]) -> str | None:
    found = (language_code(name, languages) for name in reversed(names))
    return next((code for code in found if code), None)


def _from_fields(fields: Mapping[str, Any], languages: Sequence[str]) -> str | None:
    values = (str(fields[name]) for name in _FIELDS if name in fields)
    return next((code for value in values if (code := language_code(value, languages))), None)


def _from_words(text: str, languages: Sequence[str]) -> str:
    counts = Counter(re.findall(r"[^\W\d_]+", text.lower()))
    score = {
        language: sum(counts[word] for word in labels_for(language).frequent_words)
        for language in languages
    }
    return max(languages, key=lambda language: score[language])
