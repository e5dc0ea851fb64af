"""The bounded counterparts of the pure functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..docfx import DocfxDocument
from ..docfx.lines import Include
from ..rendering import Link, plain_link
from ..structure import StructuredArticle
from .limits import LIMITS, Limits
from .pool import Pool

pool = Pool()
#: Lets so many more texts be read at the same time.
more_children = pool.wider


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """A text in canonical form, and its HTML."""

    text: str
    html: str


def canonical_sections(texts: Mapping[str, str], *, limits: Limits = LIMITS) -> dict[str, str]:
    """Return ``texts`` (by the names of their sections) in canonical form.

    Raise ``UnrenderableText`` with the name of the section.
    """
    if not any(texts.values()):
        return dict(texts)
    forms: dict[str, str] = pool.call("canonical_sections", dict(texts), limits=limits)
    return forms


def structure_article(
    texts: Mapping[str, str],
    language: str,
    link: Callable[[str], Link | None] = plain_link,
    image: Callable[[str], str | None] = lambda source: None,
    *,
    limits: Limits = LIMITS,
) -> StructuredArticle:
    """Do as ``structure.structure_article``; ``link`` and ``image`` are called in this process.

    Raise ``UnrenderableText`` with the name of the section.
    """
    answers = {"link": link, "image": image}
    article: StructuredArticle = pool.call(
        "structure", dict(texts), language, limits=limits, answers=answers
    )
    return article


def render_words(
    texts: Mapping[str, str],
    words: Mapping[str, str],
    link: Callable[[str], Link | None] = plain_link,
    image: Callable[[str], str | None] = lambda source: None,
    *,
    limits: Limits = LIMITS,
) -> dict[str, CanonicalText]:
    """Return each of ``texts`` in canonical form and rendered.

    ``words`` as in ``rendering.Context``.

    Raise ``UnrenderableText`` with the name of the text.
    """
    answers = {"link": link, "image": image}
    done = pool.call("words", dict(texts), dict(words), limits=limits, answers=answers)
    return {name: CanonicalText(*pair) for name, pair in done.items()}


def read_document(
    raw: bytes,
    path: str = "",
    *,
    language: str | None = None,
    languages: Sequence[str] = ("fr", "en"),
    include: Include = lambda path: None,
    limits: Limits = LIMITS,
) -> DocfxDocument:
    """Do as ``docfx.read_document``; ``include`` is called in this process.

    Raise ``DocumentError`` as that does, and ``UnrenderableText``.
    """
    answers = {"include": include}
    document: DocfxDocument = pool.call(
        "document", raw, path, language, list(languages), limits=limits, answers=answers
    )
    return document
