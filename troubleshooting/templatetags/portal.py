"""Tags and filters that the pages share."""

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode

from babel import Locale, UnknownLocaleError
from django import template
from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import Storage, storages
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_from_path
from django.utils.translation import gettext as _

from kbportal.environment.version import portal_version

from ..models import Outcome, Platform
from ..representing.names import SECTION_NAMES
from ..texts.anchors import resolution_anchor
from ..texts.languages import UNTRANSLATED, labels_for
from ..texts.markup.blocks import ALERT_KINDS
from ..texts.remarks import in_words

register = template.Library()
register.filter("resolution_anchor", resolution_anchor)

SPRITE = "portal/icons/icons.svg"


class LanguageLink(NamedTuple):
    """The current page in one language; ``url`` is its path and query."""

    code: str
    name: str
    url: str
    is_current: bool


@register.simple_tag
def longest(model: str, field: str) -> int:
    """Return how many characters a field of a model of the app takes, for ``maxlength``.

    ``LookupError`` and ``FieldDoesNotExist``: there is none such.
    """
    limit: int = apps.get_model("troubleshooting", model)._meta.get_field(field).max_length
    return limit


@register.simple_tag
def icon(name: str) -> SafeString:
    """Return an icon of the sprite, as decoration.

    Nothing where the sprite has none of that name.
    """
    if name not in icon_names():
        return SafeString("")
    return _icon(_sprite(storages["staticfiles"], settings.STATIC_URL), name)


@lru_cache(maxsize=8)
def _sprite(_storage: Storage, _prefix: str) -> str:
    return static(SPRITE)


@cache
def _icon(sprite: str, name: str) -> SafeString:
    return format_html(
        '<svg class="icon" aria-hidden="true" width="20" height="20"><use href="{}#{}"/></svg>',
        sprite,
        name,
    )


@register.simple_tag
def platform_icon(platform: Platform) -> SafeString:
    """Return the icon that editors chose for a platform.

    Else it is the one named like the platform, else that of any device.
    """
    names = (platform.icon, platform.slug, "device-desktop")
    return icon(next(name for name in names if name in icon_names()))


@register.simple_tag
def platform_tags(platforms: Iterable[Platform] | None) -> SafeString:
    """Return a link to each of the platforms, or that it is about all of them."""
    tags = format_html_join(
        "",
        '<a class="tag" href="{}">{}{}</a>',
        ((page_of("platform", one.slug), platform_icon(one), one.name) for one in platforms or ()),
    )
    return tags or format_html('<span class="tag">{}{}</span>', icon("devices"), _("All platforms"))


def page_of(name: str, value: str) -> str:
    """Return the address of the page called ``name`` about ``value`` in the reader's language."""
    return _page_of(name, value, get_language() or "", get_script_prefix())


@lru_cache(maxsize=2048)  # twenty hits name a hundred of them
def _page_of(name: str, value: str, _language: str, _prefix: str) -> str:
    return reverse(f"troubleshooting:{name}", args=[value])


@cache
def icon_names() -> frozenset[str]:
    """Return the names of the symbols in the sprite.

    Raise ``FileNotFoundError``: the sprite is missing.
    """
    path = finders.find(SPRITE)
    if path is None:
        raise FileNotFoundError(SPRITE)
    sprite = Path(path).read_text("utf-8")
    return frozenset(part.split('"')[0] for part in sprite.split('<symbol id="')[1:])


@register.simple_tag(takes_context=True)
def language_links(context: template.Context) -> list[LanguageLink]:
    """Return the current page in every language of the portal, query kept."""
    request: HttpRequest = context["request"]
    current = context.get("LANGUAGE_CODE")
    return [
        LanguageLink(code, name, _address_in(request, code), code == current)
        for code, name in settings.LANGUAGES
    ]


def _address_in(request: HttpRequest, language: str) -> str:
    """Return path and query of the request in another language, named where its path names one."""
    query = request.META.get("QUERY_STRING", "")
    if _has_language(request.path_info, _offered()):
        return path_in(request, language) + (f"?{query}" if query else "")
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != "language"]
    return f"{quote(request.path)}?{urlencode([*kept, ('language', language)])}"


@register.simple_tag
def language_cookie() -> str:
    """Return the name of the cookie that keeps the language which a reader chose by the switch."""
    return settings.LANGUAGE_COOKIE_NAME


def path_in(request: HttpRequest, language: str) -> str:
    """Return the request's path below another language's prefix.

    The home page where it has none.
    """
    return f"{get_script_prefix()}{language}/{_rest(request.path_info, _offered())}"


def _offered() -> tuple[str, ...]:
    return tuple(code for code, _name in settings.LANGUAGES)


@lru_cache(maxsize=256)
def _has_language(path: str, _offered: tuple[str, ...]) -> bool:
    return get_language_from_path(path) is not None


@lru_cache(maxsize=256)
def _rest(path: str, _offered: tuple[str, ...]) -> str:
    """Return what follows the prefix of an offered language in a path, quoted.

    "" where it has none.
    """
    current = get_language_from_path(path)
    return quote(path.removeprefix(f"/{current}/")) if current else ""


