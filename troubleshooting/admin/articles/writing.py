"""The page on which an article is written: one language at a time, with what it becomes beside."""

from __future__ import annotations

from copy import copy
from functools import cached_property
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from ...editing import (
    EditConflict,
    PendingChangedError,
    article_of_form,
    pending_of,
    submit_pending,
    transitions_for,
    unfinished,
)
from ...editing.talking import open_threads
from ...figures.reports import open_errors
from ...models import (
    Article,
    ArticleTemplate,
    ArticleTranslation,
    PendingRevision,
    TemplateUse,
    UnfinishedTranslation,
)
from ...rights import EDIT, may_decide, may_edit, may_propose, within_field
from ...texts.remarks import remark
from ...texts.sections import TEXTS
from ..audited import changed_values, note_changed, note_revision
from ..generics import editor_of
from ..texts.addresses import pending_url, writing_url
from ..texts.drafts import end_kept, kept_name
from .conflict import conflict_response, pending_response
from .forms import DetailsForm, TextForm, disable
from .languages import (
    chosen_language,
    language_to_translate,
    linked,
    posted_revisions,
    relations,
    shown_revisions,
    tabs,
    texts_by_language,
)
from .prefill import (
    chosen_template,
    note_gap,
    offered_templates,
    prefilled,
    prefilled_details,
    without_template,
)
from .presence import present
from .preview import TextPreview, see
from .saving import (
    KeptPending,
    Saved,
    dropped,
    overtaken_by,
    said,
    save_form,
    save_pending_form,
)
from .status import follow, status_history, status_url

#: What an editor is told whose change may turn the text round.
MEANING_MAY_DIFFER = gettext_lazy(
    "The meaning may have changed: look at the text in the other languages too."
)
#: What is said of a pending revision.
PENDING_MESSAGE = gettext_lazy(
    "The pending revision was saved. Readers keep seeing the live text until it is published."
)
REVIEW_MESSAGE = gettext_lazy(
    "The pending revision was sent to review. Readers keep seeing the live text."
)
#: Changes of status, and reports of readers, that the page shows.
_STATUS_CHANGES, _REPORTS = 8, 3


