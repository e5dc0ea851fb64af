"""Texts that readers do not see: those still to come, and those in the trash."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Model
from django.utils.translation import gettext as _

from ...models import (
    ArticleTemplate,
    KeptDraft,
    PendingRevision,
    Snippet,
    TrashedArticle,
    UnfinishedTranslation,
)
from ...querysets import TO_COME

_PLACES = (*TO_COME, (TrashedArticle.__name__, "rows"))


class UnseenPlace(NamedTuple):
    """A row that holds something in its ``field``."""

    row: Model
    field: str

    def __str__(self) -> str:
        """Say where it is within a sentence."""
        return _SAID[type(self.row)](self.row, self.field)


def places_elsewhere(word: str, holds: Callable[[str], bool]) -> Iterator[UnseenPlace]:
    """Yield the places one of whose texts ``holds`` what was asked for.

    Each such text has ``word`` in it, upper and lower case being alike.
    """
    for name, field in _PLACES:
        rows = apps.get_model("troubleshooting", name)._default_manager
        for row in rows.filter(**{f"{field}__icontains": word}):
            value = getattr(row, field)
            texts = json.loads(value) if isinstance(value, str) else value
            if any(holds(text) for text in _strings(texts)):
                yield UnseenPlace(row, field)


def _strings(value: Any) -> Iterator[str]:
    """Yield every string of a value that was JSON, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _snippet(row: Snippet, field: str) -> str:
    if field == "proposed":
        return _("what is proposed for the snippet “%(key)s”") % {"key": row.key}
    return _("the snippet “%(key)s”") % {"key": row.key}


_SAID: dict[type[Model], Callable[[Any, str], str]] = {
    ArticleTemplate: lambda row, _field: _("the template “%(name)s”") % {"name": str(row)},
    PendingRevision: lambda row, _field: (
        _("a pending revision of “%(title)s”") % {"title": str(row)}
    ),
    UnfinishedTranslation: lambda row, _field: (
        _("a translation of “%(title)s” that is not complete")
        % {"title": row.texts.get("title") or row.article.slug}
    ),
    Snippet: _snippet,
    KeptDraft: lambda _row, _field: _("a text that somebody is writing"),
    TrashedArticle: lambda row, _field: (
        _("“%(title)s”, which is in the trash") % {"title": str(row)}
    ),
}
