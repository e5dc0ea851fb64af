"""The trash: what was deleted, by whom, until when, and the way back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case, OuterRef, QuerySet, Subquery, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ...access import DELETE_ARTICLE
from ...accounts.ownership import form_keys
from ...auditing import Act, note
from ...editing import restore_article
from ...editing.whole import heir_of
from ...models import Article, ArticleTranslation, FormerAddress, TrashedArticle
from ..articles.forms import person
from ..generics import editor_of
from ..parts import ReadOnlyAdmin, change_link, change_url, named_links

NAME = "troubleshooting_trashedarticle_restore"


def title_of(trashed: TrashedArticle) -> str:
    """Return the title of ``trashed`` in the language of the moment, in another, or its address."""
    titles: dict[str, str] = trashed.titles
    return titles.get(get_language() or "") or str(trashed)


def tell_trashed(request: HttpRequest, trashed: list[TrashedArticle]) -> None:
    """Say that articles are in the trash; one can be brought back by a press of a button."""
    if len(trashed) != 1:
        text = ngettext(
            "%(count)d article is in the trash.", "%(count)d articles are in the trash.",
            len(trashed),
        )  # fmt: skip
        messages.success(request, text % {"count": len(trashed)})
        return
    text = _("“%(title)s” is in the trash.") % {"title": title_of(trashed[0])}
    messages.success(request, format_html("{} {}", text, restore_button(request, trashed[0])))


def restore_button(request: HttpRequest, trashed: TrashedArticle) -> SafeString:
    """Return a form that brings the article back."""
    return format_html(
        '<form class="undo" method="post" action="{}">'
        '{}<button type="submit" class="quiet">{}</button></form>',
        reverse(f"admin:{NAME}", args=[trashed.pk]),
        form_keys(request),
        _("Restore"),
    )


@admin.register(TrashedArticle)
class TrashAdmin(ReadOnlyAdmin):
    """One line for each article; its page says what it was."""

    nothing_yet = gettext_lazy("The trash is empty.")
    list_display = ["title", "state", "languages", "deleted", "who", "heir", "until", "way_back"]
    list_display_links = ["title"]
    list_select_related = ["deleted_by"]
    list_per_page = 50
    search_fields = ["titles", "slug"]
    fields = ["title", "slug", "state", "languages", "deleted", "who", "heir", "until"]
    readonly_fields = ["title", "slug", "state", "languages", "deleted", "who", "heir", "until"]
    change_form_template = "admin/troubleshooting/bulk/trashed_article.html"

    def has_view_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return request.user.has_perm(DELETE_ARTICLE)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.restore))
        return [path("<int:pk>/restore/", view, name=NAME), *super().get_urls()]

    @admin.display(description=gettext_lazy("title"))
    def title(self, trashed: TrashedArticle) -> str:
        return title_of(trashed)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def state(self, trashed: TrashedArticle) -> str:
        return trashed.get_status_display()

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, trashed: TrashedArticle) -> str:
        return ", ".join(code.upper() for code in trashed.titles) or "–"

    @admin.display(description=gettext_lazy("deleted by"), ordering="deleted_by__username")
    def who(self, trashed: TrashedArticle) -> str:
        return person(trashed.deleted_by) if trashed.deleted_by else "–"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows, each with the key and the title of what it was merged into."""
        heirs = FormerAddress.objects.filter(slug=OuterRef("slug")).values("article")[:1]
        of_heir = ArticleTranslation.objects.filter(article=OuterRef("heir_key"))
        in_turn = of_heir.order_by(
            Case(When(language=get_language() or "", then=0), default=1), "language"
        )
        rows: QuerySet[Any] = super().get_queryset(request).annotate(heir_key=Subquery(heirs))
        named: QuerySet[Any] = rows.annotate(heir_title=Subquery(in_turn.values("title")[:1]))
        return named

    @admin.display(description=gettext_lazy("merged into"))
    def heir(self, trashed: TrashedArticle) -> str:
        row: Any = trashed
        return change_link("article", row.heir_key, row.heir_title) if row.heir_title else "–"

    @admin.display(description=gettext_lazy("kept until"), ordering="deleted")
    def until(self, trashed: TrashedArticle) -> str:
        if not settings.TRASH_DAYS:
            return _("for good")
        end = localtime(trashed.deleted + timedelta(days=settings.TRASH_DAYS))
        return date_format(end, "SHORT_DATE_FORMAT")

    @admin.display(description=gettext_lazy("action"))
    def way_back(self, trashed: TrashedArticle) -> SafeString:
        """Return a button of the list's form."""
        return format_html(
            '<button type="submit" class="button" formaction="{}" aria-label="{}">{}</button>',
            reverse(f"admin:{NAME}", args=[trashed.pk]),
            _("Restore “%(title)s”") % {"title": title_of(trashed)},
            _("Restore"),
        )

    def restore(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Bring the article back, and lead to it.

        Raise ``PermissionDenied``: this editor may not.
        """
        if not self.has_view_permission(request):
            raise PermissionDenied
        trashed = get_object_or_404(TrashedArticle, pk=pk)
        before, status, heir = trashed.slug, trashed.status, heir_of(trashed)
        article = restore_article(trashed, user=editor_of(request))
        article.called = title_of(trashed)
        note(request.user, Act.RESTORED, article)
        _tell_status(request, article, status)
        if article.slug != before:
            text = _(
                "Another article has taken its former address: it now has the address %(slug)s."
            )
            messages.warning(request, text % {"slug": article.slug})
        if heir:
            _warn_of_heir(request, heir)
        return HttpResponseRedirect(change_url("article", article.pk))


def _warn_of_heir(request: HttpRequest, heir: Article) -> None:
    """Say that what came back stands in the article too that it was merged into."""
    text = _(
        "It had been merged into “{article}”. If that took its text over, the text stands twice"
        " now: take it out of one of the two, or archive one."
    )
    (link,) = named_links([heir.pk])
    messages.warning(request, format_html(text, article=link))


def _tell_status(request: HttpRequest, article: Article, before: str) -> None:
    """Say in which status the article came back, and why where it is not the one ``before``."""
    if article.status == before:
        text = _("The article was restored: “%(status)s”, as before.")
        messages.success(request, text % {"status": article.get_status_display()})
        return
    messages.warning(
        request,
        _(
            "The article was restored as a draft: the platforms that it was about are gone, and"
            " without any it would be about all of them. Choose its platforms, then publish it."
        ),
    )
