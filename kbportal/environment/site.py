"""Where the portal is, for addresses that leave it: in notes, mails, messages and terminals."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def site_address(request: HttpRequest | None = None) -> str:
    """Return scheme and host of the portal, without a slash at the end.

    Who asks over HTTP gets the host that they asked, which is one of ``ALLOWED_HOSTS``; where
    nobody asks (a command, a mail, a webhook) it is ``SITE_ADDRESS``.
    """
    if request is None:
        return settings.SITE_ADDRESS
    return f"{request.scheme}://{request.get_host()}"
