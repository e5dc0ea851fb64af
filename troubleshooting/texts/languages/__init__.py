"""The words by which documents of a language name the parts of a problem. Pure.

A language is one folder beside this module; adding one needs no code. ``documents.toml`` says how
its documents name things, ``search.toml`` and ``stopwords.txt`` how people search in it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from ..sections import SECTIONS
from .columns import Words, words_of

#: Where the folders of the languages lie.
FOLDER = resources.files(__name__)
#: What a label introduces: a section, or a message in one. A problem goes before what it says.
PARTS = (SECTIONS[0], "message", *SECTIONS[1:])
#: What a column of an error table holds.
COLUMNS = ("code", "message", *SECTIONS, "platform")
_MARKS = re.compile(r"[*`]|<[^>]*>|\[|\]\([^)]*\)")
_BRACKETS = re.compile(r"(?<=\S)\s*\([^)]*\)")
#: A phrase may take time that grows with the square of a text.
LONGEST_PHRASE = 2000
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-"})


def fold(text: str) -> str:
    """Return ``text`` as the patterns expect it: lower case, straight apostrophes, plain spaces."""
    return text.translate(_FOLD).lower()


#: The language in which documentation is written before it is translated.
UNTRANSLATED = "en"


def header_text(header: str) -> str:
    """Return the words of a column's header, folded, without marks and words in brackets."""
    words = _BRACKETS.sub("", _MARKS.sub("", fold(header.replace("\\", ""))))
    return " ".join(words.split()).strip(" :.")


@dataclass(frozen=True, slots=True)
class Labels:
    """The compiled words of one language; ``parts`` maps a part to the pattern of its labels.

    They are ``wide`` where the labels are among them that only a text about a problem has.
    """

    language: str
    name: str
    locale: str
    frequent_words: frozenset[str]
    letters: str
    parts: dict[str, re.Pattern[str]]
    columns: dict[str, re.Pattern[str]]
    column_words: Words
    closing: re.Pattern[str]
    procedure: re.Pattern[str]
    instructions: re.Pattern[str]
    method: re.Pattern[str]
    step: re.Pattern[str]
    ordinals: tuple[re.Pattern[str], ...]
    naming: re.Pattern[str]
    phrases: dict[str, re.Pattern[str]]
    platforms: dict[str, re.Pattern[str]]
    weak_platforms: dict[str, re.Pattern[str]]
    implied: dict[str, re.Pattern[str]]
    products: frozenset[str]
    words: dict[str, str]
    wide: bool = False

    def column(self, header: str, *, loosely: bool = False) -> str | None:
        """Return the kind of a table column, of ``COLUMNS``, or None.

        ``loosely`` lets words pass that are not known, beside one that is. What says nothing in
        this language may have been left in the language that pages are translated from.
        """
        text = header_text(header)
        kind = next((kind for kind in COLUMNS if self.columns[kind].fullmatch(text)), None)
        kind = kind or self.column_words.kind(text, loosely=loosely)
        if kind or loosely or self.language == UNTRANSLATED:
            return kind
        return labels_for(UNTRANSLATED).column(header)

    def is_subject(self, header: str) -> bool:
        """Return whether a column of that header names a problem in each row."""
        text = header_text(header)
        if self.column_words.is_subject(text) or self.language == UNTRANSLATED:
            return self.column_words.is_subject(text)
        return labels_for(UNTRANSLATED).column_words.is_subject(text)

    def says(self, phrase: str, text: str) -> bool:
        """Return whether ``text`` holds the phrase of that name; a language may lack it.

        Phrases are sentences: what stands beyond ``LONGEST_PHRASE`` characters is not looked at.
        """
        pattern = self.phrases.get(phrase)
        return pattern is not None and pattern.search(fold(text[:LONGEST_PHRASE])) is not None

    def platforms_in(self, text: str) -> list[str]:
        """Return slugs of the platforms that ``text`` names, in the order of the vocabulary.

        Words such as "PC" count where no other names one.
        """
        return self.named_platforms(text) or self.hinted_platforms(text)

    def named_platforms(self, text: str) -> list[str]:
        """Return slugs of the platforms that ``text`` calls by their names."""
        folded = self.phrases["no_platform"].sub(" ", fold(text))
        return [slug for slug, pattern in self.platforms.items() if pattern.search(folded)]

    def hinted_platforms(self, text: str) -> list[str]:
        """Return slugs of the platforms that words such as "PC" and "workstation" hint at."""
        folded = fold(text)
        return [slug for slug, pattern in self.weak_platforms.items() if pattern.search(folded)]

    def implied_platforms(self, text: str) -> list[str]:
        """Return slugs of the platforms whose own tools instructions name, such as the registry.

        None where they name other systems: they tell then what to do on each.
        """
        folded = fold(text)
        found = [slug for slug, pattern in self.implied.items() if pattern.search(folded)]
        others = set(self.named_platforms(text)) - self.products - set(found)
        return [] if others or _other_systems().search(folded) else found


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)", re.IGNORECASE)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath(name).read_text("utf-8"))


