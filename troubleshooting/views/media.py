"""Images of the articles, served to those who may see an article that shows them."""

import logging

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from ..access import Reader, reader_of
from ..models import MediaImage

logger = logging.getLogger(__name__)


@require_safe
def image(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serve the image ``name``; 404 for one that the reader may not see or that is not there.

    Browsers ask again each time, since an article may be withdrawn; the name is a hash of the
    bytes, so the answer is 304. What everyone may see may be kept for when there is no network.
    """
    reader = reader_of(request)
    found = get_object_or_404(MediaImage.objects.visible_to(reader), name=name)
    etag = f'"{found.name}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _answer(found)
        if response.status_code != 200:
            return response  # of no image, so nothing to keep under its name
        response.headers["ETag"] = etag
    response.headers["Cache-Control"] = (
        "no-cache" if reader == Reader.PUBLIC else "private, no-cache"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Disposition"] = "inline"
    return response


def _answer(image: MediaImage) -> HttpResponseBase:
    try:
        return FileResponse(image.file.open("rb"), content_type=image.content_type)
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError:  # a bucket that does not answer, a disk that fails
        logger.exception("An image cannot be read.")
        return HttpResponse(status=503, headers={"Retry-After": "30", "Cache-Control": "no-store"})
