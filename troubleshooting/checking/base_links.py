"""Links of all texts within the portal that lead to nothing, or to what readers do not see.

What a text links to is read from what was made of it: there stands every form of a link (in angle
brackets, bare, as HTML, with the portal's own host), and none that is code. A target that leads
nowhere at all is no link there: those are read from the texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from html import unescape
from typing import NamedTuple

from django.utils.translation import gettext as _

from ..addresses import Target, local_address, own_hosts, own_link, target_of
from ..models import (
    Article,
    ArticleTranslation,
    CodeSpelling,
    FormerAddress,
    FormerPlatformAddress,
    Platform,
    RenderedTranslation,
    SourceDocument,
    SourceEntry,
)
from ..texts.codes import normalise_spelling
from ..texts.rendering import broken_scheme, plain_link
from ..texts.rendering.targets import likely_targets, link_targets
from ..texts.sections import MARKDOWN_TEXTS, SECTIONS
from .links import ON_EVERY_PAGE, ids_in
from .model import BaseFinding

_HREF = re.compile(r'<a\s[^>]*?\bhref="([^"]*)"')


class _Link(NamedTuple):
    """A link of a text to a page of the portal, as it stands there and as a ``target``."""

    text: ArticleTranslation
    href: str
    target: Target


def dead_links(texts: Iterable[ArticleTranslation]) -> Iterator[BaseFinding]:
    """Find in ``texts`` links to pages and anchors that there are not, or that are hidden."""
    by_key = {text.pk: text for text in texts}
    yield from _without_a_page(by_key.values())
    found: list[_Link] = []
    rendered = RenderedTranslation.objects.values_list("translation", *MARKDOWN_TEXTS)
    for key, *sections in rendered.order_by("translation").iterator(chunk_size=500):
        if text := by_key.get(key):
            hrefs = list(dict.fromkeys(href for html in sections for href in hrefs_in(html)))
            yield from _own_anchors(text, hrefs, sections)
            targets = ((href, target_of(href)) for href in hrefs if not href.startswith("#"))
            found += [_Link(text, href, target) for href, target in targets if target]
    yield from _to_pages(found)


def hrefs_in(html: str) -> Iterator[str]:
    """Yield the addresses within the portal that rendered ``html`` links to, without its host."""
    if "<a " not in html:
        return
    hosts = own_hosts()
    for found in _HREF.findall(html):
        if local := local_address(unescape(found), hosts):
            yield local


def _own_anchors(
    text: ArticleTranslation, hrefs: list[str], sections: list[str]
) -> Iterator[BaseFinding]:
    """Find links within a text to an anchor that it does not have."""
    anchors = [href for href in hrefs if href.startswith("#")]
    if not anchors:
        return
    known = ON_EVERY_PAGE | ids_in(sections)
    for href in anchors:
        if href[1:] not in known:
            said = _("This text has no such anchor: %(href)s") % {"href": href}
            yield BaseFinding("dead_link", text.article_id, text.language, said)


def _without_a_page(texts: Iterable[ArticleTranslation]) -> Iterator[BaseFinding]:
    """Find targets that lead nowhere; those of a document lead to its publisher at least."""
    imported = set(SourceEntry.objects.values_list("article", flat=True))
    for text in texts:
        if text.article_id in imported:
            continue
        written = (getattr(text, name) for name in MARKDOWN_TEXTS)
        hrefs = (href for section in written for href in _leading_nowhere(section))
        for href in dict.fromkeys(hrefs):
            said = _("This link leads nowhere: %(href)s") % {"href": href}
            yield BaseFinding("dead_link", text.article_id, text.language, said)


def _leading_nowhere(section: str) -> Iterator[str]:
    # To read a text takes far longer than to look where a link may be: most have nothing there.
    if any(map(_leads_nowhere, likely_targets(section))):
        yield from filter(_leads_nowhere, link_targets(section))


def _leads_nowhere(href: str) -> bool:
    return not (own_link(href) or plain_link(href) or broken_scheme(href))


def _to_pages(links: list[_Link]) -> Iterator[BaseFinding]:
    pages = _Pages([link.target for link in links])
    for text, href, target in links:
        if not pages.has(target):
            said = _("There is no such page or anchor: %(href)s") % {"href": href}
            yield BaseFinding("dead_link", text.article_id, text.language, said)
        elif pages.is_hidden(target) and text.article.status == Article.Status.PUBLISHED:
            said = _("Readers do not see where this leads: %(href)s") % {"href": href}
            yield BaseFinding("hidden_link", text.article_id, text.language, said)


class _Pages:
    """The pages that the portal has, asked once for all ``targets``."""

    def __init__(self, targets: list[Target]) -> None:
        self._targets = targets

    def has(self, target: Target) -> bool:
        """Return whether there is such a page, with such an anchor."""
        if target.view == "article":
            slug = self._slug(target)
            known = target.anchor in ON_EVERY_PAGE or target.anchor in self._anchors[slug]
            return slug in self._status and known
        if target.view == "code":
            return normalise_spelling(target.arguments["canonical"]) in self._codes
        if target.view == "platform":
            return target.arguments["slug"] in self._platforms
        if target.view == "document":
            known_anchors = self._documents.get(target.arguments["key"])
            return known_anchors is not None and target.anchor in {"", "content", *known_anchors}
        return True

    def is_hidden(self, target: Target) -> bool:
        """Return whether readers do not see the article that ``target`` leads to."""
        published = Article.Status.PUBLISHED
        return target.view == "article" and self._status[self._slug(target)] != published

    def _slug(self, target: Target) -> str:
        """Return the address that the article has now."""
        slug = target.arguments["slug"]
        return slug if slug in self._status else self._former.get(slug, slug)

    def _arguments(self, view: str, name: str) -> set[str]:
        return {one.arguments[name] for one in self._targets if one.view == view}

    @cached_property
    def _status(self) -> dict[str, str]:
        return dict(Article.objects.values_list("slug", "status"))

    @cached_property
    def _former(self) -> dict[str, str]:
        return dict(FormerAddress.objects.values_list("slug", "article__slug"))

    @cached_property
    def _platforms(self) -> set[str]:
        former = FormerPlatformAddress.objects.values_list("slug", flat=True)
        return {*Platform.objects.values_list("slug", flat=True), *former}

    @cached_property
    def _codes(self) -> set[str]:
        keys = {normalise_spelling(name) for name in self._arguments("code", "canonical")}
        return set(CodeSpelling.objects.filter(key__in=keys).values_list("key", flat=True))

    @cached_property
    def _anchors(self) -> dict[str, set[str]]:
        slugs = {self._slug(one) for one in self._targets if one.view == "article" and one.anchor}
        rendered = RenderedTranslation.objects.filter(translation__article__slug__in=slugs)
        found: dict[str, set[str]] = defaultdict(set)
        for slug, *sections in rendered.values_list("translation__article__slug", *SECTIONS):
            found[slug] |= ids_in(sections)
        return found

    @cached_property
    def _documents(self) -> dict[str, set[str]]:
        keys = self._arguments("document", "key")
        found: dict[str, set[str]] = defaultdict(set)
        documents = SourceDocument.objects.filter(key__in=keys)
        for key, outline in documents.values_list("key", "outline"):
            found[key] |= {item["anchor"] for item in outline}
        parts = SourceEntry.objects.filter(document__key__in=keys)
        for key, anchor in parts.values_list("document__key", "anchor"):
            found[key].add(anchor)
        return found
