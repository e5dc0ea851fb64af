"""The first page: the box, the platforms, codes, recent changes, documents."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, F, Value, When
from django.utils import timezone

from ..access import reader_of
from ..models import Article, ErrorCode, Platform, SearchFacets, SearchLog
from ..querysets import codes_with_counts, platforms_with_counts
from ..search import browse
from ..walking import own_language_first
from .articles.cards import cards
from .base import CachedView
from .incidents import all_notices
from .indexes.documents import latest_documents

RECENT = 6
CODES = 12
DOCUMENTS = 5
#: Codes that were searched fewer times say nothing, and fewer such codes are no list.
FEWEST_SEARCHES, FEWEST_CODES = 3, 4
_DAYS = 30
_MOST_READ = 20_000
_MEMORY_SECONDS = 24 * 3600


class HomeView(CachedView):
    template_name = "troubleshooting/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reader = reader_of(self.request)
        articles = Article.objects.visible_to(reader).with_text().for_list(self.language)
        counted = browse(SearchFacets.objects.visible_to(reader), {})
        recent = own_language_first(articles, counted.total, self.language)[:RECENT]
        searched = searched_most()
        by_use = [When(canonical=code, then=Value(number)) for code, number in searched.items()]
        order = [F("article_count").desc(), F("canonical").asc()]
        if by_use:  # PostgreSQL takes a number alone for the number of a column
            order.insert(0, Case(*by_use, default=Value(0)).desc())
        codes = codes_with_counts(ErrorCode.objects.all(), reader).order_by(*order)[:CODES]
        used = [code for code in codes if code.canonical in searched]
        documents, document_count = latest_documents(self.language, reader, DOCUMENTS)
        return super().get_context_data(
            **kwargs,
            total=counted.total,
            notices=all_notices(self.request, self.language),
            platforms=platforms_with_counts(Platform.objects.all(), counted),
            codes=used if len(used) >= FEWEST_CODES else codes,
            are_used=len(used) >= FEWEST_CODES,
            recent=cards(recent, self.language, shows_platforms=True),
            documents=documents,
            document_count=document_count,
        )


def searched_most() -> dict[str, int]:
    """Return how often codes were searched in the last days, until yesterday; the most frequent.

    The page is kept as long as the content and the day are the same.
    """
    key = f"searched.{timezone.localdate()}"
    known: dict[str, int] | None = cache.get(key)
    if known is None:
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        rows = SearchLog.objects.filter(created__lt=today, created__gte=today - timedelta(_DAYS))
        read = rows.exclude(codes=[]).order_by().values_list("codes", flat=True)[:_MOST_READ]
        counted = Counter(code for codes in read for code in set(codes))
        known = {code: n for code, n in counted.most_common(4 * CODES) if n >= FEWEST_SEARCHES}
        cache.set(key, known, _MEMORY_SECONDS)
    return known
