"""Names of cookies: in a deployment browsers take them from this very host alone, over https.

A name that begins with ``__Host-`` is set by no other host of the domain, nor over plain http (RFC
6265bis, 4.1.3.2). A local run has no https, so names are plain there.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage

PREFIX = "__Host-"


def cookie_name(name: str, *, is_local: bool | None = None) -> str:
    """Return what a cookie is called here; ``is_local`` where the settings are not read yet."""
    local = settings.IS_LOCAL if is_local is None else is_local
    return name if local else f"{PREFIX}{name}"


class _MessageCookie(CookieStorage):
    cookie_name = CookieStorage.cookie_name

    def __init__(self, *arguments: object, **keywords: object) -> None:
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]  # as it was called
        self.cookie_name = cookie_name(CookieStorage.cookie_name)


class MessageStorage(FallbackStorage):
    """Django's storage of messages, its cookie named by ``cookie_name``."""

    storage_classes: tuple[type[BaseStorage], ...] = (_MessageCookie, SessionStorage)