@register.simple_tag(takes_context=True)
def alternates(
    context: template.Context, languages: Sequence[str] = ()
) -> tuple[LanguageLink, ...]:
    """Return addresses for ``hreflang``.

    This page in each of the ``languages`` it exists in (all).
    """
    request: HttpRequest = context["request"]
    return tuple(
        LanguageLink(link.code, link.name, request.build_absolute_uri(link.url), link.is_current)
        for link in language_links(context)
        if not languages or link.code in languages
    )


@register.simple_tag
def alternate_links(pages: Sequence[LanguageLink]) -> SafeString:
    """Return the links of ``alternates`` for the head of a page."""
    rows = ((page.code, page.url) for page in pages)
    return format_html_join("\n", '<link rel="alternate" hreflang="{}" href="{}">', rows)


@register.simple_tag
def canonical_link(pages: Sequence[LanguageLink]) -> SafeString:
    """Return the link that names the address of this page, of those of ``alternates``, as its own.

    Lists keep the number of their page and nothing else of their query: it only narrows them.
    """
    here = next((page.url for page in pages if page.is_current), "")
    if not here:
        return SafeString("")
    address, _mark, query = here.partition("?")
    number = [value for name, value in parse_qsl(query) if name == "page"][:1]
    more = f"?{urlencode({'page': number[0]})}" if number else ""
    return format_html('<link rel="canonical" href="{}{}">', address, more)


#: A tag, kept as it is, or a backslash inside a path.
_PATH = re.compile(r'(<(?:[^>"]|"[^"]*")*>)|\\(?=[^\s<])')


@register.filter
def readable(html: str) -> SafeString:
    """Return sanitised ``html`` whose paths break after backslashes and whose code can be focused.

    A block of code that is wider than the page scrolls, and keys scroll only what has the focus.
    """
    if "\\" in html:
        html = _PATH.sub(lambda match: match[1] or "\\<wbr>", html)
    return SafeString(html.replace("<pre>", '<pre tabindex="0">'))


@register.filter
def language_name(code: str) -> str:
    """Return the name of a language in the reader's language.

    Capitals are those that CLDR has in a sentence.
    """
    return _language_name(code, get_language())


@lru_cache(maxsize=256)
def _language_name(code: str, reader: str | None) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(reader) or code
    except (UnknownLocaleError, ValueError):
        return code


@register.filter("in_words")
def stored_in_words(stored: str) -> str:
    """Return what the portal noted in the reader's language, days in it too."""
    return in_words(stored, lambda day: date_format(day, "DATE_FORMAT"))


@register.filter
def own_language_name(code: str) -> str:
    """Return the name of a language in that language, capitalised as a link to it is."""
    return capfirst(dict(settings.LANGUAGES).get(code) or language_name(code))


@register.simple_tag(takes_context=True)
def in_language(context: template.Context, code: str) -> str:
    """Return the path of the current page in another language."""
    return path_in(context["request"], code)


@register.simple_tag
def section_name(name: str) -> str:
    """Return what the reader's language calls a section of an article."""
    return str(SECTION_NAMES[name])


@register.filter
def field(front_matter: object, name: str) -> str:
    """Return a field of a document's header in words; empty where it is not there."""
    value = front_matter.get(name, "") if isinstance(front_matter, dict) else ""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@register.simple_tag
def alert_kinds() -> list[tuple[str, str]]:
    """Return the kinds of alerts, each with its name in the reader's language."""
    words = labels_for((get_language() or UNTRANSLATED)[:2]).words
    return [(kind, words[kind]) for kind in ALERT_KINDS]


@register.simple_tag
def outcome_reasons() -> list[tuple[str, str]]:
    """Return value and label of each reason why an article did not help."""
    return [(value, str(label)) for value, label in Outcome.Reason.choices]


@register.simple_tag(takes_context=True)
def toggle_query(context: template.Context, name: str, value: str) -> str:
    """Return the address's query with this value of this parameter added or removed.

    It leads to page one.
    """
    query = context["request"].GET.copy()
    chosen = query.getlist(name)
    kept = [other for other in chosen if other != value]
    query.setlist(name, kept if value in chosen else [*chosen, value])
    query.pop("page", None)
    return query_string(context["request"], query)


def query_string(request: HttpRequest, query: QueryDict) -> str:
    """Return ``query`` as an address has it, with its mark.

    A page has dozens of addresses that repeat the question: each pair is encoded once a request.
    """
    encoded: dict[tuple[str, str], str] = vars(request).setdefault("encoded_pairs", {})
    pairs = [(name, str(value)) for name, values in query.lists() for value in values]
    for pair in pairs:
        if pair not in encoded:
            encoded[pair] = urlencode([pair])
    return f"?{'&'.join(map(encoded.__getitem__, pairs))}"


@register.filter
def grouped(number: int) -> str:
    """Return a number as the reader's language writes it, thousands apart."""
    return number_format(number, force_grouping=True)


@register.filter
def numbers(count: int) -> range:
    """Return 1 to ``count``, both included."""
    return range(1, count + 1)


register.simple_tag(portal_version)
