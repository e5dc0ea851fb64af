"""The first page: the box, the platforms, codes, recent changes, documents."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from ..access import reader_of
from ..models import Article, ErrorCode, Platform, SourceDocument
from ..querysets import codes_with_counts, platforms_with_counts
from .articles.cards import cards
from .base import CachedView
from .incidents import all_notices
from .indexes.documents import documents_for

RECENT = 6
CITED = 12
DOCUMENTS = 5


class HomeView(CachedView):
    template_name = "troubleshooting/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reader = reader_of(self.request)
        articles = Article.objects.visible_to(reader).with_text()
        recent = articles.recently_changed().for_list(self.language)[:RECENT]
        codes = codes_with_counts(ErrorCode.objects.all(), reader).order_by(
            F("article_count").desc(), "canonical"
        )
        documents = documents_for(self.language)
        return super().get_context_data(
            **kwargs,
            total=articles.count(),
            notices=all_notices(self.request, self.language),
            platforms=platforms_with_counts(Platform.objects.all(), reader),
            codes=codes[:CITED],
            recent=cards(recent, self.language),
            documents=sorted(documents, key=_newest_first)[:DOCUMENTS],
            document_count=len(documents),
        )


def _newest_first(document: SourceDocument) -> float:
    """Return a key by which the document that was imported last comes first."""
    return -document.imported.timestamp()
