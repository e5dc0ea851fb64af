"""What rows keep by internal names, in the words of people: languages and other choices."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..templatetags.portal import language_name

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.admin.filters import _ListFilterChoices

    _Base = ModelAdmin[Any]
else:
    _Base = object

#: Fields that hold the code of a language, and what they are called.
_LANGUAGES = {
    "language": _("language"),
    "target_language": _("into"),
    "source_language": _("translated from"),
}


class _WordedFilter(admin.AllValuesFieldListFilter):
    """A filter by a field whose values are internal names; ``word`` says what people call one."""

    word: Callable[[str], str]

    def choices(self, changelist: ChangeList) -> Iterator[_ListFilterChoices]:
        """Yield the choices; the first, all of them, has its words already."""
        for number, choice in enumerate(super().choices(changelist)):
            if number and choice["display"]:
                choice["display"] = self.word(str(choice["display"]))
            yield choice


def filter_in_words(word: Callable[[str], str]) -> type[admin.AllValuesFieldListFilter]:
    """Return a filter by a field whose values are internal names; ``word`` says each to people."""
    return type("WordedFilter", (_WordedFilter,), {"word": staticmethod(word)})


def filter_by(words: Mapping[str, object]) -> type[admin.AllValuesFieldListFilter]:
    """Return a filter that calls each value as ``words`` do; what they lack keeps its name."""
    return filter_in_words(lambda value: str(words.get(value, value)))


LanguageFilter = filter_in_words(language_name)


@lru_cache
def _column(name: str) -> Callable[[Model], str]:
    """Return a column, or a field to be read, with the language that ``name`` holds."""

    @admin.display(description=_LANGUAGES[name], ordering=name)
    def column(row: Model) -> str:
        return language_name(getattr(row, name)) if getattr(row, name) else "–"

    column.__name__ = f"column-{name}"
    return column


class LanguagesInWords(_Base):
    """A page of the administration that calls languages by their names, wherever one is read."""

    def get_list_display(self, request: HttpRequest) -> Any:
        return [self._worded(one) for one in super().get_list_display(request)]

    def get_list_filter(self, request: HttpRequest) -> Any:
        filters = super().get_list_filter(request)
        return [(one, LanguageFilter) if self._is_language(one) else one for one in filters]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [self._worded(one) for one in super().get_readonly_fields(request, obj)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        read = set(super().get_readonly_fields(request, obj))
        all_of_it = obj is not None and not self.has_change_permission(request, obj)
        return [
            (
                heading,
                {
                    **options,
                    "fields": [
                        self._worded(one)
                        if isinstance(one, str) and (all_of_it or one in read)
                        else one
                        for one in options["fields"]
                    ],
                },
            )
            for heading, options in fieldsets
        ]

    def _worded(self, name: Any) -> Any:
        own = isinstance(name, str) and hasattr(self, name)
        return _column(name) if not own and self._is_language(name) else name

    def _is_language(self, path: Any) -> bool:
        """Return whether ``path``, as lists and filters name it, leads to a language's code."""
        if not isinstance(path, str) or path.rpartition("__")[2] not in _LANGUAGES:
            return False
        try:
            return isinstance(get_fields_from_path(self.model, path)[-1], Field)
        except FieldDoesNotExist:
            return False
