"""What a text would become if it were saved: by the same functions, and nothing is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..deriving import image_resolver, link_resolver, structure_texts
from ..models import ArticleTranslation
from ..texts.rendering import Link
from ..texts.structure import StructuredArticle
from .texts import canonical_texts


@dataclass(frozen=True, slots=True)
class Preview:
    """``texts`` as they would be stored, what they hold, and where each link of theirs leads.

    ``links`` maps a target as it is written to its link, None where it leads nowhere.
    """

    texts: dict[str, str]
    structured: StructuredArticle
    links: dict[str, Link | None]


def preview(texts: Mapping[str, str], language: str, article: int | None) -> Preview:
    """Return ``texts`` of that article (None: a new one) as a save would make them.

    Raise ``UnrenderableText``.
    """
    translation = ArticleTranslation(language=language)
    if article is not None:
        translation.article_id = article
    links: dict[str, Link | None] = {}
    stored = canonical_texts(texts)
    structured = structure_texts(
        stored, language, _recorded(link_resolver(translation), links), image_resolver(translation)
    )
    return Preview(stored, structured, links)


def _recorded(
    link: Callable[[str], Link | None], links: dict[str, Link | None]
) -> Callable[[str], Link | None]:
    def resolve(href: str) -> Link | None:
        links[href] = link(href)
        return links[href]

    return resolve
