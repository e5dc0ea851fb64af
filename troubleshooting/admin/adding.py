"""A form that adds something, sent twice: it adds one, also where both come at the same moment.

The form has a number of its own. What it adds is noted with the number, in the same transaction;
the database takes a number once. Sent again as it was, the form leads to what it added. With other
values (somebody went back and typed on) it is shown again, says so, and has a new number: whoever
saves it then wants a second one.
"""

from __future__ import annotations

import types
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..models import FormAddition
from .editors import editor_of

#: The field of a form that holds its number.
NUMBER = "form_number"
_LONGEST = 60
#: Where a request keeps the row that its form added before, with other values than now.
_BEFORE = "_added_before"

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    _Base = ModelAdmin[Any]
else:
    _Base = object


class SentBefore(forms.BaseForm):
    """A form that added something before, and comes with other values: refused, with a link."""

    added: str = ""

    def clean(self) -> Any:
        self.add_error(
            None,
            format_html(
                _(
                    "This form was saved before: it added {added}. Change that one, or save once "
                    "more to add another."
                ),
                added=self.added,
            ),
        )
        return super().clean()


class AddedOnce(_Base):
    """A page of the administration whose form adds one row, however often it is sent."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Add what the form says, or lead to what it added before."""
        if not number_of(request):
            return super().add_view(request, form_url, extra_context)
        try:
            with transaction.atomic():
                # The second of two waits here, not in the midst of its form, where it would find
                # a name that is taken.
                User.objects.select_for_update().only("pk").get(pk=editor_of(request).pk)
                if answer := self._answer_again(request):
                    return answer
                return super().add_view(request, form_url, extra_context)
        except IntegrityError:  # sent twice at the same moment
            answer = self._answer_again(request)
            if answer is None:
                raise
            return answer

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        added = getattr(request, _BEFORE, None)
        if added is None:
            return form
        said = {"added": self._named(request, added)}
        bases = (SentBefore, form)
        return types.new_class(form.__name__, bases, exec_body=lambda own: own.update(said))

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        number = "" if hasattr(request, _BEFORE) else number_of(request)
        numbered = {**context, NUMBER: number or uuid4().hex} if add else context
        return super().render_change_form(request, numbered, add, change, form_url, obj)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        """Note which form added ``obj``; raise ``IntegrityError`` where it did so before."""
        if not hasattr(request, _BEFORE):
            note_addition(request, obj)
        return super().log_addition(request, obj, message)

    def _answer_again(self, request: HttpRequest) -> HttpResponse | None:
        """Return where a form leads that added something; None: it did not, or says more now."""
        found = addition_by(request)
        if found is None:
            return None
        rows = self.model._default_manager.filter(pk=found.key)
        added = rows.first() if found.model == self.opts.label_lower else None
        if added is None or found.content != content_of(request):
            setattr(request, _BEFORE, added or found)
            return None
        if IS_POPUP_VAR in request.POST:
            return self.response_add(request, added)
        said = _("This form was sent twice: what it added is there once.")
        self.message_user(request, said, messages.INFO)
        return HttpResponseRedirect(self._address_of(request, added))

    def _named(self, request: HttpRequest, added: Any) -> str:
        """Return what was added, with its page; in words alone where it is gone."""
        if isinstance(added, FormAddition):
            return _("something that was deleted since")
        return format_html('<a href="{}">{}</a>', self._address_of(request, added), added)

    def _address_of(self, request: HttpRequest, added: Any) -> str:
        is_shown = self.has_view_or_change_permission(request, added)
        page, keys = ("change", [added.pk]) if is_shown else ("changelist", [])
        name = f"{self.opts.app_label}_{self.opts.model_name}_{page}"
        return reverse(f"{self.admin_site.name}:{name}", args=keys)


def number_of(request: HttpRequest) -> str:
    """Return the number of the form that was sent; "" for one that has none of ours."""
    number = request.POST.get(NUMBER, "")
    return number if number.isascii() and number.isalnum() and len(number) <= _LONGEST else ""


def addition_by(request: HttpRequest) -> FormAddition | None:
    """Return what the form that was sent added before; None: nothing, or it has no number."""
    number = number_of(request)
    rows = FormAddition.objects.filter(user=request.user.pk, number=number)
    return rows.first() if number else None


def note_addition(request: HttpRequest, row: Model) -> None:
    """Note that the form that was sent added ``row``.

    Raise ``IntegrityError`` where it added something before.
    """
    if number := number_of(request):
        FormAddition.objects.create(
            user=editor_of(request),
            number=number,
            model=row._meta.label_lower,
            key=str(row.pk),
            content=content_of(request),
        )


def content_of(request: HttpRequest) -> str:
    """Return what tells the values of a form from others; the values cannot be read from it."""
    values = {
        name: request.POST.getlist(name)
        for name in sorted(request.POST)
        if name not in (NUMBER, "csrfmiddlewaretoken") and not name.startswith("_")
    }
    files = [
        (name, file.name, file.size)
        for name in sorted(request.FILES)
        for file in request.FILES.getlist(name)
    ]
    return salted_hmac(NUMBER, repr((values, files)), algorithm="sha256").hexdigest()
