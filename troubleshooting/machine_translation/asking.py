"""One call of the translation service: bounded in time and size, no redirection followed."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Sequence
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

#: Seconds for a step of a call, and for all of it: a machine without a graphics card is slow.
PATIENCE, LONGEST_WAIT = 15.0, 40.0
#: Bytes of an answer that are read.
LARGEST = 2_000_000
_LONGEST_REASON = 200
#: What a status says, where it is not 200.
_REASONS = {
    400: "not_understood",
    401: "not_allowed",
    403: "not_allowed",
    404: "not_there",
    405: "not_there",
    413: "too_long",
    429: "too_often",
}


class TranslationServiceError(Exception):
    """Nothing was translated: ``reason`` says why, ``detail`` what the service said itself."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason, self.detail = reason, detail


def is_on() -> bool:
    """Return whether a setting names a service."""
    return bool(settings.TRANSLATION_ENDPOINT)


def service_host() -> str:
    """Return the host that texts are sent to; "" where none is named."""
    return urlsplit(settings.TRANSLATION_ENDPOINT).hostname or ""


def ask(sentences: Sequence[str], language: str, into: str) -> list[str]:
    """Return what the service makes of HTML ``sentences`` in ``language``, one for each.

    Raise ``TranslationServiceError``.
    """
    asked: dict[str, Any] = {
        "q": list(sentences),
        "source": language.partition("-")[0],
        "target": into.partition("-")[0],
        "format": "html",
    }
    if settings.TRANSLATION_TOKEN:
        asked["api_key"] = settings.TRANSLATION_TOKEN
    status, body = _call(json.dumps(asked, ensure_ascii=False).encode())
    if status != 200:
        raise TranslationServiceError(_reason(status), _said(body))
    answers = _read(body)
    if len(answers) != len(sentences):
        raise TranslationServiceError("unreadable")
    return answers


def check_service() -> None:
    """Ask for a word, as a text would be. Raise ``TranslationServiceError``."""
    languages = [code for code, _name in settings.LANGUAGES]
    ask(["OK"], languages[0], languages[-1])


def _call(body: bytes) -> tuple[int, bytes]:
    """Send ``body``; return the status and what came back."""
    parts = urlsplit(settings.TRANSLATION_ENDPOINT)
    is_encrypted = parts.scheme == "https"
    kind = HTTPSConnection if is_encrypted else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    path = f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    until = time.monotonic() + LONGEST_WAIT
    try:
        connection.request("POST", path, body, headers)
        response = connection.getresponse()
        return response.status, _bounded(connection, response, until)
    except TimeoutError:
        raise TranslationServiceError("too_slow") from None
    except (OSError, HTTPException) as error:
        raise TranslationServiceError("unreachable", type(error).__name__) from None
    finally:
        connection.close()


def _bounded(connection: HTTPConnection, response: HTTPResponse, until: float) -> bytes:
    """Return the body. Raise ``TimeoutError`` and ``TranslationServiceError``."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(65_536):
        size += len(piece)
        if size > LARGEST:
            raise TranslationServiceError("too_large")
        pieces.append(piece)
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if isinstance(connection.sock, socket.socket):
            connection.sock.settimeout(min(PATIENCE, left))
    return b"".join(pieces)


def _reason(status: int) -> str:
    if 300 <= status < 400:
        return "redirected"
    return _REASONS.get(status, "failed" if status >= 500 else "not_understood")


def _said(body: bytes) -> str:
    """Return the reason that the service gives, as one line of text."""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    said = found.get("error") if isinstance(found, dict) else None
    line = " ".join(said.split()) if isinstance(said, str) else ""
    return "".join(sign for sign in line if sign.isprintable())[:_LONGEST_REASON]


def _read(body: bytes) -> list[str]:
    """Return the translated texts of an answer. Raise ``TranslationServiceError``."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise TranslationServiceError("unreadable") from None
    texts = found.get("translatedText") if isinstance(found, dict) else None
    if isinstance(texts, str):
        texts = [texts]
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise TranslationServiceError("unreadable")
    return texts
