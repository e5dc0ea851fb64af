"""Tags of the pages on which articles are written."""

from django import forms, template
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..models import Article, Snippet, SourceEntry

register = template.Library()


@register.simple_tag
def article_url(article: Article, language: str) -> str:
    """Return the page of ``article`` that readers see in a language."""
    with override(language):
        return article.get_absolute_url()


@register.simple_tag
def origins(article: Article | None) -> QuerySet[SourceEntry]:
    """Return the parts of documents that ``article`` came from, none of a new one."""
    rows = SourceEntry.objects.filter(article=article) if article else SourceEntry.objects.none()
    return rows.select_related("document__source", "kin").defer("document__raw")


@register.simple_tag
def optional_url(name: str, *args: object) -> str:
    """Return the address of a view; "" where there is no such view for these arguments."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.simple_tag
def field_with(field: forms.BoundField, **attributes: str | None) -> SafeString:
    """Return the widget of ``field`` with more attributes; empty ones are left out."""
    return field.as_widget(attrs={name: value for name, value in attributes.items() if value})


@register.filter
def hidden_initial(field: forms.BoundField) -> SafeString:
    """Return what ``field`` showed when the form was opened, so that a change is known from it."""
    return field.as_hidden(only_initial=True)


@register.filter
def text_state(state: str) -> str:
    """Return what editors call the state of an article's text in a language."""
    if state == "missing":
        return _("missing")
    if state == "begun":
        return _("not complete")
    if state == "bare":
        return _("title only")
    return _("out of date") if state == "stale" else _("up to date")


@register.simple_tag
def table_sizes(rows: int, columns: int) -> list[tuple[int, int]]:
    """Return the sizes of tables that the toolbar offers, (rows, columns), row by row."""
    return [(row, column) for row in range(1, rows + 1) for column in range(1, columns + 1)]


@register.simple_tag
def snippets_for(language: str) -> list[tuple[str, str]]:
    """Return the keys of all snippets with what each says, in ``language`` if it does."""
    rows = Snippet.objects.values_list("key", "texts")
    return [(key, said.get(language) or next(iter(said.values()), "")) for key, said in rows]
