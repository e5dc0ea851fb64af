"""A translation leaves as XLIFF and comes back, checked against the revisions it was made of."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...auditing import Act, note
from ...editing import (
    EditConflict,
    SourceRevision,
    end_unfinished,
    save_rendering,
    save_unfinished,
)
from ...texts.comparing.diffing import REMOVED, SAME
from ...texts.sections import NOTE
from ...texts.translating import UnitPair, compose
from ...texts.translating.xliff import (
    LONGEST,
    MEDIA_TYPE,
    XliffError,
    XliffFile,
    XliffUnit,
    read_xliff,
    write_xliff,
)
from ..audited import note_revision
from ..generics import editor_of
from ..texts.pages import text_page
from .page import FEATURE, TranslationPage

NAME = "troubleshooting_article_xliff"
_REFUSED = {
    "files": gettext_lazy("The file holds no translation of one article."),
    "not_ours": gettext_lazy("The file was not exported by this portal."),
    "twice": gettext_lazy("The file holds the unit “%(detail)s” twice."),
    "too_large": gettext_lazy("The file is too large: 5 MB is the limit."),
    "not_utf8": gettext_lazy("The file is not UTF-8."),
    "doctype": gettext_lazy("The file declares a document type, which XLIFF does not have."),
    "broken": gettext_lazy("The file is not XML: %(detail)s"),
    "version": gettext_lazy("The file is not XLIFF version 2."),
    "tags": gettext_lazy("The unit “%(detail)s” holds tags: Markdown is written as text."),
    "other": gettext_lazy("The file is about another article, or other languages."),
    "source": gettext_lazy(
        "The source was changed since the file was exported: export it again, so that nothing"
        " outdated is translated."
    ),
    "target": gettext_lazy(
        "Somebody saved the translation since the file was exported: export it again, or write it"
        " on this page."
    ),
    "unknown": gettext_lazy("The unit “%(detail)s” is not in the article."),
    "changed": gettext_lazy("The source of the unit “%(detail)s” was changed in the file."),
}


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address of the file; posted to, it takes one."""

    def xliff(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = TranslationPage(text_page(model_admin, request, pk, language))
        if not page.sources:
            raise Http404
        return _take(page) if request.method == "POST" else _give(page)

    view = model_admin.admin_site.admin_view(xliff)
    return [path("<int:pk>/xliff/<str:language>/", view, name=NAME)]


def _rows(page: TranslationPage) -> dict[str, list[tuple[str, UnitPair]]]:
    """Return the rows by section, each with the name of its unit; "" for what has no source.

    A note of editors is nobody else's to read, so it has none.
    """
    found = {}
    for section in page.sections():
        rows = []
        for number, row in enumerate(section.rows, 1):
            is_unit = bool(row.marks) and row.change != REMOVED and section.name != NOTE
            rows.append((f"{section.name}-{number}" if is_unit else "", row))
        found[section.name] = rows
    return found


def file_of(page: TranslationPage) -> XliffFile:
    """Return the file of the translation as it is now."""
    text, source = page.page.text, page.sources[0]
    return XliffFile(
        article=page.page.article.pk,
        address=page.page.article.slug,
        source_language=source.language,
        source_revision=source.revision_number,
        language=page.page.language,
        revision=text.revision_number if text else 0,
        begun=page.unfinished.number if page.unfinished else 0,
        units=[
            XliffUnit(key, row.source, row.translation,
                      bool(row.translation.strip()) and row.change == SAME)
            for rows in _rows(page).values()
            for key, row in rows
            if key
        ],
    )  # fmt: skip


def _give(page: TranslationPage) -> HttpResponse:
    file = file_of(page)
    name = f"{file.address}.{file.source_language}-{file.language}.xlf"
    note(page.request.user, Act.EXPORTED, page.page.article, detail=name)
    answer = HttpResponse(write_xliff(file), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _take(page: TranslationPage) -> HttpResponse:
    if not page.page.may_edit:
        raise PermissionDenied
    upload = page.request.FILES.get("file")
    address = reverse(f"admin:{FEATURE}", args=[page.page.article.pk, page.page.language])
    try:
        if upload is None:
            raise ValidationError(_("Choose at least one file."))
        if (upload.size or 0) > LONGEST:
            raise XliffError("too_large")
        said = _save(page, read_xliff(upload.read()))
    except (XliffError, EditConflict, ValidationError) as error:
        refused = _("The file was not imported.")
        messages.error(page.request, f"{refused} {_reason(error)}")
    else:
        messages.success(page.request, said)
    return HttpResponseRedirect(address)


def _reason(error: XliffError | EditConflict | ValidationError) -> str:
    """Return in words why a file was not taken."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    if isinstance(error, EditConflict):
        return str(_REFUSED["target"])
    return _REFUSED[error.code] % {"detail": error.detail}


def _save(page: TranslationPage, file: XliffFile) -> str:
    """Store what ``file`` says; return what is told. Raise as above."""
    texts, is_whole = _texts(page, file)
    article, language, user = page.page.article, page.page.language, editor_of(page.request)
    if page.page.text is None and not is_whole:
        save_unfinished(
            article=article, language=language, texts=texts, author=user, base=file.begun,
            source_language=file.source_language, source_revision=file.source_revision,
        )  # fmt: skip
        return _("The file was imported. The translation is incomplete: some units have none.")
    with transaction.atomic():
        if page.page.text is None:
            end_unfinished(article, language, file.begun)
        save_rendering(
            article=article, language=language, texts=texts, author=user, is_whole=is_whole,
            source=SourceRevision(file.source_language, file.source_revision),
            comment="XLIFF", base_revision=file.revision,
        )  # fmt: skip
    note_revision(page.request, article, language, file.revision)
    fields = {"fields": [language], "name": "XLIFF"}
    page.page.model_admin.log_change(page.request, article, [{"changed": fields}])
    if not is_whole:
        return _("The file was imported. The translation is incomplete: some units have none.")
    return _("The file was imported: the translation is up to date with its source.")


def _texts(page: TranslationPage, file: XliffFile) -> tuple[dict[str, str], bool]:
    """Return the texts that ``file`` makes of the translation, and whether it is complete.

    A unit that is left out or has no target keeps the row that is there.
    """
    now = file_of(page)
    asked = (file.article, file.source_language, file.language)
    if asked != (now.article, now.source_language, now.language):
        raise XliffError("other")
    if file.source_revision != now.source_revision:
        raise XliffError("source")
    if (file.revision, file.begun) != (now.revision, now.begun):
        raise XliffError("target")
    sources = {unit.key: unit.source for unit in now.units}
    for unit in file.units:
        if unit.key not in sources:
            raise XliffError("unknown", unit.key)
        if unit.source.split() != sources[unit.key].split():
            raise XliffError("changed", unit.key)
    # What a file says nothing of was not translated, which is no wish to take away what is there.
    given = {unit.key: unit for unit in file.units if unit.target.strip()}
    texts = {}
    for name, rows in _rows(page).items():
        kept = [(key, row) for key, row in rows if key or row.change != REMOVED or name == NOTE]
        texts[name] = compose(
            (row.form, row.number, given[key].target if key in given else row.translation)
            for key, row in kept
        ).replace("\r\n", "\n")
    is_whole = all(key in given and given[key].is_done for key in sources)
    return texts, is_whole