@cache
def _documents(language: str) -> dict[str, Any]:
    return _read(f"{language}/documents.toml")


@cache
def common() -> dict[str, Any]:
    """Return what is the same in every language: platforms and the publisher's site."""
    return _read("common.toml")


def _alert_words(language: str) -> dict[str, str]:
    """Return the names of alerts that stand beside these, not with a language."""
    return {
        kind: alert.get(language) or alert.get("en") or kind.capitalize()
        for kind, alert in common()["alerts"].items()
    }


@cache
def available_languages() -> tuple[str, ...]:
    """Return languages whose documents can be read, by their two-letter codes."""
    names = (entry.name for entry in FOLDER.iterdir() if entry.is_dir())
    return tuple(sorted(name for name in names if not name.startswith("_")))


@cache
def code_words(kind: str) -> tuple[str, ...]:
    """Return the words around error codes of every language: regular expressions, in their order.

    ``kind`` is a name of the table ``[codes]``, such as ``error``, after which a number may be a
    code; ``fr/documents.toml`` says what each is for. A language may leave out any of them.
    """
    each = (_documents(name).get("codes", {}).get(kind, []) for name in available_languages())
    return tuple(dict.fromkeys(word for words in each for word in words))


@cache
def joining_words(*kinds: str) -> tuple[str, ...]:
    """Return the words between members of a list, of every language: ``and``, ``or``, ``to``.

    Or the ``articles`` before a noun, each with its blank, and the ``number`` of a column.
    """
    tables = [_documents(name).get("joining", {}) for name in available_languages()]
    return tuple(
        dict.fromkeys(word for table in tables for kind in kinds for word in table.get(kind, []))
    )


@cache
def product_words(kind: str) -> frozenset[str]:
    """Return how other products name something, in every language: ``state``, ``tags`` ...

    ``fr/documents.toml`` says what each name of the table ``[products]`` is for.
    """
    each = (_documents(name).get("products", {}).get(kind, []) for name in available_languages())
    return frozenset(word for words in each for word in words)


@cache
def alert_classes(kind: str) -> frozenset[str]:
    """Return the words in names of classes of boxes of that kind, such as ``warning``."""
    tables = (_documents(name).get("products", {}) for name in available_languages())
    return frozenset(word for one in tables for word in one.get("alerts", {}).get(kind, []))


@cache
def question_marks() -> tuple[str, ...]:
    """Return what questions of a list begin with, in every language, the longest first."""
    each = (_documents(name)["headings"].get("question", []) for name in available_languages())
    return tuple(
        sorted({word for words in each for word in words}, key=lambda one: (-len(one), one))
    )


def _method(headings: dict[str, list[str]]) -> re.Pattern[str]:
    """Return a heading that begins with a noun for a way out.

    Groups ``number`` and ``title``, or ``when``, a title in brackets.
    """
    nouns, joins = _any(headings.get("method", [])).pattern, headings.get("method_joins", [])
    joined = rf"|(?=\s(?:{'|'.join(joins)})\b)(?P<joined>.+)" if joins else ""
    return re.compile(
        rf"(?:{nouns})(?:\s*(?:#|n°|no\.?)?\s*(?P<number>\d{{1,2}}|[a-h])(?!\w))?"
        rf"(?:\s*(?:[:.)]|\s[-–—])\s*(?P<title>.*)|\s*\((?P<when>[^)]*)\)|\s*{joined})",
        re.IGNORECASE,
    )


