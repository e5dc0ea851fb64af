"""Tags of the results page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel.lists import format_list
from django import template
from django.http import QueryDict
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..representing.marking import Block, PastedLine
from ..texts.languages import UNTRANSLATED
from .portal import LanguageLink, language_links, query_string

register = template.Library()

#: The form that holds a posted text; whatever changes the page sends it along.
FORM = "search-form-compact"


@register.simple_block_tag(takes_context=True)
def again(context: template.Context, content: str, address: str, **attributes: str) -> SafeString:
    """Return a link around ``content`` (HTML) to this page at another ``address``.

    For a posted text it is a button that posts the text there.

    ``attributes`` are those of the element, with ``_`` for ``-`` and at their end (``class_``).
    Those without a value are left out.
    """
    return _link(bool(context.get("posted")), SafeString(content), address, attributes)


@register.simple_tag(takes_context=True)
def language_switch(context: template.Context) -> SafeString:
    """Return links to this page in each language of the portal, for a posted text as in ``again``.

    They are kept for pages that say nothing of what a reader typed.
    """
    posted = bool(context.get("posted"))
    links = tuple(language_links(context))
    typed = posted or context["request"].META.get("QUERY_STRING")
    return (_switch.__wrapped__ if typed else _switch)(links, posted)


@lru_cache(maxsize=256)
def _switch(offered: tuple[LanguageLink, ...], posted: bool) -> SafeString:
    links = []
    for link in offered:
        inside = format_html(
            '<abbr aria-hidden="true">{}</abbr><span class="language-name">{}</span>',
            link.code.upper(),
            capfirst(link.name),
        )
        current = "true" if link.is_current else ""
        attributes = {"lang": link.code, "hreflang": link.code, "aria_current": current}
        links.append(_link(posted, inside, link.url, attributes))
    return SafeString("".join(links))


def _link(posted: bool, inside: SafeString, address: str, attributes: dict[str, str]) -> SafeString:
    extra = SafeString(
        "".join(
            format_html(' {}="{}"', name.rstrip("_").replace("_", "-"), value)
            for name, value in attributes.items()
            if value
        )
    )
    if posted:
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
    """Return the address's query with ``value`` as the only one of this parameter, on page one."""
    query: QueryDict = context["request"].GET.copy()
    query[name] = value
    query.pop("page", None)
    return query_string(context["request"], query)


@register.simple_tag(takes_context=True)
def clear_query(context: template.Context, names: Iterable[str], asked: str = "") -> str:
    """Return the address's query without these facets, on page one; the path where none is left.

    Where ``asked`` is given it is what is searched for.
    """
    request = context["request"]
    query: QueryDict = request.GET.copy()
    for name in (*names, "answer", "more", "page"):
        query.pop(name, None)
    if asked:
        query["q"] = asked
    return query_string(request, query) if query else str(request.path)


@register.filter
def any_of(names: Iterable[object]) -> str:
    """Return ``names`` as a choice in the reader's language: Android or iOS."""
    locale = (get_language() or UNTRANSLATED).replace("-", "_")
    return format_list([str(name) for name in names], style="or", locale=locale)


@register.filter
def in_all_of(names: Iterable[str]) -> str:
    """Return the languages of ``names`` as a list: in French and in English."""
    return all_of([_("in %(language)s") % {"language": name} for name in names])


@register.filter
def all_of(names: Iterable[object]) -> str:
    """Return ``names`` as a list in the reader's language: French and English."""
    locale = (get_language() or UNTRANSLATED).replace("-", "_")
    return format_list([str(name) for name in names], locale=locale)


@register.simple_tag
def evidence_lines(block: Block) -> SafeString:
    """Return the lines of a block of the pasted text as a list, numbered as in the text.

    Not by a template: there are hundreds, and its loops took half of the work of the page.
    """
    lines = "".join(map(_evidence_line, block.lines))
    return SafeString(f'<ol class="lines" start="{block.lines[0].number}">{lines}</ol>')


def _evidence_line(line: PastedLine) -> str:
    pieces = ""
    for piece in line.pieces:
        text = escape(piece.text)
        if piece.what:
            kind = "" if piece.known else ' class="unknown"'
            text = SafeString(f"<mark{kind}>{text}</mark>")
        pieces += text
    number = f'<span class="line-number" aria-hidden="true">{line.number}</span>'
    return f'<li id="line-{line.number}">{number}<bdi>{pieces}</bdi></li>'
