"""What lines of the audit keep by internal names, in the words of who reads them.

A line keeps the name of a model, the names of fields, and values as forms have them, so that it
can be read in any language. What was noted in words already is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core.exceptions import FieldDoesNotExist
from django.db.models import DateField, Field, Model
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ...models import Article, ArticleTranslation, AuditEntry, BulkChange, ScheduledChange
from ...models.workflow import PARTED
from ...templatetags.portal import language_name
from ...texts.sections import TEXTS
from ..parts import verbose_name
from .roles import role_called

#: Names that lines have and no model; each with the word for it.
_WORDS = {
    "text": _("text"),
    "field": _("field of responsibility"),
    "holder": _("account or group"),
    "name": _("name"),
    "description": _("description"),
    "former_addresses": _("former addresses"),
}
#: What happens to an article by itself.
_ACTS = dict(ScheduledChange.Act.choices)
_FLAGS = {"True": _("yes"), "False": _("no")}
_APPS = ("troubleshooting", "auth")


def model_of(kind: str) -> type[Model] | None:
    """Return the model that a line names; None where there is none of that name any more."""
    for app in _APPS:
        try:
            return apps.get_model(app, kind)
        except (LookupError, ValueError):
            continue
    return None


def kind_in_words(kind: str) -> str:
    """Return what people call the model; its name where there is no such model any more."""
    model = model_of(kind)
    return capfirst(str(model._meta.verbose_name)) if model else kind


def _described_by(kind: str) -> type[Model] | None:
    """Return the model whose fields a line names: an act on many articles changes theirs."""
    model = model_of(kind)
    return Article if model is BulkChange else model


def changes_shown(entry: AuditEntry) -> SafeString:
    """Return what a line says of the fields that changed, one below the other."""
    rows = [
        (gettext("%(name)s:") % {"name": capfirst(name)}, before or "–", after or "–")
        for name, before, after in changes_in_words(entry)
    ]
    text = "<div>{} <del>{}</del> → <ins>{}</ins></div>"
    return format_html_join("", text, rows)


def changes_in_words(entry: AuditEntry) -> Iterator[tuple[str, str, str]]:
    """Yield what a line says of each field that changed: its name, what it held, what it holds."""
    model = _described_by(entry.kind)
    for name in dict.fromkeys([*entry.before, *entry.after]):
        before, after = entry.before.get(name, ""), entry.after.get(name, "")
        if before != after:
            field = _field(model, name)
            worded = _moment if name in _ACTS else partial(_value, field, name)
            yield _name(model, field, name), worded(before), worded(after)


def values_in_words(kind: str, holds: Callable[[object], bool]) -> Iterator[str]:
    """Yield what lines on a ``kind`` keep, as JSON, where people read words that ``holds`` accepts.

    That are the choices of its fields: a status, an audience.
    """
    model = _described_by(kind)
    for field in model._meta.fields if model else ():
        for value, words in field.flatchoices or ():
            if holds(words):
                yield f'"{field.name}": "{value}"'


def _field(model: type[Model] | None, name: str) -> Field[Any, Any] | None:
    try:
        field = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return field if isinstance(field, Field) else None


def _name(model: type[Model] | None, field: Field[Any, Any] | None, name: str) -> str:
    if field is not None and isinstance(field.verbose_name, Promise):
        return str(field.verbose_name)
    part, _bracket, language = name.removesuffix(")").rpartition(" (")
    if language in dict(settings.LANGUAGES):
        said = language_name(language)
        return f"{_name(model, None, part)} ({said})" if part else said
    if name in TEXTS:
        return str(verbose_name(ArticleTranslation, name))
    return str(_ACTS.get(name) or _WORDS.get(name) or _form_label(model, name) or name)


def _form_label(model: type[Model] | None, name: str) -> object:
    """Return what the form of the administration calls a field that no model has."""
    page = admin.site._registry.get(model) if model else None
    field = getattr(page.form if page else None, "base_fields", {}).get(name)
    return field.label if field else ""


def _value(field: Field[Any, Any] | None, name: str, value: str) -> str:
    if not value:
        return ""
    if value in _FLAGS:
        return str(_FLAGS[value])
    if name in dict(settings.LANGUAGES) and value.isdecimal():
        return gettext("revision %(number)s") % {"number": value}
    if field is None:
        return value
    if field.name.endswith("language"):
        return language_name(value)
    if field.related_model is Group:
        return ", ".join(role_called(one) for one in value.split(", "))
    if isinstance(field, DateField):
        return PARTED.join(_moment(one) for one in value.split(PARTED))
    choices = dict(field.flatchoices)
    return PARTED.join(str(choices.get(one, one)) for one in value.split(PARTED))


def _moment(value: str) -> str:
    """Return a day or a moment as people write it; what is none as it is."""
    try:
        found: date | datetime | None = parse_date(value) or parse_datetime(value)
    except ValueError:
        return value
    if isinstance(found, datetime):
        return date_format(localtime(found) if found.tzinfo else found, "DATETIME_FORMAT")
    return date_format(found, "DATE_FORMAT") if found else value
