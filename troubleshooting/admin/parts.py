"""What several admin pages share."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Field, Model
from django.forms import ChoiceField
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from .generics import ModelAdmin

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class PlainList(ModelAdmin[Any]):
    """A list that is called by what it lists, where Django has "Select a row to change"."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


class ReadOnlyAdmin(PlainList):
    """Rows that only the portal itself writes: they can be looked at, not changed."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


class LabelledColumns(PlainList):
    """Fields that are changed in the list itself say what they are: Django names columns alone."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.list_editable:
            field.widget.attrs["aria-label"] = capfirst(db_field.verbose_name)
        return field


def change_link(model: str, pk: int, text: str) -> SafeString:
    """Return a link to the admin page of a row of ``model`` (lower case)."""
    return format_html('<a href="{}">{}</a>', change_url(model, pk), text)


def change_url(model: str, pk: int) -> str:
    """Return the address of the admin page of a row of ``model`` (lower case)."""
    return reverse(f"admin:troubleshooting_{model}_change", args=[pk])


def bullets(items: Iterable[str]) -> SafeString | str:
    """Return a list of ``items``, escaped unless marked safe; a dash where there are none."""
    lines = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html('<ul class="plain">{}</ul>', lines) if lines else "–"


def verbose_name(model: type[Model], name: str) -> StrOrPromise:
    """Return what people call the field ``name`` of ``model``, in the language of the moment."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field.verbose_name


def choose_among(field: FormField, choices: list[tuple[str, str]]) -> None:
    """Let ``field`` (one of choices) offer ``choices``."""
    assert isinstance(field, ChoiceField)
    field.choices = choices
