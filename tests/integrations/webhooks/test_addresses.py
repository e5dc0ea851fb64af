"""No private host is called, unless the administrator names it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import deployment
from tests.integrations.webhooks.telling import ADDRESS
from troubleshooting.webhooks import addresses
from troubleshooting.webhooks.addresses import RefusedAddressError, target_of

pytestmark = pytest.mark.usefixtures("portal")


@pytest.mark.parametrize(
    "url",
    [
        "http://desk.example.org/", "ftp://desk.example.org/", "https://", "https:///x", "x",
        "https://u:p@desk.example.org/", "https://desk.example.org:99999/", "https://a b/",
        "https://desk.example.org/a b", "https://desk.example.org/\r\nX: y", "https://é\x00/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_https_is_refused(monkeypatch, url: str):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: ["93.184.215.14"])
    with pytest.raises(RefusedAddressError):
        target_of(url)


@pytest.mark.parametrize(
    ("found", "is_allowed"),
    [
        ([], False),
        (["93.184.215.14"], True),
        (["2606:2800:21f:cb07:6820:80da:af6b:8b2c"], True),
        (["64:ff9b::5db8:d70e"], True),
        (["93.184.215.14", "127.0.0.1"], False),
        *(
            ([one], False)
            for one in (
                "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0",
                "100.64.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1%eth0",
                "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
                "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:1::", "2001:db8::1", "localhost",
                "fec0::1", "::7f00:1", "64:ff9b:1::7f00:1", "4000::1", "5f00::1",
            )
        ),
    ],
)  # fmt: skip
def test_no_private_host_is_called(monkeypatch, found: list[str], is_allowed: bool):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: found)
    if is_allowed:
        assert target_of(ADDRESS).address == found[0]
    else:
        with pytest.raises(RefusedAddressError):
            target_of(ADDRESS)


ALLOWED = ["tickets.lan", "10.1.2.0/24", "fd00:1::/64"]


@pytest.mark.parametrize(
    ("url", "found", "is_called"),
    [
        ("https://tickets.lan/", ["192.168.7.7"], True),  # by its name
        ("http://tickets.lan/", ["192.168.7.7"], True),
        ("http://TICKETS.lan/", ["192.168.7.7"], True),
        ("https://tickets.lan/", ["169.254.169.254"], False),  # what clouds tell to who asks
        ("https://other.lan/", ["192.168.7.7"], False),
        ("https://x.tickets.lan/", ["192.168.7.7"], False),
        ("http://desk.lan/", ["10.1.2.3"], True),  # by its network
        ("https://10.1.2.3/", ["10.1.2.3"], True),
        ("https://[fd00:1::5]/", ["fd00:1::5"], True),
        ("https://desk.lan/", ["10.1.3.3"], False),
        ("https://desk.lan/", ["10.1.2.3", "10.1.3.3"], False),
        ("https://desk.lan/", ["10.1.2.3", "93.184.215.14"], False),
        ("https://desk.example.org/", ["93.184.215.14"], True),  # public, as without the setting
        ("http://desk.example.org/", ["93.184.215.14"], False),
        ("ftp://tickets.lan/", ["192.168.7.7"], False),
    ],
)
def test_private_hosts_are_called_that_the_administrator_names(monkeypatch, url, found, is_called):
    monkeypatch.setattr(addresses, "resolve", lambda host, port: found)
    if is_called:
        assert target_of(url, allowed_networks=ALLOWED).address == found[0]
    else:
        with pytest.raises(RefusedAddressError):
            target_of(url, allowed_networks=ALLOWED)


@pytest.mark.parametrize(
    "entry", ["*", "0.0.0.0/0", "::/0", "https://desk.lan", "a/b", "10.1.2.3/8"]
)
def test_what_is_no_private_host_is_refused_as_a_setting(monkeypatch, entry: str):
    monkeypatch.setenv("WEBHOOK_PRIVATE_HOSTS", f"tickets.lan,{entry}")
    with pytest.raises(ImproperlyConfigured, match="WEBHOOK_PRIVATE_HOSTS"):
        deployment.private_hosts()
