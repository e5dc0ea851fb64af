"""The language of a document, from what is most explicit to what is only likely."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..languages import available_languages, common, fold, labels_for
from ..languages.searching import search_words
from .errors import DocumentError

_FIELDS = ("lang", "language", "ms.contentlocale", "ms.locale", "locale")
_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})?")
_LOCALE = re.compile(r"([a-z]{2})[-_][a-z]{2,4}")
_CODE_BLOCK = re.compile(r"(?ms)^[ \t]*(`{3,}|~{3,}).*?^[ \t]*\1|`[^`\n]*`")
_LABEL = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+|[*_]{2})([^\n*]{1,120})")
#: So many frequent words of another language, and so many times as many as of one that is offered,
#: say that a text is in that.
FEWEST_WORDS, TIMES_AS_MANY = 5, 2
#: Where so many words have letters of that language alone, fewer tell.
FEWEST_LETTERS, FEWEST_LETTERED = 2, 4
#: So many make the language that is taken for the text's a guess.
FEWEST_TO_DOUBT = 2
#: Letters that are looked at to learn the script of a text.
MOST_LETTERS = 4000


class _Evidence(NamedTuple):
    """How much tells of a language, and how much of one that is offered.

    ``lettered`` are the words with letters that the language alone has.
    """

    found: int
    against: int
    lettered: int

    def told(self, fewest: int | None) -> int:
        """Return how much tells of the language; 0: not enough. ``fewest`` may suffice."""
        if fewest is None:
            fewest = FEWEST_LETTERED if self.lettered >= FEWEST_LETTERS else FEWEST_WORDS
        return self.found if self.found >= max(fewest, TIMES_AS_MANY * self.against) else 0


class _Candidate(NamedTuple):
    """A language that a text may be in: what tells so against each that is offered.

    ``share``: how many of the words are among its frequent ones.
    """

    code: str
    evidence: list[_Evidence]
    share: int

    def told(self, fewest: int | None) -> int:
        """Return how much tells of the language against all that are offered; 0: not enough."""
        return min((each.told(fewest) for each in self.evidence), default=0)


def language_of(
    path: str, fields: Mapping[str, Any], text: str, languages: Sequence[str]
) -> tuple[str, bool]:
    """Return one of ``languages``, and whether that is a guess: nothing tells which it is.

    ``guide.fr.md`` names it, or the front matter, or a folder ``fr/`` or ``fr-fr/``; else it is the
    language whose frequent words, labels and letters the text has most.
    Raise ``DocumentError`` (``unknown_language``) where any of these tells of another one.
    """
    *folders, name = path.replace("\\", "/").split("/")
    named = (
        _from_names(_suffixes(name), languages)
        or _from_fields(fields, languages)
        or _from_names(folders, languages)
    )
    if named:
        return named, False
    prose = _CODE_BLOCK.sub(" ", text)
    if other := _other_named(fields, folders, name) or _other_script(prose):
        raise DocumentError("unknown_language", None, other)
    candidates = _candidates(prose, languages)
    if other := _other_written(candidates):
        raise DocumentError("unknown_language", None, other)
    found, is_guess = _from_words(text, languages)
    return found, is_guess or bool(_other_written(candidates, FEWEST_TO_DOUBT))


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


def _candidates(prose: str, languages: Sequence[str]) -> list[_Candidate]:
    """Return the known languages that are none of ``languages``, each with what tells of it."""
    counts = _counts(prose)
    labelled = {offered: _labelled(prose, offered) for offered in languages}
    others = {code: frozenset(each["words"]) for code, each in common()["other_languages"].items()}
    for code in available_languages():
        others[code] = labels_for(code).frequent_words
    return [
        _Candidate(
            code,
            [_evidence(counts, code, others[code], *each) for each in labelled.items()],
            _share(counts, _without_single(others[code])),
        )
        for code in sorted(set(others) - set(languages))
    ]


def _evidence(
    counts: Counter[str], code: str, words: frozenset[str], offered: str, labelled: int
) -> _Evidence:
    """Return what tells that a text is in ``code`` and not in ``offered``.

    ``words`` are the frequent ones of ``code``. What both languages have tells nothing.
    """
    known = labels_for(offered).frequent_words | search_words(offered).stop_words
    lettered = _lettered(counts, code, [offered])
    return _Evidence(
        found=_share(counts, _without_single(words - known)) + lettered,
        against=_share(counts, known - words) + labelled + _lettered(counts, offered, [code]),
        lettered=lettered,
    )


def _without_single(words: frozenset[str]) -> frozenset[str]:
    """Return ``words`` without letters that stand alone in codes and tables, too."""
    return frozenset(word for word in words if word[1:] or not word.isascii())


def _other_written(candidates: Sequence[_Candidate], fewest: int | None = None) -> str:
    """Return the language that a text is in, where it clearly is in one of ``candidates``; or "".

    ``fewest``: so many words are enough.
    """
    told = {one.code: (one.told(fewest), one.share) for one in candidates}
    best = max(told, key=lambda code: told[code], default="")
    return best if best and told[best][0] else ""


def _lettered(counts: Counter[str], code: str, others: Sequence[str]) -> int:
    """Return how many words have a letter of ``code`` that none of ``others`` has."""
    telling = _letters(code).difference(*map(_letters, others))
    return sum(count for word, count in counts.items() if not telling.isdisjoint(word))


def _letters(code: str) -> frozenset[str]:
    """Return the letters of a language: by its folder, if it has one."""
    if code in available_languages():
        return frozenset(labels_for(code).letters)
    return frozenset(common()["other_languages"].get(code, {}).get("letters", ""))


def _labelled(text: str, code: str) -> int:
    """Return how many headings and words in bold name a part of a problem as ``code`` does."""
    labels = labels_for(code)
    found = (fold(" ".join(match[1].split())).strip(" :.*_#") for match in _LABEL.finditer(text))
    patterns = labels.parts.values()
    return sum(
        any(pattern.fullmatch(name) for pattern in patterns) or bool(labels.method.fullmatch(name))
        for name in found
    )


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


def _from_words(text: str, languages: Sequence[str]) -> tuple[str, bool]:
    """Return the language that most tells of, and whether nothing tells it from the next one.

    In a short text lesser words tell as well.
    """
    counts = _counts(text)

    def score(code: str) -> tuple[int, int]:
        others = [other for other in languages if other != code]
        frequent = _share(counts, labels_for(code).frequent_words)
        told = frequent + _labelled(text, code) + _lettered(counts, code, others)
        return told, _share(counts, search_words(code).stop_words)

    scores = {code: score(code) for code in languages}
    best = max(languages, key=lambda code: scores[code])
    return best, list(scores.values()).count(scores[best]) > 1


def _counts(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W\d_]+", text.lower()))


def _share(counts: Counter[str], words: frozenset[str]) -> int:
    return sum(counts[word] for word in words)
