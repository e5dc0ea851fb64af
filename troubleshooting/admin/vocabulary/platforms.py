"""Platforms with their number of uses, and merging two that turn out to be the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from ...editing import (
    articles_to_move,
    check_unused,
    delete_platforms,
    merge_platforms,
    save_platform,
)
from ...models import Article, FormerPlatformAddress, Platform
from ...rights import may_lead_platforms
from ...texts.remarks import remark
from ..generics import ModelForm, editor_of
from ..parts import LabelledColumns

#: Column -> the status whose articles it counts.
_COUNTED = {
    "published": Article.Status.PUBLISHED,
    "drafts": Article.Status.DRAFT,
    "in_review": Article.Status.IN_REVIEW,
    "archived": Article.Status.ARCHIVED,
}


class KeptPlatform(forms.Form):
    """Which of the chosen platforms stays."""

    kept = forms.ModelChoiceField(
        Platform.objects.none(),
        label=gettext_lazy("Platform that stays"),
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, platforms: QuerySet[Platform], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kept"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = platforms


class PlatformForm(ModelForm[Platform]):
    """A platform; its address is no other's, nor was."""

    def clean_slug(self) -> str:
        """Refuse an address that leads to another platform."""
        slug: str = self.cleaned_data["slug"]
        former = FormerPlatformAddress.objects.filter(slug=slug).exclude(platform=self.instance.pk)
        if other := former.select_related("platform").first():
            raise ValidationError(
                _("Links to the address “%(slug)s” lead to the platform “%(platform)s”.")
                % {"slug": slug, "platform": other.platform.name}
            )
        return slug


@admin.register(Platform)
class PlatformAdmin(LabelledColumns):
    nothing_yet = gettext_lazy(
        "No platform is kept yet. Articles are for all platforms until there is one."
    )
    list_display = ["name", "slug", "icon", "position", *_COUNTED]
    list_editable = ["position"]
    # What is counted for each row would be counted a third time.
    show_full_result_count = False
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    actions = ["merge"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counts = {
            f"of_{name}": Count("articles", filter=Q(articles__status=status))
            for name, status in _COUNTED.items()
        }
        rows: QuerySet[Any] = super().get_queryset(request).annotate(**counts)
        return rows

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        return super().get_form(request, obj, change, **{**kwargs, "form": PlatformForm})

    def has_change_permission(self, request: HttpRequest, obj: Platform | None = None) -> bool:
        """Return whether this editor may change platforms, and reviews in the field ``obj``."""
        may = super().has_change_permission(request, obj)
        return may and (obj is None or may_lead_platforms(request.user, [obj]))

    def save_model(self, request: HttpRequest, obj: Platform, form: Any, change: bool) -> None:
        save_platform(obj)

    def delete_model(self, request: HttpRequest, obj: Platform) -> None:
        delete_platforms([obj], user=editor_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        delete_platforms(list(queryset), user=editor_of(request))

    def get_deleted_objects(
        self, objs: Sequence[Platform] | QuerySet[Platform], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Protect a platform that articles name: without it they would be about all."""
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        return found, counts, needed, [*protected, *_in_use(objs)]

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the page that asks; for a platform in use it offers to merge it instead.

        Raise ``PermissionDenied``: this editor may not delete it.
        """
        platform = self.get_object(request, unquote(object_id))
        if platform is None or not _in_use([platform]):
            return super().delete_view(request, object_id, extra_context)
        if not self.has_delete_permission(request, platform):
            raise PermissionDenied
        others = Platform.objects.exclude(pk=platform.pk)
        form = KeptPlatform(request.POST if "kept" in request.POST else None, platforms=others)
        if form.is_valid():
            self._merge(request, form.cleaned_data["kept"], [platform])
            return HttpResponseRedirect(reverse("admin:troubleshooting_platform_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Delete"),
            "opts": self.opts,
            "form": form,
            "merged": platform,
            "refusals": _in_use([platform]),
            "choices": [(one, len(articles_to_move(one, [platform.pk]))) for one in others],
        }
        return TemplateResponse(
            request, "admin/troubleshooting/vocabulary/platform_merge.html", context
        )

    @admin.display(description=gettext_lazy("published"), ordering="of_published")
    def published(self, platform: Platform) -> SafeString | str:
        return _articles(platform, "published")

    @admin.display(description=gettext_lazy("drafts"), ordering="of_drafts")
    def drafts(self, platform: Platform) -> SafeString | str:
        return _articles(platform, "drafts")

    @admin.display(description=gettext_lazy("in review"), ordering="of_in_review")
    def in_review(self, platform: Platform) -> SafeString | str:
        return _articles(platform, "in_review")

    @admin.display(description=gettext_lazy("archived"), ordering="of_archived")
    def archived(self, platform: Platform) -> SafeString | str:
        return _articles(platform, "archived")

    @admin.action(description=gettext_lazy("Merge the chosen platforms"), permissions=["delete"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        """Ask which platform stays; once that is said, the others become it."""
        chosen = Platform.objects.filter(pk__in=queryset.values("pk"))
        if chosen.count() < 2:
            messages.error(request, _("Choose at least two platforms to merge."))
            return None
        form = KeptPlatform(request.POST if "apply" in request.POST else None, platforms=chosen)
        if not form.is_valid():
            return self._ask(request, form, list(chosen))
        self._merge(request, form.cleaned_data["kept"], list(chosen))
        return None

    def _ask(
        self, request: HttpRequest, form: KeptPlatform, platforms: list[Platform]
    ) -> HttpResponse:
        keys = [platform.pk for platform in platforms]
        moves = {
            platform.pk: len(articles_to_move(platform, set(keys) - {platform.pk}))
            for platform in platforms
        }
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge platforms"),
            "opts": self.opts,
            "form": form,
            "choices": [(platform, moves[platform.pk]) for platform in platforms],
            "action": "merge",
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(
            request, "admin/troubleshooting/vocabulary/platform_merge.html", context
        )

    def _merge(self, request: HttpRequest, target: Platform, platforms: list[Platform]) -> None:
        others = [platform for platform in platforms if platform != target]
        names = ", ".join(platform.name for platform in others)
        count = merge_platforms(target, others, user=editor_of(request))
        noted = remark(gettext_noop("Merged with it: %(names)s"), names=names)
        self.log_change(request, target, noted)
        text = ngettext(
            "%(names)s is now %(kept)s: %(count)d article was moved.",
            "%(names)s is now %(kept)s: %(count)d articles were moved.",
            count,
        )
        messages.success(request, text % {"names": names, "kept": target.name, "count": count})


def _in_use(platforms: Iterable[Platform]) -> list[str]:
    """Say of each platform that articles name why it is not deleted."""
    refusals: list[str] = []
    for platform in platforms:
        try:
            check_unused(platform)
        except ValidationError as error:
            refusals += error.messages
    return refusals


def _articles(platform: Platform, column: str) -> SafeString | str:
    """Return the number of articles in a status as a link to them."""
    count = getattr(platform, f"of_{column}")
    if not count:
        return "0"
    address = reverse("admin:troubleshooting_article_changelist")
    query = f"platforms__id__exact={platform.pk}&status__exact={_COUNTED[column]}"
    return format_html('<a href="{}?{}">{}</a>', address, query, count)
