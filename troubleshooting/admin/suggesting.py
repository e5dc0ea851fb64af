"""Fields with suggestions that take a key which no row can have for no choice.

Django's own ask the database for whatever stands in the address (``?owner=x``) or in a form, and
fail where that is no key.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import ForeignKey, ManyToManyField
    from django.db.models.fields.related import RelatedField
    from django.forms import ModelChoiceField, ModelMultipleChoiceField
    from django.http import HttpRequest

    _Base = ModelAdmin[Any]
else:
    _Base = object


class KeySelect(AutocompleteSelect):
    """One row."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, _keys(self.field, value), attr)


class KeySelectMultiple(AutocompleteSelectMultiple):
    """Several rows."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> Any:
        return super().optgroups(name, _keys(self.field, value), attr)


def _keys(field: RelatedField[Any, Any], values: Sequence[str]) -> list[str]:
    return [value for value in values if _is_key(field, value)]


def _is_key(field: RelatedField[Any, Any], value: str) -> bool:
    try:
        field.target_field.to_python(value)
    except ValidationError:
        return False
    return True


class Suggesting(_Base):
    """For a ``ModelAdmin``: ``autocomplete_fields`` are shown by these."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField[Any] | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = KeySelect(db_field, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField[Any] | None:
        if db_field.name in self.get_autocomplete_fields(request):
            using = kwargs.get("using")
            kwargs["widget"] = KeySelectMultiple(db_field, self.admin_site, using=using)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
