"""The revisions of a text: the list of them, what changed between two, and the way back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ...editing import EditConflict, restore_revision
from ...models import ArticleTranslation, Revision
from ...texts.comparing.diffing import (
    DiffPiece,
    DiffUnit,
    Skipped,
    diff_line,
    diff_texts,
    without_unchanged,
)
from ...texts.comparing.size import changed_names
from ...texts.remarks import remark
from ..articles.forms import person
from ..generics import editor_of
from .pages import LABELS, TextPage, text_page

FEATURE = "troubleshooting_article_revisions"
PER_PAGE = 30


@dataclass(frozen=True, slots=True)
class ChangedText:
    """One text that two revisions have differently; ``line`` for the title, else ``changes``."""

    label: str
    line: list[DiffPiece]
    changes: list[DiffUnit | Skipped]


def changed_texts(before: dict[str, str], after: dict[str, str]) -> list[ChangedText]:
    """Return what changed between two sets of texts, by section."""
    return [
        ChangedText(str(LABELS[name]), diff_line(before[name], after[name]), [])
        if name == "title"
        else ChangedText(
            str(LABELS[name]), [], without_unchanged(diff_texts(before[name], after[name]))
        )
        for name in changed_names(before, after)
    ]


def changed_since(
    texts: Iterable[ArticleTranslation], seen: Mapping[str, int]
) -> list[tuple[str, list[ChangedText]]]:
    """Return (language, what changed) of each of ``texts`` that is another than was seen.

    ``seen`` has revision numbers by language, as ``posted_revisions`` returns them; what is not
    there, or has no such revision, is new as a whole.
    """
    changed = []
    for text in texts:
        number = seen.get(text.language, 0)
        if number != text.revision_number:
            before = _texts(text.revisions.filter(number=number).first())
            changed.append((text.language, changed_texts(before, text.texts())))
    return changed


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page of the revisions of a text."""

    def revisions(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = text_page(model_admin, request, pk, language)
        if page.text is None:
            raise Http404
        return (_restore if request.method == "POST" else _show)(page, page.text)

    view = model_admin.admin_site.admin_view(revisions)
    return [path("<int:pk>/revisions/<str:language>/", view, name=FEATURE)]


def _show(page: TextPage, text: ArticleTranslation) -> HttpResponse:
    revisions = text.revisions.order_by("-number")
    older, newer = _chosen(page.request, revisions)
    listed = Paginator(
        revisions.select_related("author").only(
            "number", "author", "comment", "size", "origin", "created", "translation"
        ),
        PER_PAGE,
    ).get_page(page.request.GET.get("page"))
    context = {
        **page.context(FEATURE),
        "title": _("Revisions"),
        "revisions": listed,
        "rows": [
            (revision, person(revision.author) if revision.author else "") for revision in listed
        ],
        "older": older,
        "newer": newer,
        "changed": changed_texts(_texts(older), newer.texts()),
    }
    return TemplateResponse(page.request, "admin/troubleshooting/texts/history.html", context)


def _texts(revision: Revision | None) -> dict[str, str]:
    return revision.texts() if revision else dict.fromkeys(LABELS, "")


def _chosen(
    request: HttpRequest, revisions: QuerySet[Revision]
) -> tuple[Revision | None, Revision]:
    """Return the older and the newer of the revisions to compare; without a choice the last two."""
    wanted = [_number(request.GET.get(name, "")) for name in ("from", "to")]
    chosen = list(revisions.filter(number__in=[n for n in wanted if n]))
    if len(chosen) == 2:
        return chosen[1], chosen[0]
    newest = revisions.first()
    if newest is None:
        raise Http404
    newer = chosen[0] if chosen else newest
    if newer.number == wanted[0] != newest.number:
        return newer, newest
    return revisions.filter(number__lt=newer.number).first(), newer


def _number(value: str) -> int:
    return int(value) if value.isdecimal() and len(value) < 9 else 0


def _restore(page: TextPage, text: ArticleTranslation) -> HttpResponse:
    if not page.may_edit:
        raise PermissionDenied
    posted = page.request.POST
    revision = get_object_or_404(text.revisions, number=_number(posted.get("restore", "")))
    try:
        outcome = restore_revision(
            revision,
            author=editor_of(page.request),
            comment=remark(gettext_noop("Revision %(number)d restored"), number=revision.number),
            base_revision=_number(posted.get("base_revision", "")),
        )
    except EditConflict as conflict:
        messages.error(page.request, _overtaken(conflict))
    except ValidationError as error:
        messages.error(page.request, " ".join(error.messages))
    else:
        _tell(page, revision, outcome.changed, outcome.translation)
    return HttpResponseRedirect(page.request.path)


def _tell(page: TextPage, revision: Revision, is_changed: bool, text: ArticleTranslation) -> None:
    if not is_changed:
        messages.info(page.request, _("The text already says this: no revision was made."))
        return
    page.model_admin.log_change(
        page.request, page.article, [{"changed": {"fields": [page.language]}}]
    )
    numbers = {"old": revision.number, "new": text.revision_number}
    messages.success(
        page.request,
        _("Revision %(old)d was restored. It is revision %(new)d now; nothing is lost.") % numbers,
    )


def _overtaken(conflict: EditConflict) -> str:
    """Return why a revision was not restored."""
    who = person(conflict.author) if conflict.author else _("An import")
    return _(
        "%(who)s saved revision %(number)d meanwhile. Look at what changed, then restore again."
    ) % {"who": who, "number": conflict.revision}
