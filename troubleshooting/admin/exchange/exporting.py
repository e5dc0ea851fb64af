"""Articles exported by download: those chosen in the list, or all that the editor sees."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from ...access import reader_of
from ...auditing import Act, note
from ...exporting import ExportSelection, write_archive
from ...models import Article
from ...texts.remarks import remark
from ..generics import ModelAdmin
from ..parts import choose_among

NAME = "troubleshooting_article_export"
_IN_MEMORY = 4 * 1024 * 1024


class ExportForm(forms.Form):
    """What of the chosen articles to export."""

    language = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), widget=forms.CheckboxSelectMultiple
    )
    status = forms.MultipleChoiceField(
        label=gettext_lazy("Status"),
        widget=forms.CheckboxSelectMultiple,
        choices=Article.Status.choices,
    )
    internal = forms.BooleanField(
        label=gettext_lazy("With internal notes"),
        required=False,
        help_text=gettext_lazy("Only for colleagues: the notes are not meant for readers."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, capfirst(_(name))) for code, name in settings.LANGUAGES]
        choose_among(self.fields["language"], languages)
        self.fields["language"].initial = [code for code, _name in languages]
        self.fields["status"].initial = Article.Status.values


class ExportAction(ModelAdmin[Article]):
    """The action of the list of articles."""

    @admin.action(description=gettext_lazy("Export"), permissions=["view"])
    def export(self, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse:
        """Ask what of the chosen articles to export."""
        chosen = (
            []
            if request.POST.get("select_across") == "1"
            else list(queryset.order_by().values_list("pk", flat=True))
        )
        return _page(request, self, ExportForm(), chosen, queryset.count())


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page below the list of articles; posted to, it answers with the archive."""

    def export(request: HttpRequest) -> HttpResponse | FileResponse:
        if not model_admin.has_view_permission(request):
            raise PermissionDenied
        articles = Article.objects.visible_to(reader_of(request)).with_text()
        chosen = [key for key in request.POST.getlist(ACTION_CHECKBOX_NAME) if key.isdecimal()]
        if chosen:
            articles = articles.filter(pk__in=chosen)
        form = ExportForm(request.POST or None)
        if not form.is_valid():
            return _page(request, model_admin, form, chosen, articles.count())
        exported = remark(gettext_noop("Articles: %(count)d"), count=articles.count())
        note(request.user, Act.EXPORTED, name=exported)
        return _download(articles, form.cleaned_data)

    return [path("export/", model_admin.admin_site.admin_view(export), name=NAME)]


def _page(
    request: HttpRequest,
    model_admin: ModelAdmin[Any],
    form: ExportForm,
    slugs: list[str],
    count: int,
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Export articles"),
        "opts": model_admin.opts,
        "form": form,
        "chosen": slugs,
        "checkbox": ACTION_CHECKBOX_NAME,
        "count": count,
    }
    return TemplateResponse(request, "admin/troubleshooting/exchange/export.html", context)


def _download(articles: QuerySet[Article], options: dict[str, Any]) -> FileResponse:
    selection = ExportSelection(
        articles.filter(status__in=options["status"]),
        frozenset(options["language"]),
        options["internal"],
    )
    target = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the response closes it)
    write_archive(target, selection)
    target.seek(0)
    name = f"articles-{timezone.localdate().isoformat()}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")
