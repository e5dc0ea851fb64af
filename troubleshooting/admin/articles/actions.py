"""Changes of many articles at once. Each goes through ``editing``; what is skipped is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.widgets import AdminDateWidget
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...editing import change_status, mark_reviewed, may_edit, update_article
from ...models import Article
from ..generics import ModelAdmin, editor_of
from .forms import offer_editors
from .listing import title_of

#: More at once would keep the page waiting; a filter makes the choice smaller.
MOST = 500
#: Articles that a message names.
_NAMED = 3


class OwnerChoice(forms.Form):
    """Whose the articles shall be."""

    owner = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Owner"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_editors(self.fields["owner"])


class ReviewDateChoice(forms.Form):
    """When the articles shall be reviewed."""

    review_due = forms.DateField(label=gettext_lazy("Review due"), widget=AdminDateWidget)


class ArticleActions(ModelAdmin[Article]):
    """The actions of the list."""

    actions = ["publish", "archive", "set_owner", "set_review_date", "mark_as_reviewed"]

    def has_review_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("troubleshooting.review_article")

    @admin.action(description=gettext_lazy("Publish"), permissions=["review"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._lead(request, queryset, "publish")

    @admin.action(description=gettext_lazy("Archive"), permissions=["review"])
    def archive(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._lead(request, queryset, "archive")

    @admin.action(description=gettext_lazy("Set the owner"), permissions=["change"])
    def set_owner(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._ask(request, queryset, "set_owner", OwnerChoice)

    @admin.action(description=gettext_lazy("Set the review date"), permissions=["change"])
    def set_review_date(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        return self._ask(request, queryset, "set_review_date", ReviewDateChoice)

    @admin.action(description=gettext_lazy("Mark as reviewed today"), permissions=["review"])
    def mark_as_reviewed(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        self._each(request, queryset, lambda article: mark_reviewed([article]))

    def _lead(self, request: HttpRequest, queryset: QuerySet[Any], transition: str) -> None:
        def lead(article: Article) -> None:
            change = change_status(article, transition, user=editor_of(request))
            self.log_change(request, article, [{"changed": {"fields": [change.after]}}])

        self._each(request, queryset, lead)

    def _ask(
        self,
        request: HttpRequest,
        queryset: QuerySet[Any],
        action: str,
        form_class: type[forms.Form],
    ) -> HttpResponse | None:
        """The page that asks for a value; once it is given, every article gets it."""
        form = form_class(request.POST if "apply" in request.POST else None)
        if form.is_valid():
            self._each(request, queryset, lambda article: _update(request, article, form))
            return None
        _function, _name, title = self.get_action(action) or (None, "", action)
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "media": self.media + form.media,
            "form": form,
            "action": action,
            "count": queryset.count(),
            "checkbox": ACTION_CHECKBOX_NAME,
            "chosen": request.POST.getlist(ACTION_CHECKBOX_NAME),
            "across": request.POST.get("select_across", "0"),
        }
        return TemplateResponse(request, "admin/troubleshooting/article_bulk.html", context)

    def _each(
        self, request: HttpRequest, queryset: QuerySet[Any], change: Callable[[Article], object]
    ) -> None:
        """Changes every article, and says how many were, and which were not and why."""
        articles = list(queryset[: MOST + 1])
        if len(articles) > MOST:
            limit = _("Choose at most %(most)d articles at a time.") % {"most": MOST}
            messages.error(request, limit)
            return
        skipped: dict[str, list[str]] = {}
        for article in articles:
            if reason := _refusal(change, article):
                skipped.setdefault(reason, []).append(title_of(article))
        done = len(articles) - sum(map(len, skipped.values()))
        if done:
            _tell_done(request, done)
        for reason, titles in skipped.items():
            _tell_skipped(request, reason, titles)


def _update(request: HttpRequest, article: Article, form: forms.Form) -> None:
    if not may_edit(request.user, article):
        raise PermissionDenied
    update_article(article, **form.cleaned_data)


def _refusal(change: Callable[[Article], object], article: Article) -> str:
    """Why ``article`` was not changed; "" where it was."""
    try:
        change(article)
    except ValidationError as error:
        return " ".join(error.messages)
    except PermissionDenied:
        return _("You may not change it in its present state.")
    return ""


def _tell_done(request: HttpRequest, count: int) -> None:
    text = ngettext("%(count)d article was changed.", "%(count)d articles were changed.", count)
    messages.success(request, text % {"count": count})


def _tell_skipped(request: HttpRequest, reason: str, titles: list[str]) -> None:
    text = ngettext(
        "%(count)d article was skipped (%(titles)s): %(reason)s",
        "%(count)d articles were skipped (%(titles)s): %(reason)s",
        len(titles),
    )
    named = ", ".join(titles[:_NAMED]) + (" …" if len(titles) > _NAMED else "")
    messages.warning(request, text % {"count": len(titles), "titles": named, "reason": reason})
