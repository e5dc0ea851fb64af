"""A form of which only a part was sent changes that part, and leaves the rest of its row alone.

What is not sent comes to nothing in Django: an empty text, an unticked box, no groups. A page
names, at its end, the fields that it showed and that send nothing where nothing is chosen
(``SHOWN``). What it did not show, and what never arrived, keeps the value that the row has.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    _Base = ModelAdmin[Any]
    _Form = forms.ModelForm[Any]
else:
    _Base = object
    _Form = forms.BaseForm

#: Names the fields of the page that send nothing where nothing is chosen.
SHOWN = "form_shown"
_SILENT = (forms.CheckboxInput, forms.SelectMultiple, forms.CheckboxSelectMultiple)


class KeepsTheRest(_Form):
    """A form of a row; each of its fields that was not sent keeps its value."""

    def full_clean(self) -> None:
        """Read what was sent; of the rest, what the row holds."""
        left = [] if self.instance.pk is None or not self.is_bound else self._not_sent()
        for name in left:
            self.fields[name].disabled = True
        super().full_clean()
        if not left:
            return
        self.changed_data  # noqa: B018 (asked now, while the rest counts as unchanged)
        for name in left:
            field = self.fields[name]
            field.disabled = False
            vars(field)["bound_data"] = _as_it_was
            if name in self.errors:  # what the row holds is no choice any more, and stays
                del self.errors[name]

    def shown(self) -> str:
        """Return the names that a page with this form sends as ``SHOWN``."""
        return " ".join(self.add_prefix(name) for name in self.fields if self._is_silent(name))

    def _is_silent(self, name: str) -> bool:
        return isinstance(_bare(self.fields[name].widget), _SILENT)

    def _not_sent(self) -> list[str]:
        shown = set(self.data.get(SHOWN, "").split())
        return [
            name
            for name, field in self.fields.items()
            if not field.disabled and not self._was_sent(name, self.add_prefix(name), shown)
        ]

    def _was_sent(self, name: str, key: str, shown: set[str]) -> bool:
        if self._is_silent(name):
            return key in self.data or key in shown
        widget = self.fields[name].widget
        return not widget.value_omitted_from_data(self.data, self.files, key)


def _as_it_was(_data: Any, initial: Any) -> Any:
    return initial


def _bare(widget: Any) -> forms.Widget:
    """Return the widget that the administration's buttons stand around."""
    inner: forms.Widget = getattr(widget, "widget", widget)
    return inner


class LeavesTheRest(_Base):
    """A page of the administration whose form, sent in part, changes that part alone."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return types.new_class(form.__name__, (KeepsTheRest, form))