class WritingPage:
    """One request for the page; ``article`` is None for a new one."""

    def __init__(
        self, model_admin: ModelAdmin[Any], request: HttpRequest, article: Article | None
    ) -> None:
        self.model_admin = model_admin
        self.request = request
        self.article = article
        self.language = chosen_language(request, article)
        writes_live = may_edit(request.user, article)
        asks = "pending" in request.GET or "pending" in request.POST
        self.is_pending = bool(
            article and may_propose(request.user, article) and (asks or not writes_live)
        )
        self.may_edit = writes_live or self.is_pending
        #: What is decided beside the texts takes effect at once, pending or not.
        self.may_decide = may_decide(request.user, article) and not (
            self.is_pending and writes_live
        )

    @cached_property
    def texts(self) -> dict[str, Any]:
        return texts_by_language(self.article)

    @property
    def text(self) -> ArticleTranslation | None:
        """Return the stored text in the language of the page; None where there is none."""
        return self.texts.get(self.language)

    @cached_property
    def unfinished(self) -> UnfinishedTranslation | None:
        """Return what is begun of a text that readers do not see yet."""
        if self.article is None or self.text or self.is_pending:
            return None
        return unfinished(self.article, self.language)

    @cached_property
    def pending(self) -> PendingRevision | None:
        """Return what editors have written of the text beside what is live."""
        return pending_of(self.article, self.language) if self.article else None

    @cached_property
    def template(self) -> ArticleTemplate | None:
        """Return what a new article is begun with."""
        return chosen_template(self.request) if self.article is None else None

    def _first_relation(self) -> str:
        return next((value for value, _label in relations(self.texts, self.language)), "")

    def answer(self) -> HttpResponse:
        """Return the page, or where a save leads. Raise ``PermissionDenied``."""
        if self.request.method == "POST":
            if not self.may_edit:
                raise PermissionDenied
            return self._save()
        return self._show(*self._fresh_forms())

    def _fresh_forms(self) -> tuple[DetailsForm, TextForm]:
        if self.text:
            initial = {**self.text.texts(), "base_revision": self.text.revision_number}
        else:
            initial = {"base_revision": 0, "relation": self._first_relation()}
            if self.unfinished:
                initial |= {**self.unfinished.texts, "base_unfinished": self.unfinished.number}
        if self.is_pending:
            initial |= self._pending_initial()
        initial["draft"] = uuid4().hex
        if self.article is None:
            initial |= prefilled(self.request, self.language)
            return DetailsForm(initial=prefilled_details(self.request)), TextForm(initial=initial)
        return DetailsForm(instance=self.article), TextForm(initial=initial)

    def _stored_texts(self) -> dict[str, str]:
        """Return what the page shows of the text before anybody types."""
        if self.is_pending and self.pending:
            return dict(self.pending.texts)
        if self.text:
            return self.text.texts()
        return dict(self.unfinished.texts) if self.unfinished else {}

    def _pending_initial(self) -> dict[str, Any]:
        if self.pending is None:
            return {"base_pending": 0}
        return {
            **self.pending.texts,
            "base_pending": self.pending.number,
            "base_revision": self.pending.base_revision,
            "comment": self.pending.comment,
            "size": self.pending.size,
        }

    def _save(self) -> HttpResponse:
        posted = self.request.POST
        is_whole = posted.keys() >= set(TEXTS)
        text = TextForm(posted, initial={} if is_whole else self._stored_texts())
        # A page on which texts are merged posts them alone.
        details = None
        editor = editor_of(self.request)
        article = self.article or article_of_form(editor, posted.get("draft", ""))
        if article and not self.is_pending and not may_edit(editor, article):
            raise PermissionDenied
        if self.article is None or ("has_details" in posted and self.may_decide):
            details = DetailsForm(posted, instance=copy(article) if article else None)
        if text.is_valid() & (details is None or details.is_valid()):
            if self.is_pending:
                return self._save_pending(text, details)
            try:
                saved = save_form(self.article, self.language, details, text, editor, self.template)
            except EditConflict as conflict:
                assert article is not None  # nobody else writes an article not yet there
                return conflict_response(
                    self.request, self.model_admin, article, self.language, conflict
                )
            if saved:
                return self._saved(saved, text, details)
        return self._show(details or DetailsForm(instance=self.article), text)

    def _save_pending(self, text: TextForm, details: DetailsForm | None) -> HttpResponse:
        assert self.article is not None
        editor = editor_of(self.request)
        try:
            kept = save_pending_form(self.article, self.language, details, text, editor)
        except PendingChangedError:
            return pending_response(
                self.request, self.model_admin, self.article, self.language, text.texts(),
                action=writing_url(self.article, self.language),
                base_revision=text.cleaned_data["base_revision"] or 0,
            )  # fmt: skip
        if kept is None:
            return self._show(details or DetailsForm(instance=self.article), text)
        if kept.is_new_text:
            self.model_admin.log_change(
                self.request,
                self.article,
                remark(gettext_noop("Pending revision (%(language)s)"), language=self.language),
            )
        return end_kept(self.request, self._leave_pending(kept))

    def _leave_pending(self, outcome: KeptPending) -> HttpResponseRedirect:
        assert self.article is not None
        self._tell_dropped()
        pending = pending_of(self.article, self.language)
        if pending and "_submit" in self.request.POST:
            submit_pending(pending, user=editor_of(self.request))
            messages.success(self.request, REVIEW_MESSAGE)
            return HttpResponseRedirect(pending_url(pending))
        kept = str(PENDING_MESSAGE) if outcome.is_new_text else _("Nothing was changed.")
        messages.success(self.request, kept)
        if pending and "_close" in self.request.POST:
            return HttpResponseRedirect(pending_url(pending))
        return HttpResponseRedirect(writing_url(self.article, self.language))

    def _tell_dropped(self) -> None:
        """Say which details were changed in the form and not stored, and since when that is so."""
        assert self.article is not None
        if "has_details" not in self.request.POST or self.may_decide:
            return
        details = DetailsForm(self.request.POST, instance=copy(self.article))
        if names := [str(details.fields[name].label) for name in details.changed_data]:
            messages.warning(self.request, dropped(self.article, names))

    def _saved(self, saved: Saved, text: TextForm, details: DetailsForm | None) -> HttpResponse:
        is_new = self.article is None and not saved.is_repeated
        self.article = saved.article
        self._log(saved, is_new, text.cleaned_data["base_revision"] or 0, details)
        return end_kept(self.request, self._leave(saved, is_new, text))

    def _note_changed(self, saved: Saved, base_revision: int, details: DetailsForm | None) -> None:
        """Say for the audit what was decided, and which revision the text has now."""
        if details is not None:
            note_changed(self.request, *changed_values(details))
        if saved.has_new_text:
            note_revision(self.request, saved.article, self.language, base_revision)

    def _log(
        self, saved: Saved, is_new: bool, base_revision: int, details: DetailsForm | None
    ) -> None:
        if is_new:
            note_gap(self.request, saved.article)
            self.model_admin.log_addition(self.request, saved.article, [{"added": {}}])
        elif saved.details or saved.has_new_text:
            self._note_changed(saved, base_revision, details)
            fields = [*saved.details, *([self.language] if saved.has_new_text else [])]
            self.model_admin.log_change(
                self.request, saved.article, [{"changed": {"fields": fields}}]
            )

    def _shown(self) -> dict[str, int]:
        """Return the revisions that the form was opened with; there may be newer ones."""
        if self.request.method == "POST":
            return posted_revisions(self.request)
        return dict(shown_revisions(self.texts.values()))

    def _shown_after(self, saved: Saved, text: TextForm) -> dict[str, int]:
        """Return the revisions that the editor has read: as shown, or just written."""
        base = text.cleaned_data["base_revision"] or 0
        own = base + 1 if saved.has_new_text and not saved.is_unfinished else base
        return {**self._shown(), **({self.language: own} if own else {})}

    def _leave(self, saved: Saved, is_new: bool, text: TextForm) -> HttpResponseRedirect:
        """Return where the button leads that was pressed."""
        if saved.meaning_may_differ and saved.article.translations.count() > 1:
            messages.warning(self.request, MEANING_MAY_DIFFER)
        if transition := self.request.POST.get("_transition"):
            seen = self._shown_after(saved, text)
            return follow(self.request, saved.article, self.language, transition, seen)
        if saved.is_overtaken:
            messages.warning(self.request, overtaken_by(saved.article, self.language))
        self._tell_dropped()
        messages.success(self.request, said(saved, is_new))
        if "_close" in self.request.POST:
            return HttpResponseRedirect(reverse("admin:troubleshooting_article_changelist"))
        address = reverse("admin:troubleshooting_article_change", args=[saved.article.pk])
        return HttpResponseRedirect(f"{address}?language={self.language}")

    def _show(self, details: DetailsForm, text: TextForm) -> HttpResponse:
        if not self.may_edit:
            disable(text)
        if not self.may_decide:
            disable(details)
        has_errors = bool(text.errors or details.errors)
        text.offer([] if self.is_pending else relations(self.texts, self.language))
        context = {
            **self.model_admin.admin_site.each_context(self.request),
            **self._surroundings(),
            "details": details,
            "text_form": text,
            "has_errors": has_errors,
            "kept_draft": kept_name(self.request),
            "title": self._title(),
            **self._seen(details, text).context(self.language),
        }
        return TemplateResponse(self.request, "admin/troubleshooting/articles/form.html", context)

    def _title(self) -> str:
        if self.article is None:
            return _("New article")
        if self.text:
            return self.text.title
        # Of a text that is not there yet what is begun of it is called, else the article is.
        titles = (self._stored_texts().get("title"), *(text.title for text in self.texts.values()))
        return next(filter(None, titles), self.article.slug)

    def _seen(self, details: DetailsForm, text: TextForm) -> TextPreview:
        return see(
            self.request,
            {name: text[name].value() or "" for name in TEXTS},
            self.language,
            self.article,
            kind=details["kind"].value() or "",
            platforms=details["platforms"].value() or [],
        )

    def _surroundings(self) -> dict[str, Any]:
        """Return what the page shows beside the forms."""
        article, request = self.article, self.request
        query = {key: value for key, value in request.GET.items() if key != "language"}
        return {
            "opts": self.model_admin.opts,
            "original": article,
            "add": article is None,
            "change": article is not None,
            "has_view_permission": True,
            "media": self.model_admin.media + DetailsForm().media,
            "is_nav_sidebar_enabled": False,
            "article": article,
            "text": self.text,
            "unfinished": self.unfinished,
            "may_edit": self.may_edit,
            "may_decide": self.may_decide,
            "is_pending": self.is_pending,
            "tabs": tabs(article, self.texts, self.language, query),
            "translating": language_to_translate(self.texts, self.language),
            **(self._of_stored(article) if article else self._of_new()),
        }

    def _of_new(self) -> dict[str, Any]:
        """Return what a new article may be begun with, unless it is like another one."""
        if "like" in self.request.GET:
            return {}
        offered = offered_templates(self.request, self.language)
        without = without_template(self.request)
        return {"template": self.template, "without_template": without, "templates": offered}

    def _of_stored(self, article: Article) -> dict[str, Any]:
        user = editor_of(self.request)
        ways = transitions_for(user, article) if self.texts and not self.is_pending else []
        shown = self._shown()
        waiting = article.pending.filter(language=self.language).select_related("author")
        return {
            "pending_own": self.pending,
            "pending": [(row, pending_url(row)) for row in waiting],
            "pending_url": writing_url(article, self.language),
            "may_propose": may_propose(user, article),
            "is_outside": user.has_perm(EDIT) and not within_field(user, article),
            "scheduled": article.scheduled.all(),
            "open_threads": open_threads(article),
            "error_reports": open_errors(article, self.language, _REPORTS),
            "revisions": shown.items(),
            "seen_query": urlencode(linked(shown)),
            "ways": [(way, status_url(article, way.name, self.language, shown)) for way in ways],
            "changes": status_history(article, _STATUS_CHANGES),
            "present": present(article, self.language, user) if self.may_edit else [],
            "template_use": TemplateUse.objects.filter(article=article).first(),
        }
