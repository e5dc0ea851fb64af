"""Imported documents: which there are, and one with its outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from ...access import reader_of
from ...models import Article, SourceDocument
from ..articles.cards import Card, cards
from ..base import CachedView


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading of a document with the articles below it.

    ``level`` is 2 to 6; 1 is the document's own title, which the page shows already.
    """

    level: int
    anchor: str
    title: str
    intro_html: str
    cards: list[Card]


def documents_for(language: str) -> list[SourceDocument]:
    """One row per document, in ``language`` where it has it, without the original's text."""
    rows = SourceDocument.objects.defer("raw", "preamble", "preamble_html", "outline")
    best: dict[str, SourceDocument] = {}
    for row in sorted(rows, key=lambda row: (row.key, row.language != language, row.language)):
        best.setdefault(row.key, row)
    return list(best.values())


class DocumentListView(CachedView):
    template_name = "troubleshooting/document_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, documents=documents_for(self.language))


class DocumentView(CachedView):
    template_name = "troubleshooting/document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key: str = kwargs.pop("key")
        rows = list(SourceDocument.objects.filter(key=key).defer("raw", "preamble"))
        if not rows:
            raise Http404
        document = min(rows, key=lambda row: (row.language != self.language, row.language))
        return super().get_context_data(
            **kwargs,
            document=document,
            foreign=document.language != self.language,
            languages=[row.language for row in rows],
            sections=self._sections(document),
        )

    def _sections(self, document: SourceDocument) -> list[OutlineSection]:
        """The outline with cards; a heading that leads to nothing visible is left out."""
        articles = Article.objects.visible_to(reader_of(self.request)).filter(
            sources__document=document
        )
        by_slug = {
            card.article.slug: card
            for card in cards(articles.for_list(self.language), self.language)
        }
        sections = [
            OutlineSection(
                level=min(max(int(entry.get("level", 2)), 1), 6),
                anchor=entry.get("anchor", ""),
                title=entry.get("title", ""),
                intro_html=entry.get("intro_html", ""),
                cards=[by_slug[slug] for slug in entry.get("articles", ()) if slug in by_slug],
            )
            for entry in document.outline
        ]
        return _without_empty(sections)


def _without_empty(sections: list[OutlineSection]) -> list[OutlineSection]:
    """Drop each heading that has no article, no text, and none of these below it."""
    kept: list[OutlineSection] = []
    for section in reversed(sections):
        leads_on = bool(kept) and kept[-1].level > section.level
        if section.cards or section.intro_html or leads_on:
            kept.append(section)
    return kept[::-1]
