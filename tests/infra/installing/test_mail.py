"""The mail server from the environment: what is read, and what is refused with which words."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment.deployment import site_address
from kbportal.environment.services import mail


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://localhost", ("localhost", 25, "", "", False, False)),
        ("smtp://u:p@127.0.0.1:2525", ("127.0.0.1", 2525, "u", "p", False, False)),
        ("smtp+tls://u:p@m.example", ("m.example", 587, "u", "p", True, False)),
        ("smtp+ssl://me%40a.example:a%2Fb%3A%23@m.example:4650",
         ("m.example", 4650, "me@a.example", "a/b:#", False, True)),
        ("smtp+tls://m.example/", ("m.example", 587, "", "", True, False)),
    ],
)  # fmt: skip
def test_address_of_a_mail_server(monkeypatch, url, expected):
    monkeypatch.setenv("EMAIL_URL", url)
    found = mail.mail_settings()
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL")
    assert tuple(found[f"EMAIL_{name}"] for name in names) == expected
    assert found["EMAIL_BACKEND"] == mail.SMTP
    assert found["EMAIL_TIMEOUT"] > 0


def test_without_a_server_mails_go_to_the_terminal(monkeypatch):
    monkeypatch.setenv("EMAIL_URL", " ")
    assert mail.mail_settings() == {"EMAIL_BACKEND": mail.TERMINAL}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mail.example.org", "begins with none"),
        ("https://mail.example.org", "begins with none"),
        ("smtp+tls://u:secret@", "names no host"),
        ("smtp+tls://u:secret@m.example:port", "is no address"),
        ("smtp+tls://u:secret@m.example:99999", "is no address"),
        ("smtp+tls://u:se/cret@m.example", "is no address|goes on after"),
        ("smtp+tls://u:secret@m.example/inbox", "goes on after the host"),
        ("smtp+tls://secret@m.example", "not both"),
        ("smtp://u:secret@m.example", "in the clear"),
    ],
)
def test_refused_addresses_keep_the_password_to_themselves(monkeypatch, url, reason):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured, match=f"EMAIL_URL .*({reason})") as refused:
        mail.mail_settings()
    assert "secret" not in str(refused.value)


def test_sender(monkeypatch):
    monkeypatch.delenv("DEFAULT_FROM_EMAIL", raising=False)
    assert mail.sender([".portal.example.org"]) == "portal@portal.example.org"
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", "Portal <kb@example.org>")
    assert mail.sender(["localhost"]) == "Portal <kb@example.org>"


@pytest.mark.parametrize("given", ["nobody", "@example.org", "kb@", "kb@a.example\nBcc: x@y.z"])
def test_refused_senders(monkeypatch, given):
    monkeypatch.setenv("DEFAULT_FROM_EMAIL", given)
    with pytest.raises(ImproperlyConfigured, match="DEFAULT_FROM_EMAIL"):
        mail.sender(["localhost"])


def test_address_of_the_portal_in_mails(monkeypatch):
    monkeypatch.setenv("PORT", "9000")
    assert site_address(["localhost"], local=True) == "http://localhost:9000"
    assert site_address([".a.example", "b.example"], local=False) == "https://a.example"
    monkeypatch.setenv("SITE_ADDRESS", "https://b.example/")
    assert site_address([".a.example", "b.example"], local=False) == "https://b.example"


@pytest.mark.parametrize(
    "given",
    [
        "portal",
        "http://a.example",
        "https://a.example/kb",
        "https://u@a.example",
        "https://c.example",
    ],
)
def test_refused_addresses_of_the_portal(monkeypatch, given):
    monkeypatch.setenv("SITE_ADDRESS", given)
    with pytest.raises(ImproperlyConfigured, match="SITE_ADDRESS"):
        site_address(["a.example"], local=False)
