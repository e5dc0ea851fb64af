"""Where an image is shown that readers do not see there: each place by its name, for who may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ...editing.reusing import places_elsewhere
from ...models import Article, KeptDraft, MediaImage, PendingRevision, UnfinishedTranslation
from ..parts import change_url
from ..texts.addresses import form_url, pending_url


def image_places(request: HttpRequest, image: MediaImage) -> Iterator[SafeString | str]:
    """Yield what to call each place, with a link; for who may not see it what kind it is."""
    for place in places_elsewhere(image.name, lambda text: image.name in text):
        if not _may_see(request, place.row):
            yield str(place.row._meta.verbose_name)
        elif address := _address(place.row):
            yield format_html('<a href="{}">{}</a>', address, str(place))
        else:
            yield str(place)


def _may_see(request: HttpRequest, row: Model) -> bool:
    if isinstance(row, KeptDraft):
        return row.user_id == request.user.pk
    model = Article if isinstance(row, UnfinishedTranslation) else type(row)
    return admin.site._registry[model].has_view_permission(request)


def _address(row: Any) -> str:
    """Return where the place is looked at; "" for the draft of a new article."""
    if isinstance(row, PendingRevision):
        return pending_url(row)
    if isinstance(row, (KeptDraft, UnfinishedTranslation)):
        return form_url(row.article, row.language) if row.article else ""
    return change_url(row._meta.model_name, row.pk)
