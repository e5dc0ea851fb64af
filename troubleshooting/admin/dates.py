"""Dates: short in lists; in forms with the order in which they are typed beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, DateTimeField, Field, Model
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format, get_format
from django.utils.text import capfirst
from django.utils.translation import gettext

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    _Base = ModelAdmin[Any]
else:
    _Base = object


def example_date() -> str:
    """Say in which order a date is typed, in words and by a day that cannot be a month."""
    example = date(timezone.localdate().year, 12, 31)
    order = get_format("DATE_INPUT_FORMATS")[0]
    words = order
    for mark, word in (("%Y", gettext("year")), ("%m", gettext("month")), ("%d", gettext("day"))):
        words = words.replace(mark, word)
    return gettext("%(order)s, as in %(example)s.") % {
        "order": words,
        "example": example.strftime(order),
    }


def _name_parts(field: FormField) -> None:
    """Name the two fields of a moment: Django's have a word before them, and no label."""
    if isinstance(field.widget, AdminSplitDateTime):
        names = (gettext("day"), gettext("time of day"))
        for part, name in zip(field.widget.widgets, names, strict=True):
            part.attrs["aria-label"] = f"{capfirst(str(field.label))}, {name}"


@lru_cache
def _moments(field: DateTimeField[Any, Any]) -> Callable[[Model], str | None]:
    """Return the column of a list with the moments that ``field`` holds, in their short form."""

    @admin.display(description=field.verbose_name, ordering=field.name)
    def column(row: Model) -> str | None:
        moment = field.value_from_object(row)
        return moment and date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")

    column.__name__ = field.name
    return column


class DatesInWords(_Base):
    """A page whose fields for dates and moments say in which order they are typed.

    Its list has moments in their short form: the long one takes the room of two other columns.
    """

    def get_list_display(self, request: HttpRequest) -> Any:
        return [self._short(one) for one in super().get_list_display(request)]

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        links = super().get_list_display_links(request, list_display)
        return links and [self._short(one) for one in links]

    def _short(self, column: Any) -> Any:
        """Return ``column`` of a list, in the short form where it is a field with moments."""
        if not isinstance(column, str) or hasattr(self, column):
            return column
        try:
            field = self.opts.get_field(column)
        except FieldDoesNotExist:
            return column
        return _moments(field) if isinstance(field, DateTimeField) else column

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(db_field, DateField):
            field.help_text = field.help_text or example_date()
            _name_parts(field)
        return field
