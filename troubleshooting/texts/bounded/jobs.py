"""What the child process can be asked to do. Each job is a function of pure parts alone.

The first argument of a job is the ``Asker``, by which it asks the parent (where does this link
lead?) and tells it which text it is about to read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from ..docfx import DocfxDocument, read_document
from ..markup import canonical
from ..markup.backslashes import ShortenedPath, shortened_paths
from ..markup.refused import HiddenComment, RefusedTag, hidden_comments, refused_tags
from ..markup.snippets import SnippetText
from ..pictures import CleanImage, clean_image
from ..rendering import RenderingContext, inner_html, render
from ..sections import MARKDOWN_TEXTS
from ..structure import StructuredArticle, structure_article


class Asker(Protocol):
    """The parent, as a job sees it."""

    def ask(self, question: str, argument: str) -> Any:
        """Return the answer of the function that the caller named ``question``."""

    def begin(self, field: str) -> None:
        """Tell that the text ``field`` is read from here on."""


def canonical_sections(parent: Asker, texts: Mapping[str, str]) -> dict[str, str]:
    """Return the canonical form of each of ``texts``."""
    return {name: _canonical(parent, name, text) for name, text in texts.items()}


def structure(
    parent: Asker,
    texts: Mapping[str, str],
    language: str,
    snippets: Mapping[str, SnippetText] | None = None,
) -> StructuredArticle:
    """Return what ``texts`` hold; asks ``link`` and ``image`` once for each target."""
    return structure_article(
        texts,
        language,
        _asked(parent, "link"),
        _asked(parent, "image"),
        progress=parent.begin,
        snippets=snippets,
    )


def structures(
    parent: Asker, texts: Sequence[tuple[Mapping[str, str], str]]
) -> list[StructuredArticle]:
    """Return what each of ``texts`` holds, which stands beside its language.

    Asks ``link 0`` and ``image 0`` for targets of the first, ``link 1`` for those of the second.
    """
    return [
        structure_article(
            each,
            language,
            _asked(parent, f"link {number}"),
            _asked(parent, f"image {number}"),
            progress=parent.begin,
        )
        for number, (each, language) in enumerate(texts)
    ]


def readings(
    parent: Asker, texts: Sequence[Mapping[str, str]], language: str
) -> list[tuple[dict[str, str], StructuredArticle]]:
    """Return (canonical form, what it holds) of each of ``texts`` of one document.

    Asks ``link`` and ``image`` once for each target.
    """
    link, image = _asked(parent, "link"), _asked(parent, "image")
    found = []
    for each in texts:
        sections = {name: each[name] for name in MARKDOWN_TEXTS}
        form = {**each, **canonical_sections(parent, sections)}
        held = structure_article(form, language, link, image, progress=parent.begin)
        found.append((form, held))
    return found


def hidden(
    parent: Asker, texts: Mapping[str, str]
) -> dict[str, tuple[list[RefusedTag], list[ShortenedPath]]]:
    """Return what readers do not see of each of ``texts``: tags, and backslashes of paths."""
    return {name: (refused_tags(text), shortened_paths(text)) for name, text in texts.items()}


def comments(parent: Asker, texts: Mapping[str, str]) -> dict[str, list[HiddenComment]]:
    """Return the comments of each of ``texts``, as they were typed, that hold words."""
    return {name: hidden_comments(text) for name, text in texts.items()}


def words(
    parent: Asker, texts: Mapping[str, str], names: dict[str, str]
) -> dict[str, tuple[str, str]]:
    """Return (canonical form, HTML) of each of ``texts``.

    ``names`` are the words of the renderer.
    """
    context = RenderingContext(_asked(parent, "link"), _asked(parent, "image"), names)
    forms = {name: _canonical(parent, name, text) for name, text in texts.items()}
    return {name: (form, inner_html(render(form, context))) for name, form in forms.items()}


def document(
    parent: Asker, raw: bytes, path: str, language: str | None, languages: Sequence[str]
) -> DocfxDocument:
    """Return a document read; asks ``include`` for the files that it includes."""
    return read_document(
        raw, path, language=language, languages=languages, include=_asked(parent, "include")
    )


def picture(parent: Asker, raw: bytes) -> CleanImage:
    """Return the image that ``raw`` holds, written anew."""
    return clean_image(raw)


def _canonical(parent: Asker, name: str, text: str) -> str:
    parent.begin(name)
    return canonical(text)


def _asked(parent: Asker, question: str) -> Callable[[str], Any]:
    return cache(lambda argument: parent.ask(question, argument))


JOBS: dict[str, Callable[..., Any]] = {
    "canonical_sections": canonical_sections,
    "structure": structure,
    "structures": structures,
    "readings": readings,
    "hidden": hidden,
    "comments": comments,
    "words": words,
    "document": document,
    "picture": picture,
}
