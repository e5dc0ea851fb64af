"""The page on which a text is translated: source and translation side by side, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from ...checking.terms import glossary_for
from ...editing import (
    EditConflict,
    SaveOutcome,
    SourceRevision,
    end_unfinished,
    save_rendering,
    save_unfinished,
    unfinished,
)
from ...machine_translation import is_on, service_host
from ...memory import begin_aligning, matches_for
from ...models import Article, ArticleTranslation, Revision, UnfinishedTranslation
from ...rights import may_propose
from ...texts.comparing.diffing import ADDED, CHANGED, REMOVED, SAME
from ...texts.markup.units import BLOCK
from ...texts.sections import NOTE, TEXTS
from ...texts.translating import MemoryMatch, UnitPair, compose, rows_of
from ..articles.conflict import conflict_response
from ..articles.languages import state_of
from ..articles.writing import MEANING_MAY_DIFFER, NOT_SHOWN_YET
from ..audited import note_revision
from ..generics import editor_of
from ..texts.addresses import TRANSLATE, writing_url
from ..texts.drafts import KEPT, end_kept, kept_name
from ..texts.pages import LABELS, TextPage, text_page

FEATURE = TRANSLATE
_POSTED = ("comment", "size", KEPT, "source_revision", "base_unfinished", "whole")


@dataclass(frozen=True, slots=True)
class TranslatedSection:
    """One text of the article in rows."""

    name: str
    label: str
    rows: list[UnitPair]


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
        text, source = self.page.text, self.sources[0]
        if text is None or text.source_language != source.language:
            return None
        return source.revisions.filter(number=text.source_revision).first()

    @cached_property
    def unfinished(self) -> UnfinishedTranslation | None:
        """Return what is begun of a text that readers do not see yet."""
        return None if self.page.text else unfinished(self.page.article, self.page.language)

    def show(self, posted: QueryDict | None = None, errors: tuple[str, ...] = ()) -> HttpResponse:
        """Return the page; ``posted`` is what could not be saved, for ``errors``."""
        context = {
            **self.page.context(FEATURE),
            "title": _("Translate"),
            "errors": errors,
            "may_propose": may_propose(editor_of(self.request), self.page.article),
            "proposing": writing_url(self.page.article, self.page.language),
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
                "summary": _summary(sections),
                "posted": posted or {},
                "base_revision": self.page.text.revision_number if self.page.text else 0,
                "unfinished": self.unfinished,
                "base_unfinished": self.unfinished.number if self.unfinished else 0,
            }
            if posted:
                context["base_revision"] = _number(posted, "base_revision")
                context["base_unfinished"] = _number(posted, "base_unfinished")
        return TemplateResponse(self.request, "admin/troubleshooting/translate.html", context)

    def _machine(self) -> dict[str, Any]:
        """Return where the rows may be sent to be translated."""
        host = service_host() if self.page.may_edit else ""
        is_internal = self.page.article.audience != Article.Audience.PUBLIC
        return {"machine_host": "" if is_internal else host, "is_never_sent": host and is_internal}

    def sections(self, posted: QueryDict | None = None) -> list[TranslatedSection]:
        """Return the rows of every text, with what was ``posted`` and could not be saved."""
        source = self.sources[0].texts()
        base = self.base.texts() if self.base else source
        target = dict.fromkeys(TEXTS, "")
        if self.page.text:
            target = self.page.text.texts()
        elif self.unfinished:
            target = self.unfinished.texts
        glossary = glossary_for(self.sources[0].language, self.page.language)
        sections = []
        for name in TEXTS:
            rows = rows_of(
                base[name], source[name], target[name], glossary, is_line=name == "title"
            )
            if posted:
                rows = _with_typed(rows, posted.getlist(f"text-{name}"))
            if is_on() and name != NOTE:
                rows = [replace(row, key=key_of(row.source)) for row in rows]
            sections.append(TranslatedSection(name, str(LABELS[name]), rows))
        return sections

    def _with_matches(self, sections: list[TranslatedSection]) -> list[TranslatedSection]:
        """Return the rows with what the base has made of those that are to be translated."""
        if not self.page.may_edit:
            return sections
        wanted = {row.source for section in sections for row in section.rows
                  if _is_open(section, row)}  # fmt: skip
        found = matches_for(wanted, self.sources[0].language, self.page.language)
        return [
            replace(section, rows=[_matched(section, row, found) for row in section.rows])
            for section in sections
        ]

    def save(self) -> HttpResponse:
        """Store the translation. Raise ``PermissionDenied``."""
        if not self.page.may_edit or not self.sources:
            raise PermissionDenied
        posted = self.request.POST
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
            return self.show(posted, tuple(error.messages))
        self._tell(changed, is_part)
        begin_aligning()
        if outcome and outcome.meaning_may_differ:
            messages.warning(self.request, MEANING_MAY_DIFFER)
        return end_kept(self.request, HttpResponseRedirect(self.request.get_full_path()))

    def _texts(self, posted: QueryDict) -> dict[str, str]:
        """Return what was sent; a section of which nothing arrived says what it said."""
        sent = _sent_texts(posted)
        if len(sent) == len(TEXTS):
            return sent
        held = self.page.text.texts() if self.page.text else {}
        return {**dict.fromkeys(TEXTS, ""), **(held or self._begun()), **sent}

    def _begun(self) -> dict[str, str]:
        return dict(self.unfinished.texts) if self.unfinished else {}

    def _keep_part(self, posted: QueryDict) -> bool:
        return save_unfinished(
            article=self.page.article,
            language=self.page.language,
            texts=self._texts(posted),
            source_language=self.sources[0].language,
            author=editor_of(self.request),
            base=_number(posted, "base_unfinished"),
        )

    @transaction.atomic
    def _save_whole(self, posted: QueryDict) -> SaveOutcome:
        if self.page.text is None:
            end_unfinished(
                self.page.article, self.page.language, _number(posted, "base_unfinished")
            )
        return save_rendering(
            article=self.page.article,
            language=self.page.language,
            texts=self._texts(posted),
            source=SourceRevision(self.sources[0].language, _number(posted, "source_revision")),
            is_whole=bool(posted.get("whole")),
            author=editor_of(self.request),
            comment=posted.get("comment", "")[:300],
            size=_size(posted),
            base_revision=_number(posted, "base_revision"),
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
            before = _number(self.request.POST, "base_revision")
            note_revision(self.request, self.page.article, self.page.language, before)
            self.page.model_admin.log_change(
                self.request, self.page.article, [{"changed": {"fields": [self.page.language]}}]
            )
        if is_part:
            said = str(NOT_SHOWN_YET)
        elif is_whole:
            said = _("The translation was saved. It is up to date with its source.")
        elif state_of(self.page.text) == "current":  # a change of the translation keeps it so
            said = _("The translation was saved.")
        else:
            said = _("The translation was saved. It is not yet marked as complete.")
        messages.success(self.request, said)


def _sent_texts(posted: QueryDict) -> dict[str, str]:
    """Return the texts that came, by name: from rows or (brought together) as wholes."""
    texts = {}
    for name in TEXTS:
        if name in posted:
            text = posted.get(name, "")
        elif f"form-{name}" not in posted:
            continue
        else:
            forms, rows = posted.getlist(f"form-{name}"), posted.getlist(f"text-{name}")
            text = compose(
                (*_form(form), row.replace("\r\n", "\n"))
                for form, row in zip(forms, rows, strict=False)
            )
        texts[name] = text.replace("\r\n", "\n").replace("\r", "\n")
    return texts


def key_of(source: str) -> str:
    """Return what names a unit of the source; "" for none."""
    return blake2b(source.encode(), digest_size=9).hexdigest() if source else ""


def _form(value: str) -> tuple[str, int]:
    """Return what kind of unit a row is: ``ordered:3`` is the third step of a list."""
    form, _, number = value.partition(":")
    return form, int(number) if number.isdecimal() and len(number) < 5 else 0


def _with_typed(rows: list[UnitPair], typed: list[str]) -> list[UnitPair]:
    """Return the rows with what somebody typed, and one for what they added.

    Where rows came or went meanwhile, all that was typed is in that last one.
    """
    if len(typed) not in (len(rows), len(rows) + 1):
        rows = [replace(row, translation="") for row in rows if row.marks]
        return [*rows, UnitPair(SAME, BLOCK, 0, translation="\n\n".join(filter(str.strip, typed)))]
    filled = [replace(row, translation=text) for row, text in zip(rows, typed, strict=False)]
    added = [text for text in typed[len(rows) :] if text.strip()]
    return [*filled, *(UnitPair(SAME, BLOCK, 0, translation=text) for text in added)]


def _is_open(section: TranslatedSection, row: UnitPair) -> bool:
    """Return whether a row is still to be translated, or anew; notes are not remembered."""
    is_behind = row.change in (ADDED, CHANGED) or not row.translation.strip()
    return section.name != NOTE and is_behind and bool(row.source)


def _matched(
    section: TranslatedSection, row: UnitPair, memory_matches: Mapping[str, Sequence[MemoryMatch]]
) -> UnitPair:
    if not _is_open(section, row):
        return row
    matches = [
        match for match in memory_matches.get(row.source, ()) if match.text != row.translation
    ]
    return replace(row, matches=matches)


def _summary(sections: list[TranslatedSection]) -> dict[str, int]:
    """Return rows without a translation, rows whose source changed, and what the checks miss."""
    rows = [row for section in sections for row in section.rows if row.marks]
    return {
        "untranslated": sum(not row.translation and row.change != REMOVED for row in rows),
        "changed": sum(row.change != SAME for row in rows),
        "missing": sum(row.unmet for row in rows),
    }


def _number(posted: QueryDict, name: str) -> int:
    value = posted.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 9 else 0


def _size(posted: QueryDict) -> str:
    size = posted.get("size", "")
    return size if size in Revision.Size.values else ""
