"""What editors see at the address of an article that was deleted; to readers it is no address.

Who brings it back is asked by the administration, as everywhere.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language

from ...access import DELETE_ARTICLE, reader_of
from ...auditing import deletion_of
from ...caching.responses import forget_account_mark
from ...models import Article, FormerAddress, TrashedArticle

#: The number that an article is quoted by.
NUMBER = re.compile(r"[1-9][0-9]{0,17}")


def departed_page(request: HttpRequest, slug: str) -> HttpResponse | None:
    """Return what became of the article that had the address ``slug``, status 410.

    It is in the trash, or it was and the log still tells of it. None where no such article had
    the address, or where who asks sees no more than what is published.
    """
    if not reader_of(request).is_editor:
        return None
    # No article has more than one row in the trash; of several that had one address, the last.
    trashed = TrashedArticle.objects.select_related("deleted_by").filter(_had(slug)).first()
    told = _of_trashed(trashed) if trashed else _of_deleted(slug)
    if told is None:
        return None
    forget_account_mark(request)
    context = {
        **told,
        "status": 410,
        "trashed": trashed,
        "may_restore": bool(trashed) and request.user.has_perm(DELETE_ARTICLE),
    }
    response = render(request, "errors/410.html", context, status=410)
    add_never_cache_headers(response)
    return response


def _of_trashed(trashed: TrashedArticle) -> dict[str, Any]:
    """Return what an article in the trash was called, who put it there, and when."""
    titles: dict[str, str] = trashed.titles
    who = trashed.deleted_by
    return {
        "called": titles.get(get_language() or "") or str(trashed),
        "who": (who.get_full_name() or who.get_username()) if who else "",
        "time": trashed.deleted,
    }


def _of_deleted(slug: str) -> dict[str, Any] | None:
    """Return the same of an article that has left the trash for good; None: nothing tells of it."""
    entry = deletion_of(slug)
    if entry is None or Article.objects.filter(pk=entry.key).exists():
        return None
    return {"called": entry.name, "who": entry.who, "time": entry.time}


def _had(slug: str) -> Q:
    """Return the condition of rows whose article had an address, before it was moved too.

    What belonged to it stands there as ``put_into_trash`` writes it, the article first.
    """
    former = f'"{FormerAddress._meta.label_lower}", "pk": '
    moved = f'"fields": {{"slug": {json.dumps(slug)}, "article": '
    found = Q(slug=slug) | Q(rows__contains=former) & Q(rows__contains=moved)
    if NUMBER.fullmatch(slug):
        found |= Q(rows__startswith=f'[{{"model": "{Article._meta.label_lower}", "pk": {slug},')
    return found
