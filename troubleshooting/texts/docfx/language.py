"""The language of a document, from what is most explicit to what is only likely."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from ..languages import available_languages, common, labels_for
from ..languages.searching import search_words
from .errors import DocumentError

_FIELDS = ("lang", "language", "ms.contentlocale", "ms.locale", "locale")
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})?")
_LOCALE = re.compile(r"([a-z]{2})[-_][a-z]{2,4}")
_CODE_BLOCK = re.compile(r"(?ms)^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1|`[^`\n]*`")
#: So many frequent words of another language, and so many times as many as of one that is offered,
#: say that a text is in that.
FEWEST_WORDS, TIMES_AS_MANY = 5, 2
#: Letters that are looked at to learn the script of a text.
MOST_LETTERS = 4000


def language_of(path: str, fields: Mapping[str, Any], text: str, languages: Sequence[str]) -> str:
    """Return one of ``languages``.

    ``guide.fr.md`` names it, or the front matter, or a folder ``fr/`` or ``fr-fr/``; else it is the
    language whose frequent words the text uses most.
    Raise ``DocumentError`` (``unknown_language``) where any of these tells of another one.
    """
    *folders, name = path.replace("\\", "/").split("/")
    named = (
        _from_names(_suffixes(name), languages)
        or _from_fields(fields, languages)
        or _from_names(folders, languages)
    )
    if named:
        return named
    if other := _other_named(fields, folders, name) or _other_written(text, languages):
        raise DocumentError("unknown_language", None, other)
    return _from_words(text, languages)


def _suffixes(name: str) -> list[str]:
    """Return what stands between the name of a file and its ending."""
    return name.split(".")[1:-1]


def language_code(name: str, languages: Sequence[str]) -> str | None:
    """Return the language that ``fr``, ``fr-fr`` or ``fr_FR`` names.

    None where it is none of ``languages``.
    """
    match = _CODE.fullmatch(name.strip().lower())
    return match[1] if match and match[1] in languages else None


def _from_names(names: Sequence[str], languages: Sequence[str]) -> str | None:
    found = (language_code(name, languages) for name in reversed(names))
    return next((code for code in found if code), None)


def _from_fields(fields: Mapping[str, Any], languages: Sequence[str]) -> str | None:
    values = (str(fields[name]) for name in _FIELDS if name in fields)
    return next((code for value in values if (code := language_code(value, languages))), None)


def _other_named(fields: Mapping[str, Any], folders: Sequence[str], name: str) -> str:
    """Return the language of ``guide.es.md``, front matter, or a folder ``es-es``; or ""."""
    known = {*common()["other_languages"], *common()["other_scripts"], *available_languages()}
    values = [str(fields[name]).strip().lower() for name in _FIELDS if name in fields]
    found = [match for value in values if (match := _CODE.fullmatch(value))]
    found += [match for part in _suffixes(name) if (match := _CODE.fullmatch(part.lower()))]
    found += [match for folder in folders if (match := _LOCALE.fullmatch(folder.lower()))]
    return next((match[1] for match in found if match[1] in known), "")


def _other_written(text: str, languages: Sequence[str]) -> str:
    """Return the language that a text is in, where it is clearly none of ``languages``; or ""."""
    prose = _CODE_BLOCK.sub(" ", text)
    if script := _other_script(prose):
        return script
    counts = _counts(prose)
    offered = max(
        (_share(counts, labels_for(code).frequent_words) for code in languages), default=0
    )
    others = dict(common()["other_languages"])
    for code in available_languages():
        if code not in languages:
            others[code] = labels_for(code).frequent_words
    score = {code: _share(counts, words) for code, words in others.items() if code not in languages}
    best = max(score, key=lambda code: score[code], default="")
    clear = best and score[best] >= max(FEWEST_WORDS, TIMES_AS_MANY * offered)
    return best if clear else ""


def _other_script(text: str) -> str:
    if text.isascii():
        return ""
    letters = [char for char in text if char.isalpha()][:MOST_LETTERS]
    scripts: Counter[str] = Counter()
    for char, count in Counter(letters).items():
        scripts[unicodedata.name(char, "").split(" ")[0]] += count
    japanese = "HIRAGANA" in scripts or "KATAKANA" in scripts
    del scripts["LATIN"]
    script, count = max(scripts.items(), key=lambda item: item[1], default=("", 0))
    known = {name: code for code, name in common()["other_scripts"].items()}
    if count * 3 <= len(letters):
        return ""
    return str(known.get("HIRAGANA" if japanese else script, ""))


def _from_words(text: str, languages: Sequence[str]) -> str:
    """Return the language of most frequent words; in a short text lesser ones tell as well."""
    counts = _counts(text)

    def score(code: str) -> tuple[int, int]:
        frequent = _share(counts, labels_for(code).frequent_words)
        return frequent, _share(counts, search_words(code).stop_words)

    return max(languages, key=score)


def _counts(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.lower()))


def _share(counts: Counter[str], words: Sequence[str] | frozenset[str]) -> int:
    return sum(counts[word] for word in words)
