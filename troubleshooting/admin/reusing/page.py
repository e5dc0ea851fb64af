"""The page on which texts that articles share are written, with what they become beside."""

from __future__ import annotations

from abc import ABCMeta, abstractmethod
from collections.abc import Mapping
from typing import Any

from django.contrib.admin.helpers import AdminErrorList, AdminForm
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.widgets import MediaDefiningClass
from django.http import Http404, HttpRequest, HttpResponse

from ..parts import PlainList


class AbstractPage(MediaDefiningClass, ABCMeta):
    """Refuses to make a page of the administration that leaves out what each has to say."""


class TextsPage(PlainList, metaclass=AbstractPage):
    """A form that ``editing`` saves; what is refused or previewed is shown with what was typed."""

    def titled(self, row: Any) -> str:
        """Return what the page is called; ``row`` is None for something new."""
        return str(row or "")

    def beside(
        self, request: HttpRequest, row: Any, posted: Mapping[str, Any] | None
    ) -> dict[str, Any]:
        """Return what the page shows beside the form, as it is stored or ``posted``."""
        return {}

    def acted(self, request: HttpRequest, row: Any) -> HttpResponse | None:
        """Do what a button beside the text asks for; None where none was pressed."""
        return None

    @abstractmethod
    def saved(self, request: HttpRequest, form: Any, row: Any) -> HttpResponse:
        """Save a valid form and lead on; raise ``ValidationError`` for what stands against it."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form with what it becomes; save it, or say what stands against that.

        Raise ``PermissionDenied`` for who may not save it.
        """
        stored = self._stored(request, object_id)
        if request.method != "POST":
            titles = {"title": self.titled(stored), "subtitle": None}
            context = {**titles, **self.beside(request, stored, None)}
            return super().changeform_view(
                request, object_id, form_url, {**context, **(extra_context or {})}
            )
        if stored and (done := self.acted(request, stored)):
            return done
        may_change, may_add = self.has_change_permission, self.has_add_permission
        if not (may_change(request, stored) if stored else may_add(request)):
            raise PermissionDenied
        form = self.get_form(request, stored, change=bool(stored))(request.POST, instance=stored)
        if form.is_valid() and "_preview" not in request.POST:
            try:
                return self.saved(request, form, stored)
            except ValidationError as error:
                form.add_error(None, error)
        return self._shown(request, form, stored, form_url)

    def _stored(self, request: HttpRequest, object_id: str | None) -> Any:
        if not object_id:
            return None
        row = self.get_object(request, unquote(object_id))
        if row is None and request.method == "POST":
            raise Http404
        return row

    def _shown(self, request: HttpRequest, form: Any, row: Any, form_url: str) -> HttpResponse:
        """Show the posted form again, with its errors and what it would become."""
        sets: list[Any] = [*self.get_fieldsets(request, row)]
        readonly = self.get_readonly_fields(request, row)
        shown = AdminForm(form, sets, {}, readonly, model_admin=self)
        context = {
            **self.admin_site.each_context(request),
            "title": self.titled(row),
            "subtitle": None,
            "adminform": shown,
            "object_id": row.pk if row else None,
            "original": row,
            "is_popup": False,
            "to_field": None,
            "media": self.media + shown.media,
            "inline_admin_formsets": [],
            "errors": AdminErrorList(form, []),
            "preserved_filters": self.get_preserved_filters(request),
            **self.beside(request, row, form.data),
        }
        return self.render_change_form(
            request, context, add=row is None, change=bool(row), form_url=form_url, obj=row
        )
