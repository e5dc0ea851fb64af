"""What the administration logs is noted for good too, with the values before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.admin.models import LogEntry
from django.db.models import Model, QuerySet
from django.forms import BaseForm, Field, ModelChoiceField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop

from ..auditing import Act, addresses_of, note
from ..models import Article, BulkChange
from ..texts.remarks import in_words, remark

Values = dict[str, str]
#: Where a request keeps what its form changed, until it is logged.
_ATTRIBUTE = "_audited"

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    _Base = ModelAdmin[Any]
else:
    _Base = object


def note_changed(request: HttpRequest, before: Values, after: Values) -> None:
    """Keep what is said of the next line that ``request`` logs."""
    before_now, after_now = request.__dict__.setdefault(_ATTRIBUTE, ({}, {}))
    before_now.update(before)
    after_now.update(after)


def note_revision(request: HttpRequest, article: Article, language: str, before: int) -> None:
    """Keep that the text in ``language`` came from revision ``before`` (0: none) to the newest."""
    texts = article.translations.filter(language=language)
    after = texts.values_list("revision_number", flat=True).first() or 0
    note_changed(request, {language: str(before)}, {language: str(after)})


def changed_values(form: BaseForm) -> tuple[Values, Values]:
    """Return what a valid form changed, before and after, in words; never a password."""
    names = [name for name in getattr(form, "changed_data", []) if "password" not in name]
    cleaned = getattr(form, "cleaned_data", {})
    before = {
        name: _held(form.fields[name], form.get_initial_for_field(form.fields[name], name))
        for name in names
    }
    return before, {name: _said(cleaned.get(name)) for name in names}


def _held(field: Field, value: Any) -> str:
    """Return what a field held, rows by what they are called: their form has keys."""
    if not isinstance(field, ModelChoiceField) or value in (None, ""):
        return _said(value)
    keys = value if isinstance(value, list | tuple | set | QuerySet) else [value]
    keys = [one.pk if isinstance(one, Model) else one for one in keys]
    model = field.queryset.model if field.queryset is not None else None
    return _said(list(model._base_manager.filter(pk__in=keys)) if model else keys)


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple | set | QuerySet):
        return ", ".join(sorted(str(one) for one in value))
    return str(value)


class Audited(_Base):
    """A page of the administration whose lines in Django's log are noted in the audit."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> list[dict[str, Any]]:
        note_changed(request, *changed_values(form))
        return super().construct_change_message(request, form, formsets, add)

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        self._note(request, Act.ADDED, obj, message)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> LogEntry:
        self._note(request, Act.CHANGED, obj, message)
        entry = super().log_change(request, obj, message)
        if isinstance(obj, BulkChange):
            entry.object_repr = obj.noted()
            entry.save(update_fields=["object_repr"])
        return entry

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        for obj in queryset:
            is_kept = isinstance(obj, Article)
            where = remark(gettext_noop("In the trash")) if is_kept else ""
            before = addresses_of(obj) if is_kept else None
            note(request.user, Act.DELETED, obj, before=before, detail=where)
        return super().log_deletions(request, queryset)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        response = super().history_view(request, object_id, extra_context)
        for entry in getattr(response, "context_data", {}).get("action_list", ()):
            entry.change_message = in_words(entry.change_message)
        return response

    def _note(self, request: HttpRequest, act: str, obj: Model, message: Any) -> None:
        before, after = request.__dict__.pop(_ATTRIBUTE, ({}, {}))
        detail = message if isinstance(message, str) else ""
        note(request.user, act, obj, before=before, after=after, detail=detail)
