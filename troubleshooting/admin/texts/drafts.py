"""What is typed into a form is kept on the server every few moments, and offered again."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Length, NullIf, Substr, Trim
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.views.decorators.http import require_http_methods

from ...access import ADD_ARTICLE
from ...accounts.ownership import FIELD as MADE_FOR
from ...editing import drafts_of, end_draft, keep_draft, unsaved_of
from ...models import Article, KeptDraft
from ...rights import may_edit, may_propose
from ...texts.sections import TEXTS
from ..generics import editor_of
from .addresses import form_url, translation_url, writing_url

NAME = "troubleshooting_article_drafts"
#: The form of an article, and the page on which a text is translated.
PAGES = ("form", "translate", "pending")
#: The field by which an open page names what is kept of it.
KEPT = "kept_draft"
#: Characters of a text by which one is told from another.
_WORDS = 80
#: The cookie that tells the browser which kept draft has been saved and can go.
SAVED_COOKIE = "draft_saved"
#: What says which form it is, not what was typed.
_PLACE = frozenset(
    [
        "csrfmiddlewaretoken", MADE_FOR, "draft_article", "draft_language", "draft_page",
        KEPT, "restored", "restored_seen",
    ]
)  # fmt: skip


class UnsavedText(NamedTuple):
    """What a person typed and did not save: how it is called, and where it is offered again.

    ``title`` is that of the text, else its first words; "" where nothing was typed yet. ``length``
    counts characters; None: it is written row by row.
    """

    draft: KeptDraft
    title: str
    length: int | None
    url: str


def unsaved(user: User) -> list[UnsavedText]:
    """Return all that ``user`` typed into forms and did not save, the newest first. One query."""
    rows = unsaved_of(user).defer("fields")
    texts = [KT(f"fields__{name}__0") for name in TEXTS]
    first_rows = [KT(f"fields__text-{name}__0") for name in TEXTS]
    described = rows.annotate(
        words=Substr(
            Coalesce(*map(_unless_empty, [*texts, *first_rows]), Value("")), 1, 4 * _WORDS
        ),
        length=sum((Coalesce(Length(text), 0) for text in texts), Value(0)),
    )
    return [
        UnsavedText(
            row,
            _title(row),
            None if row.page == "translate" else row.length,
            f"{_address(row)}#kept={row.token}",
        )
        for row in described
    ]


def _unless_empty(text: Any) -> NullIf:
    return NullIf(Trim(text), Value(""))


def _title(row: Any) -> str:
    words = Truncator(" ".join(row.words.split())).chars(_WORDS)
    return str(words) or (row.article.slug if row.article else "")


def _address(draft: KeptDraft) -> str:
    if draft.article is None:
        address = reverse("admin:troubleshooting_article_add")
        return f"{address}?language={draft.language}"
    of_page = {"pending": writing_url, "translate": translation_url}.get(draft.page, form_url)
    return of_page(draft.article, draft.language)


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the address that keeps what an open form holds, and tells what was kept."""
    view = model_admin.admin_site.admin_view(require_http_methods(["GET", "POST"])(_drafts))
    return [path("drafts/", view, name=NAME)]


def _drafts(request: HttpRequest) -> HttpResponse:
    """Keep the posted form, end the one named ``discard``, or list what was kept of a form."""
    if request.method == "POST":
        if discarded := _named(request, "discard"):
            end_draft(editor_of(request), *discarded)
            return HttpResponse(status=204)
        return _keep(request)
    article, language, page = _place(request)
    pages = {page}
    if page == "pending" and not may_edit(request.user, article):
        # Published since: what its author typed into the form can be proposed alone.
        pages.add("form")
    kept = drafts_of(editor_of(request), pages=pages, article=article, language=language)
    rows = [
        {
            "token": draft.token,
            "time": draft.modified.timestamp() * 1000,
            "seen": draft.modified.isoformat(),
            "fields": draft.fields,
        }
        for draft in kept
    ]
    return JsonResponse({"drafts": rows})


def kept_name(request: HttpRequest) -> str:
    """Return what the posted page calls its kept draft; "": it has none."""
    return request.POST.get(KEPT, "")[:60]


def end_kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Forget the draft of the page that was saved, and let the browser forget its copy.

    Return ``response``, which tells the browser.
    """
    token = kept_name(request)
    end_draft(editor_of(request), token)
    response.set_cookie(
        SAVED_COOKIE,
        token,
        max_age=86_400,
        path="/",
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


def _named(request: HttpRequest, field: str) -> tuple[str, datetime | None] | None:
    """Return the draft that ``field`` names, and as of when its person saw it."""
    token = request.POST.get(field, "")[:60]
    try:
        seen = parse_datetime(request.POST.get(f"{field}_seen", ""))
    except ValueError:
        seen = None
    return (token, seen) if token else None


def _keep(request: HttpRequest) -> HttpResponse:
    article, language, page = _place(request)
    token = kept_name(request)
    if not token:
        raise Http404
    fields = {name: values for name, values in request.POST.lists() if name not in _PLACE}
    try:
        keep_draft(
            user=editor_of(request),
            token=token,
            page=page,
            article=article,
            language=language,
            fields={name: [str(value) for value in values] for name, values in fields.items()},
            restored=_named(request, "restored"),
        )
    except ValueError:
        return HttpResponse(status=413)
    return HttpResponse(status=204)


def _place(request: HttpRequest) -> tuple[Article | None, str, str]:
    """Return the article (None: a new one), the language and the page of the form.

    Raise ``PermissionDenied`` where its user may not write there.
    """
    asked = request.POST if request.method == "POST" else request.GET
    key, language, page = (
        asked.get(f"draft_{name}", "") for name in ("article", "language", "page")
    )
    if page not in PAGES or language not in dict(settings.LANGUAGES):
        raise Http404
    if key and not key.isdecimal():
        raise Http404
    article = get_object_or_404(Article, pk=int(key)) if key else None
    if article is None and not request.user.has_perm(ADD_ARTICLE):
        raise PermissionDenied
    is_proposed = article is not None and may_propose(request.user, article)
    if not (may_edit(request.user, article) or is_proposed):
        raise PermissionDenied
    return article, language, page
