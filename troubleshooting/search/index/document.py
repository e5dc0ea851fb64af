"""What is indexed of one translation, as the caller states it and as the index stores it.

Pure. ``IndexDocument`` is filled by whoever writes texts; ``analyse`` turns it into rows.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from ...texts.codes import NUMERIC_KINDS, SYMBOL, Code, low_word, normalise_spelling
from ...texts.sections import SECTIONS
from ...texts.structure import Passage, StructuredArticle
from ..words.folding import NAME_PART, fold, joined_names, name_words, words
from ..words.stemming import analyser

#: Separates messages in ``key_terms``; it is no term of any language.
BREAK = "|"
#: Words in one gram. Shorter messages are one gram of their own length, down to two words.
GRAM = 4
#: The kind of article that a row of an error table becomes.
_ROW = "error"
MAX_KEY = 120


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """A translation to index, as plain text without markup.

    ``passages`` are the parts of the same text that a hit can lead to. They may overlap (a
    resolution and its steps): of two that match alike the shorter one is quoted. ``addresses`` are
    those that its links lead to; ``defined`` are the codes that the text is about.
    """

    translation_id: int
    article_id: int
    language: str
    title: str
    messages: Sequence[str] = ()
    codes: Sequence[Code] = ()
    problem: str = ""
    cause: str = ""
    resolution: str = ""
    other: str = ""
    passages: Sequence[Passage] = ()
    addresses: Sequence[str] = ()
    defined: Sequence[Code] = ()

    @property
    def body(self) -> str:
        """Return all text but the title."""
        return "\n".join((self.problem, self.cause, self.resolution, self.other))


class _Article(Protocol):
    kind: str


class _Translation(Protocol):
    pk: int
    article_id: int
    language: str
    title: str

    @property
    def article(self) -> _Article: ...

    def texts(self) -> Mapping[str, str]: ...


def document_of(translation: _Translation, structured: StructuredArticle) -> IndexDocument:
    """Return what to index of a translation, given what was recognised in its texts."""
    return IndexDocument(
        translation_id=translation.pk,
        article_id=translation.article_id,
        language=translation.language,
        title=translation.title,
        messages=[item.text for item in structured.symptoms],
        codes=list(dict.fromkeys(item.code for item in structured.codes)),
        passages=structured.passages,
        addresses=addresses_in("\n".join(_said(translation, structured).values())),
        defined=_defined(translation, structured),
        **{name: structured.plain.get(name, "") for name in SECTIONS},
    )


def _said(translation: _Translation, structured: StructuredArticle) -> dict[str, str]:
    """Return the texts of a translation with the snippets that they name."""
    return {**translation.texts(), **structured.expanded}


def _defined(translation: _Translation, structured: StructuredArticle) -> list[Code]:
    """Return the codes that the text is about.

    Those of its title, of a heading, or of a table's row.

    A row became an article of the kind ``error``, whose problem names its codes. What any other
    text merely mentions may mean something else there.
    """
    said = _said(translation, structured).values()
    lines = (line for text in said for line in text.splitlines())
    shown = "\n".join([translation.title, *(line for line in lines if line.startswith("#"))])
    headings = normalise_spelling(shown)
    sections = {"title", "problem"} if translation.article.kind == _ROW else {"title"}
    return list(
        dict.fromkeys(
            item.code
            for item in structured.codes
            if item.section in sections or item.code.key in headings
        )
    )


_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'`]{1,500}")
_TARGET_WORD = re.compile(r"[^\W_]{4,}")
_NUMBER_OF_ARTICLE = re.compile(r"(?<!\d)\d{5,8}(?!\d)")
#: Words of one text that stand in addresses.
_TARGETS = 200


def addresses_in(text: str) -> list[str]:
    """Return the addresses that a Markdown text links to or names, each once."""
    return list(dict.fromkeys(_ADDRESS.findall(text)))


def target_words(addresses: Iterable[str]) -> list[str]:
    """Return the folded words of the paths of ``addresses``, and the numbers of articles in them.

    >>> target_words(["https://example.com/help/4039809/no-profile"])
    ['help', '4039809', 'kb4039809', 'profile']
    """
    found: list[str] = []
    for address in addresses:
        path = address.split("/", 3)[3:]
        for raw in _TARGET_WORD.findall(" ".join(path)):
            found.append(fold(raw))
            found += [f"kb{number}" for number in _NUMBER_OF_ARTICLE.findall(raw)]
    return list(dict.fromkeys(found))[:_TARGETS]


class CodeRow(NamedTuple):
    """A code as the typed index holds it.

    ``whole`` is False for the end of a symbol's name, and ``defines`` tells whether the document
    is about the code.
    """

    canonical: str
    kind: str
    value: int | None
    low_word: int | None
    key: str
    whole: bool
    defines: bool = False


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message with its folded words (joined by spaces) and the checksums of its grams."""

    text: str
    words: str
    grams: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The rows of one document."""

    title: str
    title_terms: str
    key_terms: str
    body_terms: str
    passages: str
    codes: tuple[CodeRow, ...]
    messages: tuple[MessageRow, ...]
    vocabulary: frozenset[str]


def analyse(document: IndexDocument) -> Analysis:
    """Return the rows of ``document``: everything the index holds of it."""
    terms = analyser(document.language).terms
    title = words(document.title)
    messages = [row for row in map(message_row, dict.fromkeys(document.messages)) if row]
    body = words(document.body)
    names = [word for code in document.codes for word in symbol_words(code)]
    keys = [code_term(code.canonical) for code in document.codes] + terms(names)
    for message in messages:
        keys += [BREAK, *terms(message.words.split())]
    targets = target_words(document.addresses)
    targets += joined_names(f"{document.title}\n{document.body}")[:_TARGETS]
    vocabulary = frozenset(title).union(
        body, names, targets, *(row.words.split() for row in messages)
    )
    return Analysis(
        title=document.title.replace("\x00", ""),
        title_terms=" ".join(terms(title)),
        key_terms=" ".join(keys),
        body_terms=" ".join(terms([*body, *targets])),
        passages=json.dumps(
            [(p.anchor, p.section, p.text.replace("\x00", " ")) for p in document.passages],
            ensure_ascii=False,
            separators=(",", ":"),
        ),
        codes=tuple(code_rows(document.codes, frozenset(document.defined))),
        messages=tuple(messages),
        vocabulary=vocabulary,
    )


def code_term(canonical: str) -> str:
    """Return the term of a code in the full text, the same for every language."""
    return f"c:{normalise_spelling(canonical)}"


def message_row(text: str) -> MessageRow | None:
    """Return the row of a message; None for one without words."""
    folded = words(text)
    if not folded:
        return None
    return MessageRow(text.replace("\x00", ""), " ".join(folded), tuple(sorted(_own_grams(folded))))


def _own_grams(folded: Sequence[str]) -> set[int]:
    """Return grams of a message: the whole, and parts side by side with the last one."""
    size = min(GRAM, len(folded))
    if size < 2:
        return set()
    starts = [*range(0, len(folded) - size + 1, size), len(folded) - size]
    return {gram(folded), *(gram(folded[start : start + size]) for start in starts)}


def gram(folded: Iterable[str]) -> int:
    """Return the checksum of adjacent folded words. Chance hits are told apart by the words."""
    return zlib.crc32(" ".join(folded).encode())


def code_rows(codes: Iterable[Code], defined: Container[Code] = frozenset()) -> Iterator[CodeRow]:
    """Yield the rows of the typed index for the codes of a document, each code once."""
    for code in dict.fromkeys(codes):
        value = code.value if code.kind in NUMERIC_KINDS else None
        low = low_word(value) if value is not None else None
        key = normalise_spelling(code.canonical)[:MAX_KEY]
        yield CodeRow(code.canonical, code.kind, value, low, key, True, code in defined)
        if code.kind == SYMBOL:
            for tail in symbol_tails(code.canonical):
                yield CodeRow(code.canonical, code.kind, None, None, tail, False)


def symbol_words(code: Code) -> list[str]:
    """Return the words that a symbol is made of: ``device``, ``cap``, ``reached``."""
    return name_words(code.canonical) if code.kind == SYMBOL else []


def symbol_tails(name: str) -> list[str]:
    """Return keys of the ends of a symbol at each of its parts but the first.

    >>> symbol_tails("DeviceCapReached")
    ['capreached', 'reached']
    """
    starts = [match.start() for match in NAME_PART.finditer(name)][1:]
    keys = (normalise_spelling(name[start:])[:MAX_KEY] for start in starts)
    return list(dict.fromkeys(key for key in keys if len(key) > 2))
