"""Documents imported by upload: rehearsed first, then, if the editor agrees, in earnest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...importing import ArticleReport, DocumentReport, Outcome, RunReport, import_paths
from ...importing.wording import outcome_label
from ...media import is_too_large
from ...models import Article
from ..generics import editor_of
from ..parts import choose_among
from . import staging

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

NAME = "troubleshooting_sourcedocument_import"
SUFFIXES = (".md", ".markdown", ".zip")
MOST_FILES = 50
_KEPT = "import_upload"
_TOO_LARGE = gettext_lazy(
    "The files are too large together: 50 MB is the limit. Upload them in parts, or ask an"
    " administrator to use the command import_docs."
)


class _Files(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several Markdown files or zip archives."""

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
                text = _("“%(name)s” is neither a Markdown file (.md) nor a zip archive.")
                raise forms.ValidationError(text % {"name": name})
            if names.count(name) > 1:
                text = _("Two files are called “%(name)s”. Upload one after the other.")
                raise forms.ValidationError(text % {"name": name})
        return files


class UploadForm(forms.Form):
    """What to import, and in which language it is."""

    files = FilesField(  # type: ignore[assignment]  # a form's own `files` are another thing
        label=gettext_lazy("Files"),
        help_text=gettext_lazy(
            "Markdown files (at most 5 MB each), or zip archives of documents with their images or"
            " of exported articles (unpacked at most 200 MB and 5,000 files). 50 MB in all."
        ),
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        help_text=gettext_lazy(
            "If none is chosen: read from the file name, the front matter or the text."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, capfirst(_(name))) for code, name in settings.LANGUAGES]
        choose_among(self.fields["language"], [("", _("Detect")), *languages])


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article of the report; ``pk`` is None where there is none yet."""

    report: ArticleReport
    label: str
    pk: int | None


@dataclass(frozen=True, slots=True)
class ShownDocument:
    """A document of the report, its articles with those first that want a look."""

    report: DocumentReport
    label: str
    articles: list[ShownArticle]


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page below the list of documents."""

    def upload(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("troubleshooting.add_sourcedocument"):
            raise PermissionDenied
        if request.method != "POST":
            return _form_page(request, model_admin, UploadForm())
        if "confirm" in request.POST:
            return _import(request, model_admin)
        if "discard" in request.POST:
            staging.drop(request.session.pop(_KEPT, {}).get("token", ""))
            return redirect("admin:troubleshooting_sourcedocument_changelist")
        return _rehearse(request, model_admin)

    return [path("import/", model_admin.admin_site.admin_view(upload), name=NAME)]


def _form_page(
    request: HttpRequest, model_admin: ModelAdmin[Any], form: UploadForm
) -> HttpResponse:
    context = {**_context(request, model_admin), "form": form}
    return TemplateResponse(request, "admin/troubleshooting/document_import.html", context)


def _context(request: HttpRequest, model_admin: ModelAdmin[Any]) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": _("Import documents"),
        "opts": model_admin.opts,
    }


def _rehearse(request: HttpRequest, model_admin: ModelAdmin[Any]) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if is_too_large(request):
        form.errors["files"] = form.error_class([str(_TOO_LARGE)])
    if not form.is_valid():
        return _form_page(request, model_admin, form)
    staging.drop(request.session.pop(_KEPT, {}).get("token", ""))
    token = staging.keep(form.cleaned_data["files"])
    language = form.cleaned_data["language"]
    request.session[_KEPT] = {"token": token, "language": language}
    folder = staging.folder_of(token)
    if folder is None:
        return _gone(request)
    run = _run(request, folder, language, dry_run=True)
    return _report_page(request, model_admin, run)


def _import(request: HttpRequest, model_admin: ModelAdmin[Any]) -> HttpResponse:
    kept = request.session.pop(_KEPT, {})
    folder = staging.folder_of(kept.get("token", ""))
    if folder is None:
        return _gone(request)
    try:
        run = _run(request, folder, kept["language"], dry_run=False)
    finally:
        staging.drop(kept["token"])
    return _report_page(request, model_admin, run)


def _gone(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("The uploaded files are no longer here. Upload them again."))
    return redirect(f"admin:{NAME}")


def _run(request: HttpRequest, folder: Path, language: str, *, dry_run: bool) -> RunReport:
    names = sorted(file.name for file in folder.iterdir())
    return import_paths(
        names, folder=folder, language=language or None, dry_run=dry_run, author=editor_of(request)
    )


def _report_page(
    request: HttpRequest, model_admin: ModelAdmin[Any], run: RunReport
) -> HttpResponse:
    documents = shown_documents(run)
    outcomes = [article.report.outcome for each in documents for article in each.articles]
    context = {
        **_context(request, model_admin),
        "run": run,
        "documents": documents,
        "imported": len(run.documents) - run.failed,
        "counts": [
            (outcome, outcome_label(outcome), outcomes.count(outcome))
            for outcome in Outcome
            if outcome in outcomes
        ],
    }
    return TemplateResponse(request, "admin/troubleshooting/document_import_report.html", context)


def shown_documents(run: RunReport) -> list[ShownDocument]:
    """Return the documents of ``run`` for the page, with the articles to look at."""
    slugs = {article.slug for document in run.documents for article in document.articles}
    keys = dict(Article.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    return [
        ShownDocument(
            document,
            outcome_label(document.outcome),
            [
                ShownArticle(article, outcome_label(article.outcome), keys.get(article.slug))
                for article in sorted(document.articles, key=_urgency)
            ],
        )
        for document in run.documents
    ]


def _urgency(article: ArticleReport) -> int:
    first = (Outcome.CONFLICT, Outcome.REMOVED, Outcome.MERGED)
    last = (Outcome.KEPT, Outcome.UNCHANGED)
    if article.outcome in first:
        return first.index(article.outcome)
    return 10 + (last.index(article.outcome) + 1 if article.outcome in last else 0)
