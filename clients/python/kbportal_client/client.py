"""The operations of the REST API as methods."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from http.client import HTTPException
from typing import Any, NamedTuple, cast
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from .types import (
    ArticlePage,
    ArticleText,
    Decoding,
    Diagnosis,
    PlatformOut,
    SearchResult,
    Suggestion,
)

#: Seconds that an answer may take, and characters of a log that are sent: the last ones.
PATIENCE = 30.0
LONGEST_LOG = 1_000_000
_BASE = "/api/v1/"


class Answer(NamedTuple):
    """What the portal answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


#: Sends a request and returns the answer, whatever its status.
Send = Callable[[Request], Answer]


class PortalError(Exception):
    """The portal refused (``status``, and ``problem`` by RFC 9457), or could not be asked (0)."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        said = problem.get("detail") or problem.get("title") or "no answer"
        wrong = problem.get("errors")
        for one in wrong if isinstance(wrong, list) else ():
            if isinstance(one, dict):
                said = f"{said} {one.get('place')}: {one.get('reason')}"
        super().__init__(f"{status}: {said}" if status else str(said))
        self.status, self.problem = status, problem


class _Stay(HTTPRedirectHandler):
    """Follows no redirection: it would carry the token to wherever it leads."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def send(request: Request) -> Answer:
    """Send a request over the network."""
    try:
        return _sent(request)
    except (URLError, OSError) as error:
        raise PortalError(0, {"detail": str(getattr(error, "reason", error))}) from error
    except HTTPException as error:
        kind = type(error).__name__
        raise PortalError(0, {"detail": f"the answer is cut, or no HTTP ({kind})"}) from error


def _sent(request: Request) -> Answer:
    try:
        with build_opener(_Stay).open(request, timeout=PATIENCE) as found:
            return Answer(found.status, dict(found.headers), found.read())
    except HTTPError as error:
        return Answer(error.code, dict(error.headers), error.read())


def _check(address: str, token: str) -> None:
    """Raise ``ValueError``: no portal has such an address, or such a token, which is not told."""
    try:
        parts = urlsplit(address)
        is_one = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # of the port
        is_one = False
    if not is_one or not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError(f"no address of a portal: {address!r}")
    if token and not (token.isascii() and token.isprintable() and " " not in token):
        raise ValueError("the token holds a character that no token has")


class Client:
    """A portal at ``address``, asked in ``language`` with a ``token`` or as the public.

    Without a ``language`` the portal chooses by ``accepted``, a list as in ``Accept-Language``.
    """

    def __init__(
        self,
        address: str,
        token: str = "",
        language: str = "",
        send: Send = send,
        accepted: str = "",
    ) -> None:
        _check(address, token)
        self.address, self.token, self.language = address.rstrip("/"), token, language
        self.accepted = accepted
        self._send = send

    def search(
        self, query: str, *, platforms: Sequence[str] = (), limit: int = 20, offset: int = 0
    ) -> SearchResult:
        """Search as the page does."""
        more = [("platform", one) for one in platforms]
        paging = [("limit", str(limit)), ("offset", str(offset))]
        return cast("SearchResult", self._get("search/", [("q", query), *more, *paging]))

    def suggest(self, beginning: str) -> list[Suggestion]:
        """Return what the beginning of a query may become."""
        return cast(
            "list[Suggestion]", self._get("search/suggestions/", [("q", beginning)], kind=list)
        )

    def diagnose(self, log: str) -> Diagnosis:
        """Return what a log shows, when, and the articles about it. It is kept nowhere."""
        asked = {"text": log[-LONGEST_LOG:].replace("\0", "\ufffd")}
        return cast("Diagnosis", self._ask("POST", "diagnose/", body=asked))

    def decode(self, code: str) -> Decoding:
        """Return what a code in any form may be."""
        return cast("Decoding", self._get("codes/decode/", [("code", code)]))

    def article(self, number: int) -> ArticleText:
        """Return an article by its number."""
        return cast("ArticleText", self._get(f"articles/{number}/"))

    def article_at(self, slug: str) -> ArticleText:
        """Return an article by the last part of its address."""
        return cast("ArticleText", self._get(f"articles/by-address/{quote(slug, safe='')}/"))

    def articles(self, *, platform: str = "", code: str = "") -> Iterator[ArticleText]:
        """Yield every article, page by page."""
        cursor = ""
        while True:
            narrowed = [("platform", platform), ("code", code), ("cursor", cursor)]
            page = cast("ArticlePage", self._get("articles/", [*narrowed, ("limit", "100")]))
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def platforms(self) -> list[PlatformOut]:
        """Return the platforms."""
        return cast("list[PlatformOut]", self._get("platforms/", in_language=False, kind=list))

    def report_outcome(
        self, number: int, verdict: str, *, step: str = "", reason: str = "", comment: str = ""
    ) -> None:
        """Say that an article, or a step of it, ``solved`` a problem or left somebody ``stuck``."""
        asked = {"verdict": verdict, "anchor": step, "reason": reason, "comment": comment}
        self._ask("POST", f"articles/{number}/outcomes/", body=asked)

    def report_gap(self, subject: str, comment: str = "") -> None:
        """Say that nothing is written about a code or message."""
        self._ask("POST", "gaps/", body={"subject": subject, "comment": comment})

    def _get(
        self,
        path: str,
        query: Sequence[tuple[str, str]] = (),
        *,
        in_language: bool = True,
        kind: type = dict,
    ) -> Any:
        return self._ask("GET", path, query, in_language=in_language, kind=kind)

    def _ask(
        self,
        method: str,
        path: str,
        query: Sequence[tuple[str, str]] = (),
        body: Mapping[str, Any] | None = None,
        *,
        in_language: bool = True,
        kind: type = dict,
    ) -> Any:
        """Return the JSON of an answer; raise ``PortalError`` for any other."""
        named = [("language", self.language)] if self.language and in_language else []
        asked = urlencode([*query, *named])
        address = f"{self.address}{_BASE}{path}{f'?{asked}' if asked else ''}"
        headers = {"Accept": "application/json", "User-Agent": "kbportal-client"}
        if accepted := self.language or self.accepted:  # of errors, too
            headers["Accept-Language"] = accepted
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None
        if body is not None:
            headers["Content-Type"] = "application/json"
            data = json.dumps(body).encode("utf-8", "replace")
        answer = self._send(Request(address, data, headers, method=method))
        return _read(answer, kind)


def _read(answer: Answer, kind: type) -> Any:
    """Return what an answer says, which is a ``kind``; raise ``PortalError`` where it is none."""
    try:
        said = json.loads(answer.body)
    except (ValueError, RecursionError):
        said = None
    if not 200 <= answer.status < 300 or not isinstance(said, kind):
        raise PortalError(answer.status, said if isinstance(said, dict) else {})
    return said
