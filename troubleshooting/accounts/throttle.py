"""How often a password or a code may be tried: by account and address, by address, by account.

Each attempt counts before what was typed is looked at, and is taken back when it was right. An
account alone is limited for devices on which nobody has signed in to it: who guesses from many
addresses is stopped, and still keeps nobody out of their own account.
"""

from __future__ import annotations

import logging
import unicodedata
from enum import StrEnum
from typing import NamedTuple

from django.http import HttpRequest

from kbportal.limits.clients import address_of
from kbportal.limits.counters import Limit, forget, hit, take_back

from . import devices

logger = logging.getLogger(__name__)

ACCOUNT_AT_ADDRESS = Limit(5, 15 * 60)
ADDRESS = Limit(50, 15 * 60)
ACCOUNT = Limit(30, 60 * 60)


def folded(username: str) -> str:
    """Return what names an account counts under, however its name is written."""
    return unicodedata.normalize("NFKC", username).casefold()


class Secret(StrEnum):
    """What is tried. Each is counted by itself: who knows one still has to guess the other."""

    PASSWORD = "password"
    CODE = "code"


class _Count(NamedTuple):
    kind: str
    subject: str
    limit: Limit


class Attempt:
    """One attempt to sign in.

    ``wait``: seconds until the next may be made; 0 where this one may go on. ``is_last``: whether
    the next one is refused if this one fails.
    """

    def __init__(
        self, request: HttpRequest | None, username: str, secret: Secret = Secret.PASSWORD
    ) -> None:
        self.address = address_of(request) if request else ""
        account = folded(username)
        if secret is not Secret.PASSWORD:
            account = f"{secret}\n{account}"
        knows_device = request is not None and devices.is_known(request, username)
        self._counts = _counts(account, self.address, knows_device=knows_device)
        self.wait, self.is_last = 0, False
        for count in self._counts:
            tally = hit(*count)
            if tally.number > count.limit.most:
                self.wait = tally.seconds
                logger.warning("Sign-in refused: too many by %s%s", count.kind, self._from())
                return
            self.is_last |= tally.number == count.limit.most and count.kind != "address"

    def succeeded(self) -> None:
        """Forget the failures of this account here; those of the address stay."""
        for count in self._counts:
            if count.kind == "account and address":
                forget(*count)
            else:
                take_back(*count)

    def failed(self) -> None:
        """Say so in the log, without the name: some people type their password there."""
        logger.info("Sign-in failed%s", self._from())

    def _from(self) -> str:
        return f", from {self.address}" if self.address else ""


def _counts(account: str, address: str, *, knows_device: bool) -> list[_Count]:
    place = "a known device" if knows_device else address
    counts = [_Count("account and address", f"{account}\n{place}", ACCOUNT_AT_ADDRESS)]
    if address:
        counts.append(_Count("address", address, ADDRESS))
    if not knows_device:
        counts.append(_Count("account", account, ACCOUNT))
    return counts
