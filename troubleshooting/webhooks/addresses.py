"""Whether an address may be told, and which of its hosts' addresses is called.

A name is resolved once and the call goes to what was resolved, so that a second answer of its
server (DNS rebinding) cannot lead inside. One private address among the answers refuses them all,
unless the administrator of the server has named the host or its network.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop

_HOST = re.compile(r"[A-Za-z0-9.-]+|[0-9A-Fa-f:.]+")
_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
NOT_ENCRYPTED = gettext_noop("Only addresses that begin with https:// are notified.")


class RefusedAddressError(Exception):
    """The address may not be called; what it says is a text of the catalogue."""


class PrivateHostError(RefusedAddressError):
    """Its host is private, and nobody has allowed it."""


class UnknownHostError(RefusedAddressError):
    """There is no such host, as far as name servers say now."""


class WebhookTarget(NamedTuple):
    """What is called: the host by its name, for the certificate, and by its address."""

    host: str
    port: int
    path: str
    address: str
    is_encrypted: bool


class AllowedHosts:
    """Private hosts that may be called: names, and addresses with their networks.

    What a name of these leads to is the administrator's word, with one exception: addresses of the
    own link (169.254.0.0/16, fe80::/10), where clouds tell secrets to who asks, are allowed by
    their network alone.
    """

    def __init__(self, entries: Iterable[str] = ()) -> None:
        self._names: set[str] = set()
        self._networks: list[ipaddress.IPv4Network | ipaddress.IPv6Network] = []
        for entry in entries:
            try:
                self._networks.append(ipaddress.ip_network(entry))
            except ValueError:
                self._names.add(entry.casefold())

    def allow(self, host: str, address: str) -> bool:
        """Return whether the name ``host`` may be called at the IP address that it leads to.

        An ``address`` that is none may not.
        """
        try:
            one = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if any(one in network for network in self._networks):
            return True
        return host.casefold() in self._names and not (one.is_link_local or one.is_multicast)


def target_of(
    url: str, schemes: Collection[str] = ("https",), allowed_networks: Iterable[str] = ()
) -> WebhookTarget:
    """Return what to call for ``url``; ``allowed_networks`` are private hosts and networks.

    These are called by http too: in a network of one's own there is often no certificate.

    Raise ``RefusedAddressError``: it is no address of ``schemes``, it is private, or it cannot be
    resolved.
    """
    host, port, path = parts_of(url, {*schemes, *(["http"] if allowed_networks else [])})
    addresses = resolve(host, port)
    if not addresses:
        raise UnknownHostError(gettext_noop("No name server knows the host."))
    hosts = AllowedHosts(allowed_networks)
    is_own = all(hosts.allow(host, one) for one in addresses)
    if not is_own and not all(map(is_public, addresses)):
        raise PrivateHostError(
            gettext_noop("The host is private, and WEBHOOK_PRIVATE_HOSTS does not allow it.")
        )
    if not is_own and urlsplit(url).scheme not in schemes:
        raise RefusedAddressError(NOT_ENCRYPTED)
    return WebhookTarget(host, port, path, addresses[0], urlsplit(url).scheme == "https")


def parts_of(url: str, schemes: Collection[str] = ("https",)) -> tuple[str, int, str]:
    """Return host, port and path of an address of ``schemes``; raise ``RefusedAddressError``."""
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        raise RefusedAddressError(gettext_noop("This is not an address.")) from None
    if parts.username or parts.password:
        raise RefusedAddressError(gettext_noop("The address holds a user name or a password."))
    if parts.scheme not in schemes or not _HOST.fullmatch(host):
        raise RefusedAddressError(NOT_ENCRYPTED)
    if any(ord(sign) <= 32 or ord(sign) > 126 for sign in f"{parts.path}{parts.query}"):
        raise RefusedAddressError(
            gettext_noop("The path holds characters that an address has to encode.")
        )
    path = parts.path or "/"
    return host, port, f"{path}?{parts.query}" if parts.query else path


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host; none where there is no such host."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def is_public(address: str) -> bool:
    """Return whether an address is one of the public internet, whatever it is wrapped in."""
    try:
        given = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(map(_is_of_the_internet, _meant(given)))


def _is_of_the_internet(one: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Return whether an address is given out for the internet.

    Of IPv6 that is 2000::/3 alone (RFC 4291, section 2.4); the library calls others global too,
    as the former site-local ones (fec0::/10).
    """
    is_given_out = isinstance(one, ipaddress.IPv4Address) or one in _UNICAST
    return is_given_out and one.is_global and not one.is_multicast


def _meant(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> list[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """Return an address and the one of IPv4 that it stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    inner = [one for one in (address.sixtofour, *(address.teredo or ())) if one]
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address, *inner]
