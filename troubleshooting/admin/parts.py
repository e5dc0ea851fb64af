"""What several admin pages share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, User
from django.db.models import Field, Model, QuerySet
from django.forms import ChoiceField
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..figures.titles import titles_of
from ..models import (
    Article,
    ArticleTranslation,
    ErrorReport,
    GapReport,
    GlossaryTerm,
    MediaImage,
    Outcome,
    PendingRevision,
    Platform,
    Revision,
    SourceDocument,
    StatusChange,
    UnfinishedTranslation,
)
from .generics import ModelAdmin

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


def _worth_a_word() -> set[str]:
    models = (
        Article, ArticleTranslation, Revision, StatusChange, UnfinishedTranslation, PendingRevision,
        Outcome, ErrorReport, GapReport, Platform, GlossaryTerm, MediaImage, SourceDocument,
        User, Group,
    )  # fmt: skip
    return {str(model._meta.verbose_name_plural) for model in models}


class DeletedInWords(ModelAdmin[Any]):
    """A page that asks before a deletion names what people know, not rows of the database."""

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
        """Return the objects themselves, and how many of what people know goes with them.

        Rows that only the portal writes go with what they belong to: nobody has to be allowed to
        delete them by themselves.
        """
        found, counts, needed, protected = super().get_deleted_objects(objs, request)
        known = _worth_a_word()
        return (
            [one for one in found if not isinstance(one, list)],
            {name: count for name, count in counts.items() if name in known},
            {str(name) for name in needed} - self._of_the_portal(),
            protected,
        )

    def _of_the_portal(self) -> set[str]:
        pages = self.admin_site._registry.items()
        return {str(m._meta.verbose_name) for m, page in pages if isinstance(page, ReadOnlyAdmin)}


class PlainList(DeletedInWords):
    """A list that is called by what it lists, where Django has "Select a row to change"."""

    #: What the list is called, where that is not the plural of what it lists.
    called: StrOrPromise = ""
    #: What its button to begin one says, where that is not "Add ...".
    adding: StrOrPromise = ""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = capfirst(self.called or self.opts.verbose_name_plural)
        return super().changelist_view(request, {"title": title, **(extra_context or {})})


class ReadOnlyAdmin(PlainList):
    """Rows that only the portal itself writes: they can be looked at, not changed."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the row by what it is; nobody changed it, so it has no history of its own."""
        title = {"title": capfirst(self.opts.verbose_name), "is_read_only": True}
        context = {**title, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, context)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object | None = None) -> bool:
        return False


class LabelledColumns(PlainList):
    """Fields that are changed in the list itself say what they are: Django names columns alone."""

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name in self.list_editable:
            field.widget.attrs["aria-label"] = capfirst(db_field.verbose_name)
        return field


def change_link(model: str, pk: int, text: str) -> SafeString:
    """Return a link to the admin page of a row of ``model`` (lower case)."""
    return format_html('<a href="{}">{}</a>', change_url(model, pk), text)


def named_links(articles: Iterable[int]) -> Iterator[SafeString | str]:
    """Yield a link to each of the articles with those keys, by its title; a word for one gone."""
    keys = list(articles)
    slugs = dict(Article.objects.filter(pk__in=keys).values_list("pk", "slug"))
    titles = titles_of(keys, get_language(), ArticleTranslation.objects.all())
    for key in keys:
        if key in slugs:
            yield change_link("article", key, titles[key].text if key in titles else slugs[key])
        else:
            yield _("deleted")


def change_url(model: str, pk: int) -> str:
    """Return the address of the admin page of a row of ``model`` (lower case)."""
    return reverse(f"admin:troubleshooting_{model}_change", args=[pk])


def bullets(items: Iterable[str]) -> SafeString | str:
    """Return a list of ``items``, escaped unless marked safe; a dash where there are none."""
    lines = format_html_join("", "<li>{}</li>", ((item,) for item in items))
    return format_html('<ul class="plain">{}</ul>', lines) if lines else "–"


def verbose_name(model: type[Model], name: str) -> StrOrPromise:
    """Return what people call the field ``name`` of ``model``, in the language of the moment."""
    field = model._meta.get_field(name)
    assert isinstance(field, Field)
    return field.verbose_name


def choose_among(field: FormField, choices: list[tuple[str, str]]) -> None:
    """Let ``field`` (one of choices) offer ``choices``."""
    assert isinstance(field, ChoiceField)
    field.choices = choices


def keys_among(values: Iterable[object]) -> list[int]:
    """Return the keys of rows that ``values`` of a form are: rows, or posted numbers.

    What is no key is left out; one of 19 figures or more is none that databases take.
    """
    keys = (str(getattr(value, "pk", value)) for value in values)
    return [int(key) for key in keys if key.isdecimal() and len(key) < 19]
