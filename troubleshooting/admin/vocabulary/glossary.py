"""The glossary: its list with how often terms are used."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from ...access import reader_of
from ...models import GlossaryTerm
from ...templatetags.portal import language_name
from ..generics import Lookups, ModelAdmin, ModelForm
from ..parts import PlainList
from .term_usage import Usage, usage_of


class GlossaryTermForm(ModelForm[GlossaryTerm]):
    """A term in one language of the portal and its translation into another."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    target_language = forms.ChoiceField(
        label=_("Language of the translation"), choices=settings.LANGUAGES
    )

    class Meta:
        model = GlossaryTerm
        fields = ["language", "term", "target_language", "translation", "note"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for name in ("term", "translation"):
            values[name] = " ".join(values.get(name, "").split())
        if values.get("language") == values.get("target_language"):
            self.add_error("target_language", _("Choose another language than that of the term."))
        return values


class UseFilter(admin.SimpleListFilter):
    """Whether a term is translated at all."""

    title = _("translation")
    parameter_name = "translated"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> Lookups:
        return [("yes", _("Translated")), ("no", _("Kept as it is"))]

    def queryset(
        self, request: HttpRequest, queryset: QuerySet[GlossaryTerm]
    ) -> QuerySet[GlossaryTerm]:
        if self.value() == "yes":
            return queryset.exclude(translation="")
        return queryset.filter(translation="") if self.value() == "no" else queryset


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(PlainList, ModelAdmin[GlossaryTerm]):
    nothing_yet = _(
        "No term is kept yet. A term says how a word is translated, and the page of a "
        "translation says where a text departs from it."
    )
    called = _("glossary")
    form = GlossaryTermForm
    list_display = ["term", "in_language", "translated", "into", "note", "uses", "misses"]
    list_filter = ["language", "target_language", UseFilter]
    search_fields = ["term", "translation", "note"]
    search_help_text = _("Term, translation or note")
    list_per_page = 25
    fieldsets = [
        (None, {"fields": ["language", "term", "target_language", "translation", "note"]}),
        (_("Use"), {"fields": ["where_used", "where_missed"]}),
    ]
    readonly_fields = ["where_used", "where_missed"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin a new term with two languages that differ."""
        first, second = settings.LANGUAGES[0][0], settings.LANGUAGES[:2][-1][0]
        begun = {"language": first, "target_language": second}
        return {**begun, **super().get_changeform_initial_data(request)}

    def get_fieldsets(
        self, request: HttpRequest, obj: GlossaryTerm | None = None
    ) -> list[Any] | tuple[Any, ...]:
        # Where a term is used names articles, drafts among them.
        return self.fieldsets if obj and reader_of(request).is_editor else self.fieldsets[:1]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().changelist_view(request, extra_context)
        listed = getattr(response, "context_data", {}).get("cl")
        if listed is not None:
            rows = list(listed.result_list)
            for row, usage in zip(rows, usage_of(rows), strict=True):
                vars(row)["usage"] = usage
            listed.result_list = rows
        return response

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> GlossaryTerm | None:
        term = super().get_object(request, object_id, from_field)
        if term is not None:
            (vars(term)["usage"],) = usage_of([term])
        return term

    @admin.display(description=_("language"), ordering="language")
    def in_language(self, term: GlossaryTerm) -> str:
        return language_name(term.language)

    @admin.display(description=_("translation"), ordering="translation")
    def translated(self, term: GlossaryTerm) -> str:
        return term.translation or str(_("kept as it is"))

    @admin.display(description=_("into"), ordering="target_language")
    def into(self, term: GlossaryTerm) -> str:
        return language_name(term.target_language)

    @admin.display(description=_("articles that use it"))
    def uses(self, term: GlossaryTerm) -> int:
        return len(_usage(term).occurrences)

    @admin.display(description=_("translations that miss it"))
    def misses(self, term: GlossaryTerm) -> int:
        return len(_usage(term).missed)

    @admin.display(description=_("articles that use it"))
    def where_used(self, term: GlossaryTerm) -> str:
        return _usage(term).links(_usage(term).occurrences)

    @admin.display(description=_("translations that miss it"))
    def where_missed(self, term: GlossaryTerm) -> str:
        return _usage(term).links(_usage(term).missed)


def _usage(term: GlossaryTerm) -> Usage:
    return getattr(term, "usage", None) or Usage()
