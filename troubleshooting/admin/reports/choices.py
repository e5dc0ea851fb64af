"""What the search learned from the articles that readers opened; editors can forget any of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...figures.choices import ENOUGH, day_of, weight_of
from ...models import LearnedChoice
from ..parts import ReadOnlyAdmin, named_links


@admin.register(LearnedChoice)
class LearnedChoiceAdmin(ReadOnlyAdmin):
    nothing_yet = gettext_lazy(
        "Nothing was learned yet. What readers open after a search will stand here, "
        "without saying who."
    )
    list_display = ["words", "title", "opened", "solved", "worth", "effect", "last", "language"]
    search_fields = ["words", "article__slug"]
    search_help_text = gettext_lazy("Words or address of the article")
    list_display_links = None
    fields = ["words", "title", "language", "opened", "solved", "worth", "effect", "last"]
    list_per_page = 50
    actions = ["forget"]

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False  # one way is enough: the action

    def has_forget_permission(self, request: HttpRequest) -> bool:
        """Return whether the user may make the search forget."""
        return request.user.has_perm("troubleshooting.delete_learnedchoice")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not settings.LEARN_FROM_CHOICES:
            messages.info(request, _("Learning from choices is switched off on this portal."))
        return super().changelist_view(request, extra_context)

    @admin.display(description=gettext_lazy("article"), ordering="article__slug")
    def title(self, choice: LearnedChoice) -> str:
        return next(iter(named_links([choice.article_id])))

    @admin.display(description=gettext_lazy("weight today"), ordering="weight")
    def worth(self, choice: LearnedChoice) -> str:
        return number_format(round(weight_of(choice, timezone.localdate()) / 100, 1), 1)

    @admin.display(description=gettext_lazy("affects ranking"), boolean=True)
    def effect(self, choice: LearnedChoice) -> bool:
        return weight_of(choice, timezone.localdate()) >= ENOUGH

    @admin.display(description=gettext_lazy("last time"), ordering="day")
    def last(self, choice: LearnedChoice) -> str:
        return date_format(day_of(choice), "SHORT_DATE_FORMAT")

    @admin.action(description=gettext_lazy("Forget the selected choices"), permissions=["forget"])
    def forget(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """Delete the choices: the search ranks as if nobody had made them."""
        count = queryset.count()
        queryset.delete()
        told = ngettext("%(count)d choice forgotten.", "%(count)d choices forgotten.", count)
        messages.success(request, told % {"count": count})
