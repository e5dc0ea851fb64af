"""Documents imported by upload: rehearsed first, then, if the editor agrees, in earnest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...importing.runs import staging
from ...importing.runs.tasks import start
from ...media import is_too_large
from ...models import ImportRun, Source
from ...rights import may_import
from ...texts.converting import SUFFIXES as FOREIGN
from ..adding import NUMBER, addition_by, note_addition, number_of
from ..generics import editor_of
from ..parts import choose_among
from .imports import arrival, page_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

NAME = "troubleshooting_sourcedocument_import"
SUFFIXES = (".md", ".markdown", *FOREIGN, ".zip")
MOST_FILES = 50
_TOO_LARGE = gettext_lazy(
    "The files are too large together: 50 MB is the limit. Upload them in parts, or ask an"
    " administrator to use the command import_docs."
)


class _Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several documents or zip archives."""

    widget = _Files(attrs={"multiple": True, "accept": ",".join(SUFFIXES)})

    def clean(self, data: Any, initial: object = None) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = data if isinstance(data, list) else [data] if data else []
        if not files:
            raise forms.ValidationError(_("Choose at least one file."))
        if len(files) > MOST_FILES:
            raise forms.ValidationError(_("Choose at most 50 files, or pack them as a zip."))
        files = [super(FilesField, self).clean(file, initial) for file in files]
        names = [file.name or "" for file in files]
        for name in names:
            if not name.lower().endswith(SUFFIXES):
                text = _(
                    "“%(name)s” is of no kind that can be read: Markdown (.md), HTML (.html), Word"
                    " (.docx), an export as JSON (.json), or a zip archive of them."
                )
                raise forms.ValidationError(text % {"name": name})
            if names.count(name) > 1:
                text = _("Two files are called “%(name)s”. Upload one after the other.")
                raise forms.ValidationError(text % {"name": name})
        return files


class UploadForm(forms.Form):
    """What to import, in which language it is, and of which source."""

    files = FilesField(  # type: ignore[assignment]  # a form's own `files` are another thing
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Markdown (at most 5 MB each), HTML pages, Word documents (.docx), articles of Zendesk"
            " or BookStack as JSON (25 MB each), or zip archives: documents with their images,"
            " exported articles, and exports of Confluence, Notion or BookStack (unpacked at most"
            " 200 MB and 5,000 files). 50 MB in all."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        help_text=gettext_lazy(
            "If none is chosen: read from the file name, the front matter or the text."
        ),
    )
    source = forms.ModelChoiceField(
        Source.objects.none(),
        label=gettext_lazy("Source"),
        required=False,
        empty_label=gettext_lazy("None"),
        help_text=gettext_lazy(
            "The source decides what new articles begin as (owner, status, review date,"
            " platforms), and paths are relative to it. What is not uploaded does not count as"
            " removed."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, capfirst(_(name))) for code, name in settings.LANGUAGES]
        sources = self.fields["source"]
        assert isinstance(sources, forms.ModelChoiceField)
        sources.queryset = Source.objects.all()
        choose_among(self.fields["language"], [("", _("Detect")), *languages])


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page below the list of documents."""

    def upload(request: HttpRequest) -> HttpResponse:
        if not may_import(request.user):
            raise PermissionDenied
        if request.method != "POST":
            return _form_page(request, model_admin, UploadForm())
        return _rehearse(request, model_admin)

    return [path("import/", model_admin.admin_site.admin_view(upload), name=NAME)]


def _form_page(
    request: HttpRequest, model_admin: ModelAdmin[Any], form: UploadForm
) -> HttpResponse:
    number = number_of(request) or uuid4().hex
    context = {**_context(request, model_admin), "form": form, NUMBER: number}
    return TemplateResponse(request, "admin/troubleshooting/exchange/document_import.html", context)


def _context(request: HttpRequest, model_admin: ModelAdmin[Any]) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Import documents"),
        "opts": model_admin.opts,
        **arrival(None, is_upload=True),
    }


def _rehearse(request: HttpRequest, model_admin: ModelAdmin[Any]) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if is_too_large(request):
        form.errors["files"] = form.error_class([str(_TOO_LARGE)])
    if not form.is_valid():
        return _form_page(request, model_admin, form)
    return page_of(_run_of(request, form))


def _run_of(request: HttpRequest, form: UploadForm) -> ImportRun:
    """Return the rehearsal of what was uploaded; a form that is sent twice has one."""
    try:
        with transaction.atomic():
            before = addition_by(request)
            if before and (run := ImportRun.objects.filter(pk=before.key).first()):
                return run
            run = _started(request, form)
            if before is None:  # else: that rehearsal was discarded
                note_addition(request, run)
            return run
    except IntegrityError:  # sent twice at the same moment
        before = addition_by(request)
        if before is None:
            raise
        return ImportRun.objects.get(pk=before.key)


def _started(request: HttpRequest, form: UploadForm) -> ImportRun:
    files = form.cleaned_data["files"]
    made = ImportRun(
        source=form.cleaned_data["source"],
        user=editor_of(request),
        files=[Path(file.name or "").name for file in files],
        token=staging.keep(files),
        is_upload=True,
        language=form.cleaned_data["language"],
        is_rehearsal=True,
    )
    return start(made)
