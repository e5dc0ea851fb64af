"""Links of rendered texts to the portal's own articles and documents: those that lead somewhere.

A text may name an article that is not published yet, or no more: whoever cannot open it is shown
the words of the link alone, until there is something to open. Nobody learns so what is hidden: the
same becomes of an address that no article ever had.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import chain

from django.db.models import Q

from ...access import Reader
from ...addresses import Target, local_address, own_hosts, target_of
from ...models import Article, FormerAddress, SourceDocument

#: What an address has to hold to be one of an article or a document.
_PLACES = ("/articles/", "/documents/")
_LINK = re.compile(r'<a\s((?:[^>"]|"[^"]*")*)>(.*?)</a>', re.DOTALL)
_HREF = re.compile(r'(?:^|\s)href="([^"]*)"')
#: The number that an article is quoted by.
_NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def leading_somewhere(reader: Reader, sections: Iterable[str | None]) -> list[str]:
    """Return rendered ``sections`` without the links that ``reader`` would follow in vain.

    What one reader sees may stand beside them in no other's page. Asks the database only where a
    section links to an article or a document.
    """
    htmls = [html or "" for html in sections]
    if reader.is_editor or not any(place in html for html in htmls for place in _PLACES):
        return htmls
    targets = _targets(htmls)
    slugs = {one.arguments["slug"] for one in targets.values() if _is_article(one)}
    keys = {one.arguments["key"] for one in targets.values() if one.view == "document"}
    seen = _articles(reader, slugs), _documents(reader, keys)

    def with_or_without(link: re.Match[str]) -> str:
        target = targets.get(_address(link))
        return link[2] if target and not _is_seen(target, *seen) else link[0]

    return [_LINK.sub(with_or_without, html) if "<a " in html else html for html in htmls]


def _targets(htmls: Iterable[str]) -> Mapping[str, Target]:
    """Return by address, as it is written, the articles and documents that texts link to."""
    hosts, found = own_hosts(), {}
    for address in set(chain.from_iterable(map(_address, _LINK.finditer(one)) for one in htmls)):
        if not any(place in address for place in _PLACES):
            continue
        target = target_of(local_address(unescape(address), hosts))
        if target and (_is_article(target) or target.view == "document"):
            found[address] = target
    return found


def _address(link: re.Match[str]) -> str:
    href = _HREF.search(link[1])
    return href[1] if href else ""


def _is_article(target: Target) -> bool:
    """Return whether ``target`` is a page of an article."""
    return target.view.startswith("article") and "slug" in target.arguments


def _is_seen(target: Target, slugs: set[str], keys: set[str]) -> bool:
    if target.view == "document":
        return target.arguments["key"] in keys
    return target.arguments["slug"] in slugs


def _articles(reader: Reader, slugs: set[str]) -> set[str]:
    """Return those of ``slugs`` by which ``reader`` comes to an article: former ones, numbers."""
    if not slugs:
        return set()
    articles = Article.objects.visible_to(reader).with_text()
    numbers = [int(slug) for slug in slugs if _NUMBER.fullmatch(slug)]
    rows = articles.filter(Q(slug__in=slugs) | Q(pk__in=numbers)).values_list("slug", "pk")
    found = {name for slug, number in rows for name in (slug, str(number))} & slugs
    if missing := slugs - found:
        former = FormerAddress.objects.filter(slug__in=missing, article__in=articles)
        found |= set(former.values_list("slug", flat=True))
    return found


def _documents(reader: Reader, keys: set[str]) -> set[str]:
    if not keys:
        return set()
    seen = SourceDocument.objects.visible_to(reader).filter(key__in=keys).order_by()
    return set(seen.values_list("key", flat=True))
