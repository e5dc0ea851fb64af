"""What requests may hold; response headers, what browsers keep, and safe compression."""

import re
import secrets
from collections.abc import Callable
from gzip import GzipFile
from io import BytesIO

from csp.constants import HEADER, HEADER_REPORT_ONLY
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware, re_accepts_gzip
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from whitenoise.middleware import WhiteNoiseFileResponse

from troubleshooting.accounts.ownership.refusing import SIGN_OUT_VIEWS

#: Device features a portal of texts never uses. The clipboard is left to its default (this
#: origin only): pages offer to copy codes and steps.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


#: Shorter answers are not worth the time.
_FEWEST_BYTES = 200
#: Of zlib's nine levels the first that tries more than one match for each place.
_LEVEL = 4
#: Empties the browser's caches and what scripts and the service worker keep there (W3C Clear Site
#: Data). Browsers heed it over https and on localhost; elsewhere there is no service worker either,
#: and ``sign-out.js`` empties the rest.
CLEAR_SITE_DATA = '"cache", "storage"'


#: How PostgreSQL and its client call a text or a whole number that no column can hold; dates and
#: fractions out of range are none that a request can name, so the program computed them.
_UNSTORABLE = re.compile(
    r"\bNUL\b"
    r"|\b(?:smallint|integer|bigint) out of range|out of range for type (?:smallint|integer|bigint)"
)
#: How SQLite's client calls one.
_TOO_LARGE = "Python int too large to convert to SQLite INTEGER"


class LanguageMiddleware(LocaleMiddleware):
    """Choose the language: that of the address, or where its path names none of ``?language=``.

    So the switch on a page without a language in its path keeps the page, and an error of the API
    is told in the language that its answer was asked for in.
    """

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of the request."""
        super().process_request(request)
        wanted = request.GET.get("language", "")
        is_offered = wanted in dict(settings.LANGUAGES)
        if is_offered and not translation.get_language_from_path(request.path_info):
            translation.activate(wanted)
            request.LANGUAGE_CODE = translation.get_language()


class UnstorableMiddleware:
    """Read NUL in an address as a space, and refuse (400) what no column can hold.

    PostgreSQL's text holds every character but NUL (its manual, section 8.3), and a number has 64
    bits at most in both databases. Nobody types these: they come from what was cut out of binary
    files, and from who looks for a weak place.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "%00" in query:
            request.META["QUERY_STRING"] = query.replace("%00", "%20")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Raise ``BadRequest`` for what the database's client refused to send."""
        if _is_refusal(exception):
            raise BadRequest("It holds what no column of the database can.") from exception


def _is_refusal(exception: Exception) -> bool:
    """Return whether the client of a database raised this for a value that it was given."""
    if isinstance(exception, OverflowError):  # Python raises it for dates and numbers too
        return str(exception).startswith(_TOO_LARGE)
    return isinstance(exception, DataError) and bool(_UNSTORABLE.search(str(exception)))


class PrivateAnswersMiddleware:
    """Let no browser keep what is answered to somebody with a session, whatever the view says.

    A kept answer can be read when the person has signed out, by whoever has the device next. The
    files of the program are the same for everyone and may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = settings.SESSION_COOKIE_NAME
        has_session = name in request.COOKIES or name in response.cookies
        if has_session and not isinstance(response, WhiteNoiseFileResponse):
            response.headers["Cache-Control"] = "private, no-store"
        if _signs_out(request, response):
            response.headers["Clear-Site-Data"] = CLEAR_SITE_DATA
        return response


def _signs_out(request: HttpRequest, response: HttpResponse) -> bool:
    """Return whether this answers a sign-out that was not refused."""
    match = request.resolver_match
    return bool(
        match
        and match.view_name in SIGN_OUT_VIEWS
        and request.method == "POST"
        and response.status_code < 400
    )


class ContentSecurityPolicyMiddleware:
    """Add the policy of the settings to every response that has none of its own.

    One policy holds for all pages, so its text is built once; django-csp's own middleware builds it
    for each response, which costs a tenth of an article's page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._built: dict[str, tuple[object, str]] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name in (HEADER, HEADER_REPORT_ONLY):
            if text := self._text(name):
                response.headers.setdefault(name, text)
        return response

    def _text(self, name: str) -> str:
        """Return the text of the header ``name``, "" where the settings have no policy for it."""
        report_only = name == HEADER_REPORT_ONLY
        setting = (
            "CONTENT_SECURITY_POLICY_REPORT_ONLY" if report_only else "CONTENT_SECURITY_POLICY"
        )
        policy = getattr(settings, setting, None)
        known, text = self._built.get(name, (None, ""))
        if policy is not known:
            text = build_policy(report_only=report_only)
            self._built[name] = (policy, text)
        return text


class PermissionsPolicyMiddleware:
    """Add ``Permissions-Policy`` (W3C, section 5.1) and ``Cross-Origin-Resource-Policy`` (Fetch).

    No other site shows or runs what is answered here; who may read the API says CORS.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class AnonymousGZipMiddleware(GZipMiddleware):
    """Compress what is answered to readers without a session.

    The size of a compressed page that repeats the reader's words can betray other words on it
    (BREACH). What everyone may see holds no secret; a page for who has signed in may.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return response
        if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
            return super().process_response(request, response)
        if len(response.content) < _FEWEST_BYTES:
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if re_accepts_gzip.search(request.META.get("HTTP_ACCEPT_ENCODING", "")):
            self._compress(response)
        return response

    def _compress(self, response: HttpResponse) -> None:
        """Compress a whole page as Django does, but in half the time for 3 % more bytes."""
        padding = "a" * secrets.randbelow(self.max_random_bytes)  # nobody knows the page's length
        written = BytesIO()
        with GzipFile(padding, "wb", _LEVEL, written, mtime=0) as file:
            file.write(response.content)
        compressed = written.getvalue()
        if len(compressed) >= len(response.content):
            return
        response.content = compressed
        response.headers["Content-Length"] = str(len(compressed))
        response.headers["Content-Encoding"] = "gzip"
        etag = response.headers.get("ETag", "")
        if etag.startswith('"'):  # it is of the same content, no longer of the same bytes
            response.headers["ETag"] = f"W/{etag}"
