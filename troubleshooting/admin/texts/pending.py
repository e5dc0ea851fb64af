"""A pending revision: what it changes of what is live, and what is decided about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from ...access import CHANGE_ARTICLE
from ...editing import (
    UNPUBLISHED,
    EditConflict,
    as_read,
    beside_live,
    check_seen,
    decide_blocks,
    discard_pending,
    left_out_of_first,
    may_choose,
    names_of,
    pending_of,
    publish_pending,
    reject_pending,
    submit_pending,
)
from ...models import Article, ArticleTranslation, PendingRevision, Revision, TemplateUse
from ...models.workflow import LONGEST_REASON
from ...rights import REVIEW, may, may_propose, may_publish
from ...texts.comparing.merge import Side, chosen_texts, open_blocks
from ...texts.comparing.size import may_change_meaning
from ...texts.prompts import prompts_left
from ...texts.sections import TEXTS
from ..articles.conflict import conflict_response
from ..articles.forms import person
from ..exchange.blocks import choices_in, homeless, shown_blocks
from ..generics import editor_of
from .addresses import PENDING, form_url, pending_url, writing_url
from .history import changed_texts
from .omissions import accepted_omissions, left_out
from .pages import TextPage, text_page

#: Prompts that the page names.
_PROMPTS = 6


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page of what waits of a text."""

    def pending(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = text_page(model_admin, request, pk, language)
        origin = request.GET.get("origin", Revision.Origin.EDITOR)
        found = pending_of(page.article, language, origin)
        if not request.user.has_perm(CHANGE_ARTICLE):
            raise Http404
        if found is None and request.POST.get("act") == "choose":
            messages.info(request, _("Nothing waits any more: somebody has decided about it."))
            return HttpResponseRedirect(form_url(page.article, language))
        if found is None:
            raise Http404
        return (_decide if request.method == "POST" else _show)(page, found)

    view = model_admin.admin_site.admin_view(pending)
    return [path("<int:pk>/pending/<str:language>/", view, name=PENDING)]


def _show(
    page: TextPage, pending: PendingRevision, error: ValidationError | None = None
) -> HttpResponse:
    user = page.request.user
    live = page.text.texts() if page.text else dict.fromkeys(TEXTS, "")
    after, conflict = beside_live(pending, page.text)
    is_published = page.article.status == Article.Status.PUBLISHED
    differs = page.text is not None and may_change_meaning(live, after, page.language)
    moved = page.text is not None and page.text.revision_number != pending.base_revision
    context = {
        **page.context(PENDING),
        "tabs": [],
        "title": _("Pending revision"),
        "pending": pending,
        "reviewer": person(pending.reviewer) if pending.reviewer else "",
        "changed": changed_texts(live, after),
        "prompts": _prompts_left(page, after),
        **_beside_source(page, pending, after),
        **_blocks(page, pending, live, after),
        "has_moved": moved,
        "meaning_may_differ": differs,
        "is_called_typo": pending.size == Revision.Size.TYPO,
        "conflict": conflict,
        "error": " ".join(error.messages) if error else "",
        "left_out": left_out(error),
        "writing_url": writing_url(page.article, page.language),
        "may_write": may_propose(user, page.article),
        "may_review": may(user, REVIEW, page.article),
        "may_publish": is_published and may_publish(user, pending),
        "closed": "" if is_published else UNPUBLISHED,
        "may_discard": pending.author_id == user.pk or may(user, REVIEW, page.article),
        "comment": page.request.POST.get("comment", ""),
    }
    return TemplateResponse(page.request, "admin/troubleshooting/texts/pending.html", context)


def _beside_source(
    page: TextPage, pending: PendingRevision, texts: Mapping[str, str]
) -> dict[str, Any]:
    """Return what a translation that waits does not say of its source as that is now."""
    source, seen = page.texts.get(pending.source_language), pending.source_revision
    rows = left_out_of_first(pending, texts)
    return {
        "source": source,
        "source_seen": seen,
        "source_moved": source is not None and 0 < seen < source.revision_number,
        "untranslated": len(rows),
        "untranslated_rows": names_of(rows),
    }


def _blocks(
    page: TextPage, pending: PendingRevision, live: dict[str, str], after: dict[str, str]
) -> dict[str, Any]:
    """Return what an import lets wait, block by block, with what was chosen for each."""
    if pending.origin != Revision.Origin.IMPORT or page.text is None:
        return {}
    posted = page.request.POST if page.request.POST.get("act") == "choose" else None
    blocks = shown_blocks(pending.ancestor, live, after, posted)
    is_published = page.article.status == Article.Status.PUBLISHED
    return {
        "blocks": blocks,
        "homeless": homeless(posted, blocks) if posted else [],
        "may_choose": is_published and may_choose(editor_of(page.request), pending),
        "theirs_label": _("Pending revision"),
    }


def _prompts_left(page: TextPage, texts: Mapping[str, str]) -> str:
    """Return the prompts that ``texts`` leave to be replaced, as they are written."""
    left = prompts_left(texts, TemplateUse.objects.known_prompts(page.article.pk))
    return ", ".join(dict.fromkeys(prompt.markup for prompt in left[:_PROMPTS]))


def _decide(page: TextPage, pending: PendingRevision) -> HttpResponse:
    posted, user = page.request.POST, editor_of(page.request)
    seen = posted_versions(page.request)
    if posted.get("act") == "choose" and pending.origin == Revision.Origin.IMPORT and page.text:
        return _choose(page, pending, page.text)
    act = _ACTS.get(posted.get("act", ""))
    if act is None:
        raise Http404
    try:
        said = act(pending, user, seen, posted)
    except EditConflict as conflict:
        return bring_together(page, conflict, pending)
    except ValidationError as error:
        return _show(page, pending, error)
    messages.success(page.request, said)
    return HttpResponseRedirect(form_url(page.article, page.language))


def _choose(page: TextPage, pending: PendingRevision, text: ArticleTranslation) -> HttpResponse:
    """Let what was chosen for each block wait, to be published on the same page."""
    posted, live = page.request.POST, text.texts()
    number, seen = posted_versions(page.request)
    user, (theirs, _conflict) = editor_of(page.request), beside_live(pending, text)
    if not may_choose(user, pending):
        raise PermissionDenied
    try:
        check_seen(pending, number=number, live=seen)
        blocks = open_blocks(pending.ancestor, live, theirs)
        choices = as_read(choices_in(posted, blocks), blocks)
        waits = decide_blocks(
            pending,
            chosen_texts(pending.ancestor, live, theirs, choices),
            user=user,
            number=number,
            live=seen,
            is_written=any(choice.side is Side.WRITTEN for choice in choices.values()),
        )
    except ValidationError as error:
        return _show(page, pending, error)
    if waits is None:
        messages.success(page.request, _("The live text stays as it is; nothing waits any more."))
        return HttpResponseRedirect(form_url(page.article, page.language))
    messages.success(page.request, _("Your choices are kept. Publish what waits to bring it live."))
    return HttpResponseRedirect(pending_url(waits))


def posted_versions(request: HttpRequest) -> tuple[int, int]:
    """Return what the page showed: the number of the pending revision, and that of what was live.

    ``pending_versions.html`` writes them. -1, which none has, stands for no number.
    """
    posted = (request.POST.get(name, "") for name in ("number", "live"))
    number, live = (int(value[:9]) if value.isdecimal() else -1 for value in posted)
    return number, live


def bring_together(
    page: TextPage, conflict: EditConflict, pending: PendingRevision
) -> HttpResponse:
    """Return the page on which it and what is live are merged; what comes of it waits as before."""
    return conflict_response(
        page.request,
        page.model_admin,
        page.article,
        page.language,
        conflict,
        action=writing_url(page.article, page.language),
        posted=("comment", "size", "base_pending"),
        published=pending,
    )


def _submit(pending: PendingRevision, user: Any, seen: tuple[int, int], _posted: QueryDict) -> str:
    submit_pending(pending, user=user, number=seen[0])
    return _("The pending revision was sent to review. Readers keep seeing the live text.")


def _publish(pending: PendingRevision, user: Any, seen: tuple[int, int], posted: QueryDict) -> str:
    number, live = seen
    accepted = accepted_omissions(posted)
    publish_pending(pending, user=user, number=number, live=live, accepted=accepted)
    return _("The pending revision is live now.")


def _reject(pending: PendingRevision, user: Any, seen: tuple[int, int], posted: QueryDict) -> str:
    comment = posted.get("comment", "")[:LONGEST_REASON]
    reject_pending(pending, user=user, comment=comment, number=seen[0])
    return _("The pending revision was rejected; its author sees why.")


def _discard(pending: PendingRevision, user: Any, seen: tuple[int, int], _posted: QueryDict) -> str:
    discard_pending(pending, user=user, number=seen[0])
    return _("The pending revision was discarded; the live text is as it was.")


_ACTS: dict[str, Callable[[PendingRevision, Any, tuple[int, int], QueryDict], str]] = {
    "submit": _submit,
    "publish": _publish,
    "reject": _reject,
    "discard": _discard,
}
