"""The picture that other sites show beside a link to an article."""

from __future__ import annotations

from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ...access import Reader, reader_of
from ...models import ArticleTranslation, Platform
from ...representing.web.picture import PictureCard, draw


@require_safe
def article_picture(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Draw the title of the article for who may see it; 404 for anyone else.

    Browsers and networks ask again; while nothing of it has changed the answer is 304, undrawn.

    Raise ``Http404`` for who may not.
    """
    reader = reader_of(request)
    texts = ArticleTranslation.objects.visible_to(reader).filter(article__slug=slug)
    text = texts.best_first(get_language()).only("title", "article_id").first()
    if text is None:
        raise Http404
    names = Platform.objects.filter(articles=text.article_id).values_list("name", flat=True)
    number = _("Article no. %(number)d") % {"number": text.article_id}
    below = " · ".join([*names, number])
    card = PictureCard(pgettext("name of the portal", "Troubleshooting"), text.title, below)
    etag = f'"{sha256(repr(card).encode()).hexdigest()[:32]}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(draw(card), content_type="image/png")
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = (
        "no-cache" if reader == Reader.PUBLIC else "private, no-cache"
    )
    return response


def picture_address(slug: str, language: str, revision: int) -> str:
    """Return the address of the picture; another revision has another, as networks keep theirs."""
    with override(language):
        page = reverse("troubleshooting:article_picture", kwargs={"slug": slug})
    return f"{page}?revision={revision}"
