"""The first page: the box, the platforms, codes, recent changes, documents."""

from ..models import Article, ErrorCode, Platform
from ..querysets import codes_with_counts, platforms_with_counts
from .articles.cards import cards
from .base import KeptView
from .indexes.documents import documents_for

RECENT = 6
CITED = 12


class HomeView(KeptView):
    template_name = "troubleshooting/home.html"

    def get_context_data(self, **kwargs) -> dict:
        user = self.request.user
        articles = Article.objects.visible_to(user).with_text()
        recent = articles.recently_changed().for_list(self.language)[:RECENT]
        codes = codes_with_counts(ErrorCode.objects, user).order_by("-article_count", "canonical")
        return super().get_context_data(
            **kwargs,
            total=articles.count(),
            platforms=platforms_with_counts(Platform.objects, user),
            codes=codes[:CITED],
            recent=cards(recent, self.language),
            documents=documents_for(self.language),
        )