def _step(headings: dict[str, list[str]]) -> re.Pattern[str]:
    """Return a heading that is a step.

    Groups ``number`` (or ``count``, without a noun, or ``ordinal``, before it) and ``title``.
    """
    nouns = _any(headings.get("step", [])).pattern
    ordinal = _any(headings.get("ordinals", [])).pattern
    return re.compile(
        rf"(?:(?P<ordinal>{ordinal})\s(?:{nouns})\s*(?:[:.)]|\s[-–—]|$)|(?:{nouns})\s*(?:#|n°)?\s*(?P<number>\d{{1,2}})(?!\w)\s*(?:[:.)]|[-–—]|$)"
        r"|(?P<count>\d{1,2})[.)]\s)\s*(?P<title>.*)",
        re.IGNORECASE,
    )


def _naming(headings: dict[str, list[str]]) -> re.Pattern[str]:
    """Return words that name a step or a part by its number: "step 3", "the second step"."""
    nouns = _any(headings.get("naming", [])).pattern
    ordinal = _any(headings.get("ordinals", [])).pattern
    return re.compile(
        rf"\b(?:{nouns})\s+(?:(?:#|n°|no\.?)\s*)?\d{{1,2}}(?![\w%]|[.,]\d)|\b(?:{ordinal})\s(?:{nouns})\b",
        re.IGNORECASE,
    )


def _tools(slug: str) -> list[str]:
    """Return the tools that one platform has alone: a text may name them as any language does."""
    tables = [common(), *map(_documents, available_languages())]
    return [tool for one in tables for tool in one.get("implied_platforms", {}).get(slug, [])]


@cache
def _other_systems() -> re.Pattern[str]:
    return _any(common()["other_systems"]["names"])


def _not_platforms() -> list[str]:
    """Return what holds the name of a platform and names none, such as a MAC address."""
    each = [_documents(name)["phrases"].get("no_platform", []) for name in available_languages()]
    return [phrase for phrases in (common()["no_platform"], *each) for phrase in phrases]


@cache
def labels_for(language: str) -> Labels:
    """Return the labels of ``language``; of English where there are none of its own."""
    data = _documents(language if language in available_languages() else UNTRANSLATED)
    words, weak = common()["platforms"], common()["weak_platforms"]
    return Labels(
        language=language,
        name=data["name"],
        locale=data["locale"],
        frequent_words=frozenset(data["frequent_words"]),
        letters=data.get("letters", ""),
        parts={part: _any(data["labels"].get(part, [])) for part in PARTS},
        columns={kind: _any(data["columns"].get(kind, [])) for kind in COLUMNS},
        column_words=words_of(data.get("column_words", {}), joining_words("and", "or")),
        closing=_any(data["headings"]["closing"]),
        procedure=_any(data["headings"]["procedure"]),
        instructions=_any(data["headings"].get("instructions", [])),
        method=_method(data["headings"]),
        step=_step(data["headings"]),
        ordinals=tuple(_any([each]) for each in data["headings"].get("ordinals", [])),
        naming=_naming(data["headings"]),
        phrases={
            **{name: _any(patterns) for name, patterns in data["phrases"].items()},
            "no_platform": _any(_not_platforms()),
            "variant": _any([*common()["variants"], *data["phrases"].get("variant", [])]),
            "tool": _any([*common()["tools"], *data["phrases"].get("tool", [])]),
            "message_word": _any([rf"\b(?:{'|'.join(data['phrases']['message_word'])})\b"]),
        },
        platforms={slug: _any(patterns) for slug, patterns in words.items()},
        weak_platforms={
            slug: _any([*weak.get(slug, []), *data.get("platforms", {}).get(slug, [])])
            for slug in words
        },
        implied={slug: _any(_tools(slug)) for slug in common()["implied_platforms"]},
        products=frozenset(common()["products"]),
        words={**_alert_words(language), **data["words"]},
    )


@cache
def wide_labels_for(language: str) -> Labels:
    """Return the labels of ``language``, with those that are some only in a text about a problem.

    "Procedure" says there what mends it; elsewhere it is the heading of any instructions.
    """
    labels = labels_for(language)
    data = _documents(language if language in available_languages() else "en")
    more = data.get("labels_of_problems", {})
    parts = {part: _any([own.pattern, *more.get(part, [])]) for part, own in labels.parts.items()}
    return replace(labels, parts=parts, wide=True)


def named_platforms(text: str) -> frozenset[str]:
    """Return the slugs of the platforms that ``text`` names in any language."""
    each = (labels_for(name).platforms_in(text) for name in available_languages())
    return frozenset(slug for slugs in each for slug in slugs)
