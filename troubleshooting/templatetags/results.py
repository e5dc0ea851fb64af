"""Tags of the results page."""

from __future__ import annotations

from babel.lists import format_list
from django import template
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

#: The form that holds a posted text; whatever changes the page sends it along.
FORM = "search-form-compact"


@register.simple_block_tag(takes_context=True)
def again(context: template.Context, content: str, address: str, **attributes: str) -> SafeString:
    """A link to this page at another ``address``; for a posted text a button that posts it there.

    ``attributes`` are those of the element, with ``_`` for ``-`` and at their end (``class_``).
    Those without a value are left out.
    """
    extra = SafeString(
        "".join(
            format_html(' {}="{}"', name.rstrip("_").replace("_", "-"), value)
            for name, value in attributes.items()
            if value
        )
    )
    inside = SafeString(content)  # a block of a template: escaped where it was written
    if context.get("posted"):
        return format_html(
            '<button type="submit" form="{}" formaction="{}"{}>{}</button>',
            FORM,
            address,
            extra,
            inside,
        )
    return format_html('<a href="{}"{}>{}</a>', address, extra, inside)


@register.simple_tag(takes_context=True)
def only_query(context: template.Context, name: str, value: str) -> str:
    """The address's query with ``value`` as the only one of this parameter, on page one."""
    query: QueryDict = context["request"].GET.copy()
    query[name] = value
    query.pop("page", None)
    return f"?{query.urlencode()}"


@register.filter
def any_of(names: list) -> str:
    """``names`` as a choice in the reader's language: Android or iOS."""
    locale = (get_language() or "en").replace("-", "_")
    return format_list([str(name) for name in names], style="or", locale=locale)


@register.filter
def all_of(names: list) -> str:
    """``names`` as a list in the reader's language: French and English."""
    locale = (get_language() or "en").replace("-", "_")
    return format_list([str(name) for name in names], locale=locale)
