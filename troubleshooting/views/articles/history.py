"""What changed in an article and when, in words: never what it said before."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...access import Reader, reader_of
from ...models import ArticleTranslation, Revision
from ...search.addresses import article_address
from ...texts.sections import SECTIONS
from ..base import CachedView
from ..calls.sharing import qr_code

#: Revisions that are compared at most, the latest.
_MOST = 50
_PARTS = ("title", *SECTIONS)


class RevisionChange(NamedTuple):
    """A revision that readers could tell from the one before, and what it changed."""

    number: int
    created: datetime
    size: str
    title: bool
    sections: list[str]
    is_first: bool


class HistoryView(CachedView):
    """The changes of the text in the reader's language, or of the best one there is."""

    template_name = "troubleshooting/articles/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        slug: str = kwargs.pop("slug")
        texts = ArticleTranslation.objects.visible_to(reader_of(self.request))
        found = texts.filter(article__slug=slug).best_first(self.language)
        text = found.only("title", "language", "revision_number").first()
        if text is None:
            raise Http404
        return super().get_context_data(
            **kwargs,
            slug=slug,
            text=text,
            changes=changes(text.pk),
            is_cut=text.revision_number > _MOST,
        )


def changes(translation: int) -> list[RevisionChange]:
    """Return the revisions of a text, the latest first, that changed what readers see.

    One of the internal note alone is none of theirs.
    """
    rows = Revision.objects.filter(translation=translation).order_by("-number")
    newest = list(rows.values_list("number", "created", "size", *_PARTS)[: _MOST + 1])
    found = []
    for place, (number, created, size, *parts) in enumerate(newest[:_MOST]):
        before = newest[place + 1][3:] if place + 1 < len(newest) else None
        differing = [
            name
            for index, name in enumerate(_PARTS)
            if before is None or parts[index] != before[index]
        ]
        if differing:
            found.append(
                RevisionChange(
                    number,
                    created,
                    str(Revision.Size(size).label),
                    "title" in differing,
                    [name for name in SECTIONS if name in differing],
                    before is None,
                )
            )
    return found


@require_safe
def article_qr(request: HttpRequest, slug: str) -> HttpResponse:
    """Return a picture of the article's address, for phones; only of what everyone may read.

    Raise ``Http404`` for any other.
    """
    texts = ArticleTranslation.objects.visible_to(Reader.PUBLIC).filter(article__slug=slug)
    language = (
        texts.best_first(str(request.LANGUAGE_CODE)).values_list("language", flat=True).first()
    )
    if language is None:
        raise Http404(_("There is no such article"))
    address = request.build_absolute_uri(article_address(slug, language))
    return HttpResponse(qr_code(address), content_type="image/svg+xml")
