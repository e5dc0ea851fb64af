"""What changed last, as an Atom feed (RFC 4287) in each language."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..access import Reader
from ..models import ArticleTranslation

LENGTH = 30


if TYPE_CHECKING:  # at run time it takes no brackets
    TextFeed = Feed[ArticleTranslation, str]
else:
    TextFeed = Feed


class RecentArticles(TextFeed):
    """The public texts in the language of the address, the last one changed first."""

    feed_type = Atom1Feed
    title = _("Recently changed articles")
    subtitle = _("Known problems and error codes with their causes and resolutions, by platform.")
    author_name = _("Troubleshooting portal")

    def get_object(self, request: HttpRequest) -> str:
        return get_language()

    def link(self) -> str:
        return reverse("troubleshooting:home")

    def items(self, language: str) -> QuerySet[ArticleTranslation]:
        texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).filter(language=language)
        return (
            texts.select_related("article", "rendered")
            .prefetch_related("article__platforms")
            .only("language", "title", "modified", "article__slug", "rendered__summary")
            .order_by("-modified", "article__slug")[:LENGTH]
        )

    def item_title(self, item: ArticleTranslation) -> str:
        return item.title

    def item_description(self, item: ArticleTranslation) -> str:
        return escape(item.rendered.summary) if hasattr(item, "rendered") else ""  # as HTML

    def item_link(self, item: ArticleTranslation) -> str:
        return item.article.get_absolute_url()

    def item_updateddate(self, item: ArticleTranslation) -> datetime:
        return item.modified

    def item_categories(self, item: ArticleTranslation) -> list[str]:
        return [platform.name for platform in item.article.platforms.all()]
