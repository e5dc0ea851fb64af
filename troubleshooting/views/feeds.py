"""What changed last, as an Atom feed (RFC 4287) in each language."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..access import Reader
from ..filters.values import FAMILY_LABELS
from ..models import ArticleTranslation, CodeCitation, Platform
from ..texts.rendering.trees import without_controls

LENGTH = 30
#: When a feed changed that has never had an entry (Atom asks for a time).
_NEVER = datetime(2020, 1, 1, tzinfo=UTC)


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
        return self.newest(
            ArticleTranslation.objects.visible_to(Reader.PUBLIC).filter(language=language)
        )

    def newest(self, texts: QuerySet[ArticleTranslation]) -> QuerySet[ArticleTranslation]:
        """Return the texts that the feed tells, the last one changed first."""
        return (
            texts.select_related("article", "rendered")
            .prefetch_related("article__platforms")
            .only("language", "title", "modified", "article__slug", "rendered__summary")
            .order_by("-modified", "article__slug")[:LENGTH]
        )

    def get_feed(self, obj: Any, request: HttpRequest) -> Any:
        """Return the feed; one without entries changed when it was first there, not just now."""
        feed = super().get_feed(obj, request)
        if not feed.num_items():
            feed.latest_post_date = lambda: _NEVER  # type: ignore[method-assign]  # else the feed says now
        return feed

    def item_title(self, item: ArticleTranslation) -> str:
        return without_controls(item.title)

    def item_description(self, item: ArticleTranslation) -> str:
        return (
            escape(without_controls(item.rendered.summary)) if hasattr(item, "rendered") else ""
        )  # as HTML

    def item_link(self, item: ArticleTranslation) -> str:
        return item.article.get_absolute_url()

    def item_updateddate(self, item: ArticleTranslation) -> datetime:
        return item.modified

    def item_categories(self, item: ArticleTranslation) -> list[str]:
        return [without_controls(one.name) for one in item.article.platforms.all()]


class _NarrowedFeed(RecentArticles):
    """The texts about one thing; the object of the feed is its key."""

    def title(self, obj: str) -> str:  # type: ignore[override]  # Django calls it with the object
        return gettext("%(name)s: recently changed articles") % {
            "name": without_controls(self.name(obj))
        }

    def name(self, obj: str) -> str:
        raise NotImplementedError


class OfPlatform(_NarrowedFeed):
    """The texts about a platform, without texts that apply to all platforms."""

    def get_object(self, request: HttpRequest, slug: str) -> str:  # type: ignore[override]  # as the address names it
        return get_object_or_404(Platform, slug=slug).slug

    def name(self, obj: str) -> str:
        return Platform.objects.get(slug=obj).name

    def link(self, obj: str) -> str:  # type: ignore[override]  # Django calls it with the object
        return reverse("troubleshooting:platform", kwargs={"slug": obj})

    def items(self, obj: str) -> QuerySet[ArticleTranslation]:
        texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).filter(language=get_language())
        return self.newest(texts.filter(article__platforms__slug=obj))


class OfFamily(_NarrowedFeed):
    """The texts that cite a code of a family, such as ``hex`` (``texts/codes/families``)."""

    def get_object(self, request: HttpRequest, family: str) -> str:  # type: ignore[override]  # as the address names it
        if family not in FAMILY_LABELS:
            raise Http404
        return family

    def name(self, obj: str) -> str:
        return str(FAMILY_LABELS[obj])

    def link(self, obj: str) -> str:  # type: ignore[override]  # Django calls it with the object
        # Atom takes the link for the name of the feed: no two may share one.
        return f"{reverse('troubleshooting:code_list')}?family={obj}"

    def items(self, obj: str) -> QuerySet[ArticleTranslation]:
        # Not one list of what is cited: SQLite would try all of it for every article.
        cited = Exists(CodeCitation.objects.filter(code__kind=obj, translation=OuterRef("pk")))
        texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).filter(language=get_language())
        return self.newest(texts.filter(cited))
