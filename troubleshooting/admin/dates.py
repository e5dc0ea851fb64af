"""The order in which dates are typed, said beside every field that takes one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib.admin.widgets import AdminSplitDateTime
from django.db.models import DateField, Field
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import get_format
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


class DatesInWords(_Base):
    """A page whose fields for dates and moments say in which order they are typed."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and isinstance(db_field, DateField):
            field.help_text = field.help_text or example_date()
            _name_parts(field)
        return field
