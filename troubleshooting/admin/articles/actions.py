"""Changes of many articles at once. Each goes through ``editing``; what is skipped is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...editing import (
    BulkOutcome,
    change_many,
    change_status,
    mark_reviewed,
    revisions_of_many,
    update_article,
)
from ...models import Article, Platform
from ...rights import REVIEW, may_edit
from ..bulk.consequences import consequences
from ..bulk.undo import tell_skipped, undo_offered
from ..dates import example_date
from ..generics import ModelAdmin, editor_of
from .forms import offer_editors

#: More at once would keep the page waiting; a filter makes the choice smaller.
MOST = 500


class OwnerChoice(forms.Form):
    """Whose the articles shall be."""

    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_editors(self.fields["owner"])


class ReviewDateChoice(forms.Form):
    """When the articles shall be reviewed."""

    review_due = forms.DateField(label=gettext_lazy("Review due"), widget=AdminDateWidget)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_due"].help_text = example_date()


class PlatformsChoice(forms.Form):
    """What the articles shall be about."""

    platforms = forms.ModelMultipleChoiceField(
        Platform.objects.all(),
        label=gettext_lazy("Platforms"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None chosen: the articles apply to all platforms."),
    )


class KindChoice(forms.Form):
    """What kind of articles they shall be."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Article.Kind.choices)


class AudienceChoice(forms.Form):
    """Who shall read the articles."""

    audience = forms.ChoiceField(label=gettext_lazy("Audience"), choices=Article.Audience.choices)


class Confirmation(forms.Form):
    """Nothing to choose: the page says what will happen."""


class Publication(forms.Form):
    """What the page showed: the revisions of each article, which alone are published."""

    seen = forms.JSONField(widget=forms.HiddenInput)

    def clean_seen(self) -> dict[str, dict[str, int]]:
        """Refuse what no page of ours posts."""
        seen = self.cleaned_data["seen"]
        if not isinstance(seen, dict) or not all(isinstance(one, dict) for one in seen.values()):
            raise forms.ValidationError(_("This is no list of revisions."))
        return seen


class ArticleActions(ModelAdmin[Article]):
    """The actions of the list."""

    actions = [
        "publish",
        "archive",
        "reopen",
        "set_owner",
        "set_review_date",
        "set_platforms",
        "set_kind",
        "set_audience",
        "mark_as_reviewed",
    ]

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(REVIEW)

    @admin.action(description=gettext_lazy("Publish"), permissions=["review"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        def lead(article: Article, form: forms.Form) -> None:
            seen = form.cleaned_data["seen"].get(str(article.pk), {})
            change_status(article, "publish", user=editor_of(request), seen=seen)

        shown = {"seen": lambda: revisions_of_many(queryset[:MOST])}
        return self._ask(request, queryset, "publish", Publication, lead, shown)

    @admin.action(description=gettext_lazy("Archive"), permissions=["review"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._lead(request, queryset, "archive")

    @admin.action(description=gettext_lazy("Reopen"), permissions=["review"])
    def reopen(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._lead(request, queryset, "reopen")

    @admin.action(description=gettext_lazy("Set the platforms"), permissions=["change"])
    def set_platforms(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._ask(request, queryset, "set_platforms", PlatformsChoice)

    @admin.action(description=gettext_lazy("Set the kind"), permissions=["change"])
    def set_kind(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._ask(request, queryset, "set_kind", KindChoice)

    @admin.action(description=gettext_lazy("Set the audience"), permissions=["change"])
    def set_audience(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._ask(request, queryset, "set_audience", AudienceChoice)

    @admin.action(description=gettext_lazy("Set the owner"), permissions=["change"])
    def set_owner(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._ask(request, queryset, "set_owner", OwnerChoice)

    @admin.action(description=gettext_lazy("Set the review date"), permissions=["change"])
    def set_review_date(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._ask(request, queryset, "set_review_date", ReviewDateChoice)

    @admin.action(description=gettext_lazy("Mark as reviewed today"), permissions=["review"])
    def mark_as_reviewed(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        def mark(article: Article) -> None:
            mark_reviewed([article], user=editor_of(request))

        self._each(request, queryset, "mark_as_reviewed", mark)

    def _lead(
        self, request: HttpRequest, queryset: QuerySet[Any], transition: str
    ) -> HttpResponse | None:
        def lead(article: Article, _form: forms.Form) -> None:
            change_status(article, transition, user=editor_of(request))

        return self._ask(request, queryset, transition, Confirmation, lead)

    def _ask(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        action: str,
        form_class: type[forms.Form],
        change: Callable[[Article, forms.Form], object] | None = None,
        shown: dict[str, Any] | None = None,
    ) -> HttpResponse | None:
        """Return the page that asks, with what it would mean; its form begins with ``shown``.

        Once that is answered, the act itself.
        """
        form = form_class(request.POST if "apply" in request.POST else None, initial=shown)
        if form.is_valid():
            act = change or (lambda article, form: _update(request, article, form))
            self._each(request, queryset, action, lambda article: act(article, form))
            return None
        _function, _name, title = self.get_action(action) or (None, "", action)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media + form.media,
            "form": form,
            "action": action,
            **consequences(queryset, hides=action == "archive"),
            "checkbox": ACTION_CHECKBOX_NAME,
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/troubleshooting/articles/bulk.html", context)

    def _each(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        action: str,
        change: Callable[[Article], object],
    ) -> None:
        """Change every article, and say how many were, and which were not and why."""
        articles = list(queryset[: MOST + 1])
        if len(articles) > MOST:
            limit = _("Choose at most %(most)d articles at a time.") % {"most": MOST}
            messages.error(request, limit)
            return
        outcome = change_many(articles, change, action=action, user=editor_of(request))
        if outcome.count:
            _tell_done(request, outcome)
        tell_skipped(request, outcome.skipped)


def _update(request: HttpRequest, article: Article, form: forms.Form) -> None:
    if not may_edit(request.user, article):
        raise PermissionDenied
    update_article(article, by=editor_of(request), **form.cleaned_data)


def _tell_done(request: HttpRequest, outcome: BulkOutcome) -> None:
    text = ngettext(
        "%(count)d article was changed.", "%(count)d articles were changed.", outcome.count
    ) % {"count": outcome.count}
    messages.success(request, undo_offered(request, text, outcome.change))
