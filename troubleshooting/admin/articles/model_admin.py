"""Articles: the list of them, and the pages on which one is written and led on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.csrf import csrf_protect

from ...editing import trash_articles
from ...figures.titles import titles_of
from ...models import Article, ArticleTranslation
from ..bulk import merging, splitting
from ..bulk.trash import tell_trashed
from ..editorial import comments, scheduling
from ..exchange import exporting
from ..generics import editor_of
from ..parts import DeletedInWords
from ..texts import backlinks, drafts, history, link_picker, pending
from ..texts.gone import gone_page, telling_of_departure
from ..translating import listing as translation_list
from ..translating import machine, xliff
from ..translating import page as translation
from . import presence, preview
from . import status as article_status
from .actions import ArticleActions
from .listing import ArticleList
from .writing import WritingPage

#: Modules with pages of their own below the address of the list.
FEATURES = (
    preview,
    presence,
    drafts,
    link_picker,
    article_status,
    history,
    backlinks,
    merging,
    splitting,
    scheduling,
    comments,
    pending,
    translation,
    xliff,
    machine,
    translation_list,
    exporting,
)


@admin.register(Article)
class ArticleAdmin(exporting.ExportAction, ArticleActions, ArticleList, DeletedInWords):
    """The list as Django has it; the form is a page of the portal's own."""

    nothing_yet = gettext_lazy("There is no article yet. Write one, or import documents.")
    adding = gettext_lazy("Write an article")
    actions = [*ArticleActions.actions, "export"]

    def get_urls(self) -> list[URLPattern]:
        own = [pattern for feature in FEATURES for pattern in feature.urls(self)]
        return [*(telling_of_departure(self, pattern) for pattern in own), *super().get_urls()]

    def _get_obj_does_not_exist_redirect(  # type: ignore[override]  # a page leads nowhere else
        self, request: HttpRequest, opts: Any, object_id: str
    ) -> HttpResponse:
        """Say what became of an article; lead to the list where there never was one.

        Django's own pages about one article (to delete it, its history) end here.
        """
        is_editor = self.has_view_or_change_permission(request)
        gone = gone_page(self, request, object_id) if is_editor else None
        return gone or super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Article | None:
        """Return the article alone.

        Its own pages need nothing of what the columns of the list show.
        """
        if from_field:
            return super().get_object(request, object_id, from_field)
        try:
            return Article.objects.select_related("owner").get(pk=object_id)
        except (Article.DoesNotExist, ValidationError, ValueError):
            return None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @method_decorator(csrf_protect)
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if object_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return WritingPage(self, request, None).answer()
        article = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, article):
            raise PermissionDenied
        if article is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return WritingPage(self, request, article).answer()

    def get_view_on_site_url(self, obj: Article | None = None) -> str | None:
        return obj.get_absolute_url() if obj else None

    def get_deleted_objects(
        self, objs: Sequence[Article] | QuerySet[Article], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Let an administrator delete an article with its history.

        Nobody deletes a history by itself. The page that asks, the message after it and the journal
        call articles by their titles.
        """
        titles = titles_of(
            (article.pk for article in objs), get_language(), ArticleTranslation.objects.all()
        )
        for article in objs:
            article.called = titles[article.pk].text if article.pk in titles else article.slug
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        return found, counts, set() if self.has_delete_permission(request) else needed, protected

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask before an article is put into the trash."""
        back = reverse("admin:troubleshooting_article_change", args=[object_id])
        context = {"trash_days": settings.TRASH_DAYS, "back": back, **(extra_context or {})}
        return super().delete_view(request, object_id, context)

    def response_delete(
        self, request: HttpRequest, obj_display: str, obj_id: int
    ) -> HttpResponseRedirect:
        """Lead to the list; ``delete_model`` has said what happened."""
        return HttpResponseRedirect(reverse("admin:troubleshooting_article_changelist"))

    def delete_model(self, request: HttpRequest, obj: Article) -> None:
        tell_trashed(request, trash_articles([obj], user=editor_of(request)))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        trash_articles(queryset, user=editor_of(request))
