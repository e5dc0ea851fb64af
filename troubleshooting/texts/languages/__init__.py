"""The words by which documents of a language name the parts of a problem. Pure.

A language is one folder beside this module; adding one needs no code. ``documents.toml`` says how
its documents name things, ``search.toml`` and ``stopwords.txt`` how people search in it.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from ..sections import SECTIONS

#: Where the folders of the languages lie.
FOLDER = resources.files(__name__)
#: What a label introduces: a section, or a message in one. A problem goes before what it says.
PARTS = (SECTIONS[0], "message", *SECTIONS[1:])
#: What a column of an error table holds.
COLUMNS = ("code", "message", *SECTIONS)
_FOLD = str.maketrans({"’": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2011": "-"})


def fold(text: str) -> str:
    """``text`` as the patterns expect it: lower case, straight apostrophes, plain spaces."""
    return text.translate(_FOLD).lower()


@dataclass(frozen=True, slots=True)
class Labels:
    """The compiled words of one language; ``parts`` maps a part to the pattern of its labels."""

    language: str
    name: str
    locale: str
    frequent_words: frozenset[str]
    parts: dict[str, re.Pattern[str]]
    columns: dict[str, re.Pattern[str]]
    closing: re.Pattern[str]
    procedure: re.Pattern[str]
    phrases: dict[str, re.Pattern[str]]
    platforms: dict[str, re.Pattern[str]]
    words: dict[str, str]

    def column(self, header: str) -> str | None:
        """Return the kind of a table column, of ``COLUMNS``, or None."""
        text = re.sub(r"[*_`]|<[^>]*>", "", fold(header)).strip(" :")
        return next((kind for kind in COLUMNS if self.columns[kind].fullmatch(text)), None)

    def says(self, phrase: str, text: str) -> bool:
        """Return whether ``text`` holds the phrase of that name."""
        return self.phrases[phrase].search(fold(text)) is not None

    def platforms_in(self, text: str) -> list[str]:
        """Slugs of the platforms that ``text`` names, in the order of the vocabulary."""
        folded = fold(text)
        return [slug for slug, pattern in self.platforms.items() if pattern.search(folded)]


def _any(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns) or r"(?!)", re.IGNORECASE)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath(name).read_text("utf-8"))


def _documents(language: str) -> dict[str, Any]:
    return _read(f"{language}/documents.toml")


@cache
def common() -> dict[str, Any]:
    """Return what is the same in every language: platforms and the publisher's site."""
    return _read("common.toml")


@cache
def available_languages() -> tuple[str, ...]:
    """Languages whose documents can be read, by their two-letter codes."""
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
def labels_for(language: str) -> Labels:
    """Return the labels of ``language``; of English where there are none of its own."""
    data = _documents(language if language in available_languages() else "en")
    words = common()["platforms"]
    return Labels(
        language=language,
        name=data["name"],
        locale=data["locale"],
        frequent_words=frozenset(data["frequent_words"]),
        parts={part: _any(data["labels"].get(part, [])) for part in PARTS},
        columns={kind: _any(data["columns"].get(kind, [])) for kind in COLUMNS},
        closing=_any(data["headings"]["closing"]),
        procedure=_any(data["headings"]["procedure"]),
        phrases={
            **{name: _any(patterns) for name, patterns in data["phrases"].items()},
            "message_word": _any([rf"\b(?:{'|'.join(data['phrases']['message_word'])})\b"]),
        },
        platforms={
            slug: _any([*patterns, *data.get("platforms", {}).get(slug, [])])
            for slug, patterns in words.items()
        },
        words=data["words"],
    )
