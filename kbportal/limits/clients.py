"""Which address a request comes from, as far as it can be believed."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from kbportal.environment import env

Network = IPv4Network | IPv6Network
#: What one household or office is given of IPv6: an address of its own costs it nothing.
_IPV6_OF_ONE = 64


def trusted_proxies() -> list[Network]:
    """Return TRUSTED_PROXIES: who may say in ``X-Forwarded-For`` for whom it asks.

    Raise ``ImproperlyConfigured``: an entry is no address or network, or holds every address.
    """
    networks = []
    for word in env.words("TRUSTED_PROXIES"):
        try:
            network = ip_network(word, strict=False)
        except ValueError:
            network = None
        if network is None or network.prefixlen == 0:
            raise env.refuse(
                "TRUSTED_PROXIES",
                f"holds {word!r}, which is no address or network of a proxy",
                "Write each as 127.0.0.1, ::1 or 10.0.0.0/24.",
            )
        networks.append(network)
    return networks


def address_of(request: HttpRequest) -> str:
    """Return the address that asks; "" where it is not known.

    Of IPv6 it is the network of 64 bits. ``X-Forwarded-For`` is believed of a proxy that the
    settings name, and in it the last entry that is no such proxy: what stands before was said by
    whoever asks. In a deployment a peer on this machine that is not named is a proxy too, of
    which it is not known for whom it asks.
    """
    address = _plain(request.META.get("REMOTE_ADDR", ""))
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    while address and _is_proxy(address):
        address = _plain(forwarded.pop()) if forwarded else ""
    if not address or (not settings.IS_LOCAL and ip_address(address).is_loopback):
        return ""
    if isinstance(ip_address(address), IPv6Address):
        return str(ip_network(f"{address}/{_IPV6_OF_ONE}", strict=False))
    return address


def _plain(text: str) -> str:
    """Return the address in its usual form, IPv4 in IPv6 as IPv4; "" for anything else."""
    try:
        address = ip_address(text.strip().strip("[]"))
    except ValueError:
        return ""
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _is_proxy(address: str) -> bool:
    return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
