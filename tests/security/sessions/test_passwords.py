"""What forms for passwords take and refuse, and what a sign-in makes (docs/asvs.md, 6 and 7)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tests.people import person
from tests.web.html import Page

pytestmark = pytest.mark.django_db
#: 6.2.1, 6.2.4, 6.2.5: a password -> whether somebody may choose it.
CHOSEN = {
    "7 chars": False,
    "8 châr ✓": True,
    "'\"<>&;--": True,
    " leading and trailing ": True,
    "x" * 120: True,
    "password": False,
    "trustno1": False,
    "iloveyou": False,
    "19283746": False,
    "reader@example.org": False,
}


def link_of(user: User) -> str:
    key = urlsafe_base64_encode(force_bytes(user.pk))
    return f"/en/password/{key}/{default_token_generator.make_token(user)}/"


def sign_in(client: Client, password: str, name: str = "reader") -> int:
    return client.post("/en/sign-in/", {"username": name, "password": password}).status_code


@pytest.mark.parametrize(("password", "may_be"), CHOSEN.items())
def test_which_passwords_may_be_chosen(client, password: str, may_be: bool):
    user = User.objects.create_user("reader", "reader@example.org", "before-it-was-changed")
    form = client.get(link_of(user), follow=True).redirect_chain[-1][0]
    answer = client.post(form, {"new_password1": password, "new_password2": password})
    assert answer.status_code == (302 if may_be else 200)
    assert sign_in(Client(), password) == (302 if may_be else 200)


@pytest.mark.parametrize(
    "typed", ["a Long One of words", "a long one of word", "a long one of words "]
)
def test_a_password_counts_as_it_was_typed(typed: str):
    User.objects.create_user("reader", password="a long one of words")
    assert sign_in(Client(), typed) == 200
    assert sign_in(Client(), "a long one of words") == 302


def test_a_link_is_over_after_its_time(client, settings, monkeypatch):
    user = User.objects.create_user("reader", password="before")
    link = link_of(user)
    later = datetime.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT + 60)
    assert settings.PASSWORD_RESET_TIMEOUT <= 3 * 24 * 3600
    assert client.get(link).status_code == 302
    monkeypatch.setattr(default_token_generator, "_now", lambda: later)
    assert "This link no longer works" in client.get(link, follow=True).content.decode()


def test_fields_hide_passwords_and_leave_password_managers_alone(client):
    user = User.objects.create_user("reader", password="before")
    for address, kind in (("/en/sign-in/", "current-password"), (link_of(user), "new-password")):
        page = Page(client.get(address, follow=True).content.decode())
        fields = page.all("input", type="password")
        assert fields
        for field in fields:
            assert field.get("autocomplete") == kind
            assert not {"maxlength", "onpaste", "readonly"} & field.attributes.keys()


def test_each_sign_in_makes_a_session_of_its_own():
    """A key that somebody had before, or had been given, is not that of who signs in."""
    person("reader")
    keys: list[str] = []
    for client in (Client(), Client()):
        session = client.session
        session["before"] = "something"
        session.save()
        assert sign_in(client, "reader-password") == 302
        keys += [str(session.session_key), str(client.session.session_key)]
    assert len({*keys}) == len(keys)
    assert all(re.fullmatch(r"[a-z0-9]{32}", key) for key in keys)
    assert not Client().session.exists(keys[0])
    assert Client().session.exists(keys[1])
