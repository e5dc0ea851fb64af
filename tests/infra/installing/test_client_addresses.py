"""Whose address a request is counted under, as whoever wants to be somebody else would send it."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from kbportal.limits import clients

PROXY = "10.0.0.5"
CASES = [
    # peer, X-Forwarded-For, TRUSTED_PROXIES, deployment, the address that counts
    ("203.0.113.7", "", "", True, "203.0.113.7"),
    ("203.0.113.7", "192.0.2.1", "", True, "203.0.113.7"),
    ("203.0.113.7", "192.0.2.1", PROXY, True, "203.0.113.7"),
    (PROXY, "192.0.2.1", PROXY, True, "192.0.2.1"),
    (PROXY, "1.1.1.1, 192.0.2.1", PROXY, True, "192.0.2.1"),
    (PROXY, "192.0.2.1, 10.0.0.6", "10.0.0.0/24", True, "192.0.2.1"),
    (PROXY, "10.0.0.6", "10.0.0.0/24", True, ""),
    (PROXY, "", PROXY, True, ""),
    (PROXY, "nonsense", PROXY, True, ""),
    (PROXY, "192.0.2.1, <script>", PROXY, True, ""),
    ("127.0.0.1", "192.0.2.1", "", True, ""),
    ("127.0.0.1", "192.0.2.1", "127.0.0.1", True, "192.0.2.1"),
    ("127.0.0.1", "192.0.2.1", "", False, "127.0.0.1"),
    ("::1", "192.0.2.1", "127.0.0.1,::1", True, "192.0.2.1"),
    ("::ffff:203.0.113.7", "", "", True, "203.0.113.7"),
    ("::ffff:10.0.0.5", "192.0.2.1", PROXY, True, "192.0.2.1"),
    ("2001:db8:1:2:3:4:5:6", "", "", True, "2001:db8:1:2::/64"),
    (PROXY, "[2001:db8:1:2::9]", PROXY, True, "2001:db8:1:2::/64"),
    ("", "192.0.2.1", "127.0.0.1", True, ""),
]


@pytest.mark.parametrize(("peer", "forwarded", "proxies", "deployed", "expected"), CASES)
def test_address(settings, monkeypatch, peer, forwarded, proxies, deployed, expected):
    monkeypatch.setenv("TRUSTED_PROXIES", proxies)
    settings.TRUSTED_PROXIES, settings.IS_LOCAL = clients.trusted_proxies(), not deployed
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)
    assert clients.address_of(request) == expected


@pytest.mark.parametrize("value", ["*", "proxy.example.org", "0.0.0.0/0", "::/0", "10.0.0.0/40"])
def test_nobody_is_trusted_by_mistake(monkeypatch, value: str):
    monkeypatch.setenv("TRUSTED_PROXIES", value)
    with pytest.raises(ImproperlyConfigured, match="TRUSTED_PROXIES holds"):
        clients.trusted_proxies()
