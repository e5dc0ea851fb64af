"""Rules about where links lead. Addresses on other hosts are not asked whether they exist."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from ..addresses import Target, local_address, target_of
from ..models import (
    Article,
    CodeSpelling,
    Platform,
    RenderedTranslation,
    SourceDocument,
    SourceEntry,
)
from ..querysets import visibility
from ..texts import rendering
from ..texts.codes import normalise_spelling
from ..texts.rendering.targets import links_in
from ..texts.sections import SECTIONS
from .model import CheckedText, Finding, WrittenText

#: Anchors that every page of an article has, beside those of its text; "" is its beginning.
ON_EVERY_PAGE = frozenset({"", "content", "about", *SECTIONS})
_ID = re.compile(r'\sid="([^"]+)"')


def broken_scheme(draft: WrittenText) -> Iterator[Finding]:
    """Yield ``ttps://`` and the like.

    A browser can do nothing with it, and it is not shown as a link.
    """
    targets = {href for text in draft.texts.values() for href in links_in(text)}
    for href in sorted(filter(rendering.broken_scheme, targets)):
        text = _("This is not a web address: %(href)s")
        yield _finding("broken_scheme", text, draft, href)


def dead_link(draft: CheckedText) -> Iterator[Finding]:
    """Yield links inside the portal to something that is not there."""
    for href, link in draft.links.items():
        if link is None:
            yield _finding("dead_link", _("This link leads nowhere: %(href)s"), draft, href)
        elif (local := local_address(link.href, draft.own_hosts)) and (text := _dead(draft, local)):
            yield _finding("dead_link", text, draft, href)


def _finding(rule: str, text: str, draft: WrittenText, href: str) -> Finding:
    section = draft.section_of_link(href)
    return Finding(rule, text % {"href": href}, section=section, quote=href)


def _dead(draft: CheckedText, href: str) -> str:
    """Return what is wrong with an address of the portal; "" where nothing is."""
    if href.startswith("#"):
        known = ON_EVERY_PAGE | ids_in(draft.structured.html.values())
        return "" if href[1:] in known else _("This text has no such anchor: %(href)s")
    target = target_of(href)
    if target is None:
        return ""
    question = _QUESTIONS.get(target.view)
    if question is None or question(draft, target):
        return ""
    return _("The portal has no such page or anchor: %(href)s")


def ids_in(sections: Iterable[str]) -> set[str]:
    """Return the anchors that rendered ``sections`` hold."""
    return {name for html in sections for name in _ID.findall(html)}


def _has_article(draft: CheckedText, target: Target) -> bool:
    slug = target.arguments["slug"]
    articles = Article.objects.visible_to(draft.reader).with_text().at_address(slug)
    if not (article := articles.first()):
        return False
    return target.anchor in ON_EVERY_PAGE or any(
        target.anchor in ids_in(html.values())
        for html in RenderedTranslation.objects.filter(
            visibility(draft.reader, "translation__article__"), translation__article=article
        ).values(*SECTIONS)
    )


def _has_document(draft: CheckedText, target: Target) -> bool:
    documents = SourceDocument.objects.filter(key=target.arguments["key"])
    if not target.anchor:
        return documents.exists()
    outlines = documents.values_list("outline", flat=True)
    if any(item["anchor"] == target.anchor for outline in outlines for item in outline):
        return True
    return SourceEntry.objects.filter(document__in=documents, anchor=target.anchor).exists()


def _has_code(draft: CheckedText, target: Target) -> bool:
    key = normalise_spelling(target.arguments["canonical"])
    return CodeSpelling.objects.filter(key=key).exists()


def _has_platform(draft: CheckedText, target: Target) -> bool:
    slug = target.arguments["slug"]
    return Platform.objects.filter(Q(slug=slug) | Q(former_addresses__slug=slug)).exists()


_QUESTIONS: dict[str, Callable[[CheckedText, Target], bool]] = {
    "article": _has_article,
    "document": _has_document,
    "code": _has_code,
    "platform": _has_platform,
}
