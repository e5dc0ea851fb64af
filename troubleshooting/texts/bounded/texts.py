"""The bounded counterparts of the pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..docfx import DocfxDocument
from ..docfx.lines import Include
from ..markup.backslashes import ShortenedPath, may_shorten_paths
from ..markup.refused import HiddenComment, RefusedTag, may_have_refused_tags
from ..markup.snippets import SnippetText
from ..rendering import Link, plain_link
from ..structure import StructuredArticle
from .limits import LIMITS, Limits
from .pool import Pool

pool = Pool()
#: Characters that are read in one call: a call takes about a tenth of its time for them.
BATCH = 30_000
Item = TypeVar("Item")
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


def hidden_parts(
    texts: Mapping[str, str], *, limits: Limits = LIMITS
) -> dict[str, tuple[list[RefusedTag], list[ShortenedPath]]]:
    """Return what readers do not see of ``texts`` (by the names of their sections).

    These are tags that are dropped, and paths that lose a backslash; sections without any are left
    out. The child is asked only about texts that have one at first sight, which few have.

    Raise ``UnrenderableText``.
    """
    doubtful = {
        name: text
        for name, text in texts.items()
        if may_have_refused_tags(text) or may_shorten_paths(text)
    }
    if not doubtful:
        return {}
    found: dict[str, tuple[list[RefusedTag], list[ShortenedPath]]]
    found = pool.call("hidden", doubtful, limits=limits)
    return {name: parts for name, parts in found.items() if any(parts)}


def hidden_comments(
    texts: Mapping[str, str], *, limits: Limits = LIMITS
) -> dict[str, list[HiddenComment]]:
    """Return the comments of ``texts`` (by the names of their sections) that hold words.

    The child is asked about texts with a comment, in code or out of it. Raise ``UnrenderableText``.
    """
    doubtful = {name: text for name, text in texts.items() if "<!--" in text}
    if not doubtful:
        return {}
    found: dict[str, list[HiddenComment]] = pool.call("comments", doubtful, limits=limits)
    return {name: comments for name, comments in found.items() if comments}


def structure_article(
    texts: Mapping[str, str],
    language: str,
    link: Callable[[str], Link | None] = plain_link,
    image: Callable[[str], str | None] = lambda source: None,
    *,
    snippets: Mapping[str, SnippetText] | None = None,
    limits: Limits = LIMITS,
) -> StructuredArticle:
    """Do as ``structure.structure_article``; ``link`` and ``image`` are called in this process.

    Raise ``UnrenderableText`` with the name of the section.
    """
    answers = {"link": link, "image": image}
    article: StructuredArticle = pool.call(
        "structure", dict(texts), language, dict(snippets or {}), limits=limits, answers=answers
    )
    return article


def structure_articles(
    texts: Sequence[tuple[Mapping[str, str], str]],
    links: Sequence[Callable[[str], Link | None]],
    images: Sequence[Callable[[str], str | None]],
    *,
    limits: Limits = LIMITS,
) -> list[StructuredArticle]:
    """Do as ``structure_article`` for each of ``texts``, which stands beside its language.

    All are read in one call, which may take no more than one text: see ``in_batches``.
    """
    answers: dict[str, Callable[[str], Any]] = {}
    for number, (link, image) in enumerate(zip(links, images, strict=True)):
        answers |= {f"link {number}": link, f"image {number}": image}
    plain = [(dict(each), language) for each, language in texts]
    articles: list[StructuredArticle] = pool.call(
        "structures", plain, limits=limits, answers=answers
    )
    return articles


def read_articles(
    texts: Sequence[Mapping[str, str]],
    language: str,
    link: Callable[[str], Link | None] = plain_link,
    image: Callable[[str], str | None] = lambda source: None,
    *,
    limits: Limits = LIMITS,
) -> list[tuple[dict[str, str], StructuredArticle]]:
    """Return (canonical form, what it holds) of each of ``texts``, all sections of which are named.

    All are read in one call, which may take no more than one text: see ``in_batches``.
    """
    answers = {"link": link, "image": image}
    plain = [dict(each) for each in texts]
    read: list[tuple[dict[str, str], StructuredArticle]] = pool.call(
        "readings", plain, language, limits=limits, answers=answers
    )
    return read


def in_batches(
    items: Iterable[Item], texts: Callable[[Item], Mapping[str, str]]
) -> Iterator[list[Item]]:
    """Yield ``items`` in their order, so many together as are far from the bounds of one text.

    ``texts`` are those of an item. Where a batch is refused all the same, who sent it sends its
    texts one by one, and each is refused for itself.
    """
    batch: list[Item] = []
    size = 0
    for item in items:
        length = sum(map(len, texts(item).values()))
        if batch and size + length > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(item)
        size += length
    if batch:
        yield batch


def render_words(
    texts: Mapping[str, str],
    words: Mapping[str, str],
    link: Callable[[str], Link | None] = plain_link,
    image: Callable[[str], str | None] = lambda source: None,
    *,
    limits: Limits = LIMITS,
) -> dict[str, CanonicalText]:
    """Return each of ``texts`` in canonical form and rendered.

    ``words`` as in ``rendering.decorating.RenderingContext``.

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
