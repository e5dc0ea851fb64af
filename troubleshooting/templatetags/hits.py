"""Tag of a hit of the search.

Not by a template: a page has twenty, and their conditions took a third of the work of the page.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from .portal import icon, language_name, page_of, platform_tags

register = template.Library()

#: Codes of an article that its hit names.
_CODES = 4
_NOTHING = SafeString("")


@register.simple_tag
def hit(card: Any, level: int = 2, anchor: str = "") -> SafeString:
    """Return a ``HitCard`` of the views as HTML; ``level`` is that of its heading.

    ``anchor`` is the id of the heading.
    """
    reader = get_language() or ""
    alike = _alike(card.alike, reader) if card.alike else _NOTHING
    heading = format_html(
        '<h{} class="hit-title"{}{}>{}</h{}>',
        *(level, _attribute("id", anchor), _lang(card.hit.language, reader)),
        *(_link(card.hit, reader), level),
    )
    parts = (heading, why(card), _said(card, reader), _origin(card.origin, reader))
    return format_html(
        '<article class="card hit">{}<div class="tags">{}</div>{}</article>',
        *(SafeString("".join(parts)), _tags(card, reader), alike),
    )


def _attribute(name: str, value: str) -> SafeString:
    return format_html(' {}="{}"', name, value) if value else _NOTHING


def _lang(language: str, reader: str, name: str = "lang") -> SafeString:
    """Return the attribute that names a language which is not that of the reader."""
    return _attribute(name, "" if language == reader else language)


def _link(hit: Any, reader: str) -> SafeString:
    return format_html(
        '<a href="{}"{} data-article="{}">{}</a>',
        *(hit.url, _lang(hit.language, reader, "hreflang"), hit.article_id, hit.title),
    )


@register.simple_tag
def why(card: Any) -> SafeString:
    """Return what a ``HitCard`` was found by, of a pasted text with links to its lines."""
    if card.hit.places:
        said = format_html_join(_("; "), "{}", ((_lines(place),) for place in card.hit.places))
        return format_html('<p class="hit-why">{}<span>{}</span></p>', icon("search"), said)
    if not card.why:
        return _NOTHING
    return format_html('<p class="hit-why">{}{}</p>', icon("check"), card.why)


def _lines(place: Any) -> SafeString:
    """Return a place of a pasted text, and the other lines in which the same stands."""
    first, *others = place.lines
    named = ((line, _("line %(line)d") % {"line": line}) for line in others)
    links = ((first, place.why), *named)
    return format_html_join(", ", '<a href="#line-{}">{}</a>', links)


def _said(card: Any, reader: str) -> SafeString:
    """Return what the article says, and what it was found by in another language."""
    said = _NOTHING
    if card.snippet:
        lang = _lang(card.hit.snippet_language, reader)
        said += format_html('<p class="hit-summary"{}><bdi>{}</bdi></p>', lang, card.snippet)
    if card.matched:
        named = _("Found in %(language)s:") % {"language": language_name(card.hit.found_in)}
        said += format_html(
            '<p class="hit-matched">{}<span>{} <bdi lang="{}">{}</bdi></span></p>',
            *(icon("language"), named, card.hit.found_in, card.matched),
        )
    return said


def _origin(origin: Any, reader: str) -> SafeString:
    """Return the document, the headings above the article and the date; nothing without one."""
    if origin is None:
        return _NOTHING
    above = format_html_join("", " › {}", ((heading,) for heading in origin.path))
    date = _NOTHING
    if origin.date:
        shown = date_format(origin.date, "DATE_FORMAT")
        date = format_html(' · <time datetime="{}">{}</time>', origin.date.isoformat()[:10], shown)
    return format_html(
        '<p class="hit-origin">{}<span><bdi{}>{}{}</bdi>{}</span></p>',
        *(icon("document"), _lang(origin.language, reader), origin.document, above, date),
    )


def _tags(card: Any, reader: str) -> SafeString:
    """Return where in the article it is, its status, platforms, language and codes."""
    hit, tags = card.hit, _NOTHING
    if card.place:
        tags += format_html(
            '<a class="tag tag-place" href="{}" data-article="{}">{}{}</a>',
            *(hit.url, hit.article_id, icon("arrow-right"), card.place),
        )
    if card.status:
        tags += format_html('<span class="tag tag-status">{}{}</span>', icon("pencil"), card.status)
    tags += platform_tags(card.platforms)
    if hit.found_in != reader and not card.matched:
        found_in = _("Found in %(language)s") % {"language": language_name(hit.found_in)}
        tags += _language_tag(found_in)
    elif hit.language != reader and not card.matched:
        tags += _language_tag(language_name(hit.language))
    chips = ((page_of("code", code), code) for code in hit.codes[:_CODES])
    return tags + format_html_join("", '<a class="code-chip" href="{}">{}</a>', chips)


def _language_tag(name: str) -> SafeString:
    return format_html('<span class="tag">{}{}</span>', icon("language"), name)


def _alike(cards: list[Any], reader: str) -> SafeString:
    """Return further hits that say the same, folded."""
    named = ngettext("%(number)s more like this", "%(number)s more like this", len(cards))
    rows = SafeString("".join(_row(card, reader) for card in cards))
    return format_html(
        '<details class="hit-alike"><summary>{}</summary><ul class="rows">{}</ul></details>',
        *(named % {"number": len(cards)}, rows),
    )


def _row(card: Any, reader: str) -> SafeString:
    hit = card.hit
    lang = _lang(hit.language, reader) + _lang(hit.language, reader, "hreflang")
    link = format_html(
        '<a class="row-link" href="{}" data-article="{}"{}>{}</a>',
        *(hit.url, hit.article_id, lang, hit.title),
    )
    below = platform_tags(card.platforms), _origin(card.origin, reader)
    return format_html('<li class="row">{}{}{}</li>', link, *below)
