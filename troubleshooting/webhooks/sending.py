"""One call of another host: no redirections, few bytes read, bounded in time."""

from __future__ import annotations

import socket
import ssl
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple

from django.utils.translation import gettext_noop

from .addresses import WebhookTarget

#: Seconds for each step of a call, and bytes of the answer that are read.
PATIENCE = 10.0
_ANSWER_BYTES = 512
#: The receiver says that it wants nothing any more (Standard Webhooks, "Response codes").
GONE = 410


class Sent(NamedTuple):
    """What came back: the status, 0 where nothing did, and the reason."""

    status: int
    error: str = ""

    @property
    def is_delivered(self) -> bool:
        return 200 <= self.status < 300


class PinnedConnection(HTTPConnection):
    """A connection to the address that was resolved, for the host that was named."""

    def __init__(self, target: WebhookTarget) -> None:
        super().__init__(target.host, target.port, timeout=PATIENCE)
        self.target = target

    def connect(self) -> None:
        """Connect to the address; the certificate has to be the host's."""
        plain = socket.create_connection((self.target.address, self.target.port), PATIENCE)
        if not self.target.is_encrypted:
            self.sock = plain
            return
        try:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(plain, server_hostname=self.target.host)
        except BaseException:
            plain.close()
            raise


def post(target: WebhookTarget, body: bytes, headers: dict[str, str]) -> Sent:
    """Send ``body``. Never raises for what the other host does."""
    connection = PinnedConnection(target)
    try:
        connection.request("POST", target.path, body, headers)
        response = connection.getresponse()
        response.read(_ANSWER_BYTES)
        return Sent(response.status, _why(response.status))
    except (OSError, HTTPException) as error:
        return Sent(0, _said(error))
    finally:
        connection.close()


def _why(status: int) -> str:
    """Return what to say of a status; a text of the catalogue, as all reasons here."""
    if 200 <= status < 300:
        return ""
    if 300 <= status < 400:
        return gettext_noop("It answered with a redirection, which is not followed.")
    if status == GONE:
        return gettext_noop("It wants no more messages; the webhook was switched off.")
    return gettext_noop("It answered with an error.")


def _said(error: Exception) -> str:
    """Return why nothing came back."""
    reasons = (
        (ssl.SSLCertVerificationError, gettext_noop("Its certificate is not valid.")),
        (ssl.SSLError, gettext_noop("It does not speak https.")),
        (ConnectionRefusedError, gettext_noop("Nothing listens at this address.")),
        (TimeoutError, gettext_noop("It did not answer in time.")),
        (HTTPException, gettext_noop("What it answered is not HTTP.")),
    )
    other = gettext_noop("The connection failed.")
    return next((said for kind, said in reasons if isinstance(error, kind)), other)
