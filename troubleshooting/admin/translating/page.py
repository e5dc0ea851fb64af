"""The page on which a text is translated: source and translation side by side, row by row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ...checking.terms import glossary_for, missed_in
from ...editing import (
    EditConflict,
    PendingChangedError,
    ReadTexts,
    SaveOutcome,
    SourceRevision,
    check_complete,
    end_unfinished,
    pending_of,
    read_texts,
    save_pending,
    save_rendering,
    save_unfinished,
    submit_pending,
    texts_of,
    unfinished,
)
from ...machine_translation import is_on, service_host
from ...memory import begin_aligning, matches_for
from ...models import (
    Article,
    ArticleTranslation,
    PendingRevision,
    Revision,
    UnfinishedTranslation,
)
from ...models.revision import LONGEST_COMMENT
from ...rights import may_propose
from ...texts.remarks import remark
from ...texts.sections import NOTE, TEXTS
from ...texts.translating import (
    omissions,
    omissions_in,
    rows_of,
)
from ..articles.conflict import conflict_response, pending_response
from ..articles.saving import NOT_SHOWN_YET
from ..articles.writing import MEANING_MAY_DIFFER, PENDING_MESSAGE
from ..audited import note_revision
from ..generics import editor_of
from ..texts.addresses import TRANSLATE, pending_url
from ..texts.drafts import KEPT, end_kept, kept_name
from ..texts.omissions import accepted_omissions, left_out, left_out_rows, missed_said
from ..texts.pages import LABELS, TextPage, text_page
from .posted import merged_texts, number_of, sent_texts, size_of, warn_if_moved, with_typed
from .sections import TranslatedSection, is_open, key_of, matched, summary_of

FEATURE = TRANSLATE
_POSTED = ("comment", "size", KEPT, "source_revision", "base_unfinished", "whole")


def urls(model_admin: ModelAdmin[Any]) -> list[URLPattern]:
    """Return the page of a translation."""

    def translate(request: HttpRequest, pk: int, language: str) -> HttpResponse:
        page = TranslationPage(text_page(model_admin, request, pk, language))
        return page.save() if request.method == "POST" else page.show()

    view = model_admin.admin_site.admin_view(translate)
    return [path("<int:pk>/translate/<str:language>/", view, name=FEATURE)]


class TranslationPage:
    """One request for the page of ``page.text``, or of a text that is not there yet."""

    def __init__(self, page: TextPage) -> None:
        self.page = page
        self.request = page.request

    @cached_property
    def sources(self) -> list[ArticleTranslation]:
        """Return the texts to translate from, the best first.

        What it was made from, then originals.
        """
        others = [text for code, text in self.page.texts.items() if code != self.page.language]
        made_from = self.page.text.source_language if self.page.text else ""
        wanted = self.request.GET.get("from") or made_from
        return sorted(others, key=lambda t: (t.language != wanted, t.source_language != "", t.pk))

    @cached_property
    def base(self) -> Revision | None:
        """Return the revision of the source that the translation renders.

        None where none is known.
        """
        source = self.sources[0]
        # What waits or is begun says so itself, once it was saved from this page.
        held = (self.pending, self.unfinished, self.page.text)
        known = (one for one in held if one and one.source_revision)
        base = next(known, None)
        if base is None or base.source_language != source.language:
            return None
        return source.revisions.filter(number=base.source_revision).first()

    @cached_property
    def unfinished(self) -> UnfinishedTranslation | None:
        """Return what is begun of a text that readers do not see yet."""
        return None if self.page.text else unfinished(self.page.article, self.page.language)

    @cached_property
    def is_pending(self) -> bool:
        """Return whether what is written here waits for a reviewer beside what is live."""
        proposes = may_propose(editor_of(self.request), self.page.article)
        return proposes and not self.page.may_edit

    @property
    def may_write(self) -> bool:
        return self.page.may_edit or self.is_pending

    @cached_property
    def pending(self) -> PendingRevision | None:
        """Return the pending revision that is written here."""
        return pending_of(self.page.article, self.page.language) if self.is_pending else None

    def show(
        self, posted: QueryDict | None = None, error: ValidationError | None = None
    ) -> HttpResponse:
        """Return the page; ``posted`` is what could not be saved, because of ``error``."""
        context = {
            **self.page.context(FEATURE),
            "title": _("Pending revision") if self.is_pending else _("Translate"),
            "errors": error.messages if error else (),
            "left_out": left_out(error),
            "left_out_rows": left_out_rows(error),
            "missed_terms": missed_said(error),
            "may_edit": self.may_write,
            "is_pending": self.is_pending,
            "pending_url": pending_url(self.pending) if self.pending else "",
            "sizes": Revision.Size.choices,
            "kept_draft": kept_name(self.request),
        }
        if self.sources:
            context |= self._machine()
            sections = self._with_matches(self.sections(posted))
            context |= {
                "source": self.sources[0],
                "others": self.sources[1:],
                "base": self.base,
                "sections": sections,
                "summary": summary_of(sections),
                "posted": posted or {},
                "unfinished": None if self.is_pending else self.unfinished,
                **self._begun_from(),
            }
            if posted:
                context |= {name: number_of(posted, name) for name in self._begun_from()}
        return TemplateResponse(
            self.request, "admin/troubleshooting/translating/translate.html", context
        )

    def _begun_from(self) -> dict[str, int]:
        """Return the numbers of what the page shows: a save finds by them what came meanwhile."""
        live = self.page.text.revision_number if self.page.text else 0
        return {
            "base_revision": self.pending.base_revision if self.pending else live,
            "base_unfinished": self.unfinished.number if self.unfinished else 0,
            "base_pending": self.pending.number if self.pending else 0,
        }

    def _machine(self) -> dict[str, Any]:
        """Return where the rows may be sent to be translated."""
        host = service_host() if self.may_write else ""
        is_internal = self.page.article.audience != Article.Audience.PUBLIC
        return {"machine_host": "" if is_internal else host, "is_never_sent": host and is_internal}

    def sections(self, posted: QueryDict | None = None) -> list[TranslatedSection]:
        """Return the rows of every text, with what was ``posted`` and could not be saved."""
        source = self.sources[0].texts()
        base = self.base.texts() if self.base else source
        target = {**self._held(), **merged_texts(posted or {})}
        glossary = glossary_for(self.sources[0].language, self.page.language)
        sections = []
        for name in TEXTS:
            rows = rows_of(
                base[name], source[name], target[name], glossary, is_line=name == "title"
            )
            if posted and f"form-{name}" in posted:
                rows = with_typed(rows, posted.getlist(f"text-{name}"))
            if is_on() and name != NOTE:
                rows = [replace(row, key=key_of(row.source)) for row in rows]
            sections.append(TranslatedSection(name, str(LABELS[name]), rows))
        return sections

    def _with_matches(self, sections: list[TranslatedSection]) -> list[TranslatedSection]:
        """Return the rows with what the base has made of those that are to be translated."""
        if not self.may_write:
            return sections
        wanted = {row.source for section in sections for row in section.rows
                  if is_open(section, row)}  # fmt: skip
        found = matches_for(wanted, self.sources[0].language, self.page.language)
        return [
            replace(section, rows=[matched(section, row, found) for row in section.rows])
            for section in sections
        ]

    def save(self) -> HttpResponse:
        """Store the translation. Raise ``PermissionDenied``."""
        if not self.may_write or not self.sources:
            raise PermissionDenied
        posted = self.request.POST
        if self.is_pending:
            return self._propose(posted)
        is_part = self.page.text is None and not posted.get("whole")
        try:
            outcome = None
            if is_part:
                changed = self._keep_part(posted)
            else:
                outcome = self._save_whole(posted)
                changed = outcome.changed
        except EditConflict as conflict:
            return self._conflict(conflict)
        except ValidationError as error:
            return self.show(posted, error)
        self._tell(changed, is_part)
        warn_if_moved(self.request, self.page.article, self.sources[0])
        begin_aligning()
        if outcome and outcome.meaning_may_differ:
            messages.warning(self.request, MEANING_MAY_DIFFER)
        return end_kept(self.request, HttpResponseRedirect(self.request.get_full_path()))

    def _propose(self, posted: QueryDict) -> HttpResponse:
        """Keep what was sent as the pending revision of the language."""
        texts, base = self._texts(posted), number_of(posted, "base_revision")
        try:
            if posted.get("whole"):
                read = read_texts(self.page.article, self.page.language, texts)
                self._check_complete(posted, read.texts)
            kept = save_pending(
                article=self.page.article,
                language=self.page.language,
                texts=texts,
                author=editor_of(self.request),
                comment=posted.get("comment", "")[:LONGEST_COMMENT],
                size=size_of(posted),
                base_revision=base,
                number=number_of(posted, "base_pending"),
                translated_from=self._rendered(posted),
            )
        except PendingChangedError:
            return pending_response(
                self.request, self.page.model_admin, self.page.article, self.page.language, texts,
                action=self.request.get_full_path(), base_revision=base,
            )  # fmt: skip
        except ValidationError as error:
            return self.show(posted, error)
        if kept:
            noted = remark(gettext_noop("Pending revision (%(language)s)"), language=kept.language)
            self.page.model_admin.log_change(self.request, self.page.article, noted)
        messages.success(self.request, PENDING_MESSAGE if kept else _("Nothing was changed."))
        warn_if_moved(self.request, self.page.article, self.sources[0])
        place = self.request.get_full_path()
        if "_submit" in posted and (now := pending_of(self.page.article, self.page.language)):
            submit_pending(now, user=editor_of(self.request))
            place = pending_url(now)
        return end_kept(self.request, HttpResponseRedirect(place))

    def _rendered(self, posted: QueryDict) -> SourceRevision | None:
        """Return the revision of the source that a pending revision renders as it was sent.

        The one that the form showed, where it is complete and where nothing was known before;
        None: what was changed in the source since stays marked until it is.
        """
        is_known = self.base is not None or self.page.text is not None
        if is_known and not posted.get("whole"):
            return None
        return SourceRevision(self.sources[0].language, number_of(posted, "source_revision"))

    def _texts(self, posted: QueryDict) -> dict[str, str]:
        """Return what was sent; a section of which nothing arrived says what it said."""
        return {**self._held(), **sent_texts(posted)}

    def _held(self) -> dict[str, str]:
        """Return the texts that the page shows before anybody types."""
        if self.pending:
            return dict(self.pending.texts)
        if self.page.text:
            return self.page.text.texts()
        return dict(self.unfinished.texts) if self.unfinished else dict.fromkeys(TEXTS, "")

    def _check_complete(self, posted: QueryDict, texts: Mapping[str, str]) -> None:
        """Raise ``OmissionsError`` where rows are empty that nobody said stay so.

        Or where terms are called otherwise than the glossary says.
        """
        seen = SourceRevision(self.sources[0].language, number_of(posted, "source_revision"))
        if seen.revision_number == self.sources[0].revision_number and "form-title" in posted:
            rows = self.sections(posted)
            found = [one for section in rows for one in omissions_in(section.name, section.rows)]
        else:
            found = omissions(texts_of(self.page.article, seen), texts)
        source = texts_of(self.page.article, seen)
        missed = missed_in(source, texts, (seen.language, self.page.language))
        check_complete(found, accepted_omissions(posted), missed)

    def _keep_part(self, posted: QueryDict) -> bool:
        return save_unfinished(
            article=self.page.article,
            language=self.page.language,
            texts=self._texts(posted),
            source_language=self.sources[0].language,
            author=editor_of(self.request),
            base=number_of(posted, "base_unfinished"),
            source_revision=number_of(posted, "source_revision"),
        )

    def _save_whole(self, posted: QueryDict) -> SaveOutcome:
        # Read before the transaction: nobody waits for it.
        read = read_texts(self.page.article, self.page.language, self._texts(posted))
        if posted.get("whole"):
            self._check_complete(posted, read.texts)
        return self._store_whole(posted, read)

    @transaction.atomic
    def _store_whole(self, posted: QueryDict, read: ReadTexts) -> SaveOutcome:
        if self.page.text is None:
            end_unfinished(
                self.page.article, self.page.language, number_of(posted, "base_unfinished")
            )
        return save_rendering(
            article=self.page.article,
            language=self.page.language,
            texts=read,
            source=SourceRevision(self.sources[0].language, number_of(posted, "source_revision")),
            is_whole=bool(posted.get("whole")),
            author=editor_of(self.request),
            comment=posted.get("comment", "")[:LONGEST_COMMENT],
            size=size_of(posted),
            base_revision=number_of(posted, "base_revision"),
        )

    def _conflict(self, conflict: EditConflict) -> HttpResponse:
        return conflict_response(
            self.request,
            self.page.model_admin,
            self.page.article,
            self.page.language,
            conflict,
            action=self.request.get_full_path(),
            posted=_POSTED,
        )

    def _tell(self, is_changed: bool, is_part: bool) -> None:
        is_whole = bool(self.request.POST.get("whole"))
        if not is_changed and not is_whole:
            messages.info(self.request, _("The text already says this: no revision was made."))
            return
        if is_changed:
            before = number_of(self.request.POST, "base_revision")
            note_revision(self.request, self.page.article, self.page.language, before)
            self.page.model_admin.log_change(
                self.request, self.page.article, [{"changed": {"fields": [self.page.language]}}]
            )
        if is_part:
            said = str(NOT_SHOWN_YET)
        elif is_whole:
            said = _("The translation was saved. It is up to date with its source.")
        elif (
            self.page.text and not self.page.text.is_stale
        ):  # a change of the translation keeps it so
            said = _("The translation was saved.")
        else:
            said = _("The translation was saved. It is not yet marked as complete.")
        messages.success(self.request, said)
