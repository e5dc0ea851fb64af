"""Django's classes that name their model in brackets, and who is signed in.

The brackets are for the type checker; Django's own classes refuse them at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponseRedirect

from .adding import AddedOnce
from .addresses import SecureAddresses
from .audited import Audited
from .dates import DatesInWords
from .editors import editor_of as editor_of
from .partly import LeavesTheRest
from .wording import LanguagesInWords

if TYPE_CHECKING:
    from django.db.models.options import Options
    from django.utils.functional import _StrOrPromise as StrOrPromise

    Row = TypeVar("Row", bound=Model)

    class ModelAdmin(admin.ModelAdmin[Row]):
        """Django's, with a method of it that its types leave out."""

        def _get_obj_does_not_exist_redirect(
            self, request: HttpRequest, opts: Options[Any], object_id: str
        ) -> HttpResponseRedirect: ...

    class ModelForm(forms.ModelForm[Row]):
        """Django's, with a method of it that its types leave out."""

        def _get_validation_exclusions(self) -> set[str]: ...
else:

    class ModelAdmin(
        AddedOnce,
        Audited,
        DatesInWords,
        LanguagesInWords,
        LeavesTheRest,
        SecureAddresses,
        admin.ModelAdmin,
    ):
        """Django's, with brackets."""

        def __class_getitem__(cls, model: type[Model]) -> type:
            return cls

    class ModelForm(forms.ModelForm):
        """Django's, with brackets."""

        def __class_getitem__(cls, model: type[Model]) -> type:
            return cls


#: The choices of a filter: value and what it is called.
Lookups: TypeAlias = "list[tuple[str, StrOrPromise]]"
