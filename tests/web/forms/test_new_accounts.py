"""A new account: how its password comes about, and its roles, on the page that adds it."""

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail

from tests.web.editors import PASSWORD, person
from tests.web.html import Page
from troubleshooting.accounts import letters

pytestmark = pytest.mark.django_db

ADD, ACCOUNTS = "/fr/admin/auth/user/add/", "/fr/admin/auth/user/"


@pytest.fixture(autouse=True)
def ada(client) -> User:
    user = person("ada", "Administrator")
    client.force_login(user)
    return user


def test_an_account_is_invited_and_has_its_role_at_once(client):
    author, _new = Group.objects.get_or_create(name="Author")
    page = Page(client.get(ADD).content.decode())
    (first, *_others) = page.all("input", name="usable_password")
    assert first.get("value") == "invited"
    assert "checked" in first.attributes
    assert "Auteur" in page.words
    form = {"username": "camille", "email": "camille@example.org", "usable_password": "invited",
            "groups": [author.pk]}  # fmt: skip
    answer = client.post(ADD, form, follow=True)
    (letter,) = mail.outbox
    assert letter.to == ["camille@example.org"]
    camille = User.objects.get(username="camille")
    assert camille.is_staff
    assert not camille.has_usable_password()
    # An account is called as its name is written.
    assert "Le lien a été envoyé à camille par courriel." in answer.content.decode()
    listed = Page(client.get(ACCOUNTS).content.decode())
    assert "Auteur" in listed.words
    assert "Author" not in listed.words


def test_an_invitation_needs_an_address_and_a_way_to_send_it(client, monkeypatch):
    refused = client.post(ADD, {"username": "camille", "usable_password": "invited"})
    assert "faut une adresse" in Page(refused.content.decode()).words
    monkeypatch.setattr(letters, "can_be_sent", lambda: False)
    page = Page(client.get(ADD).content.decode())
    assert [one.get("value") for one in page.all("input", name="usable_password")] == [
        "true",
        "false",
    ]
    form = {"username": "camille", "email": "c@example.org", "usable_password": "invited"}
    client.post(ADD, form)
    assert not User.objects.filter(username="camille").exists()
    assert not mail.outbox


def test_a_password_set_here_is_no_invitation(client):
    form = {"username": "camille", "usable_password": "true", "password1": PASSWORD,
            "password2": PASSWORD}  # fmt: skip
    client.post(ADD, form)
    camille = User.objects.get(username="camille")
    assert camille.check_password(PASSWORD)
    assert not camille.is_staff
    assert not mail.outbox


def test_the_page_of_an_account_offers_the_link_where_mail_can_be_sent(client, monkeypatch):
    camille = User.objects.create_user("camille", "camille@example.org")
    place = f"/fr/admin/auth/user/{camille.pk}/change/"
    page = Page(client.get(place).content.decode())
    assert page.all("input", name="_invite")
    form = {
        field.get("name"): field.get("value") or ""
        for field in page.all("input")
        if field.get("name") and field.get("type") not in ("checkbox", "submit")
    }
    answer = client.post(place, {**form, "is_active": "on", "_invite": "1"})
    assert answer.headers["Location"] == place
    (letter,) = mail.outbox
    assert letter.to == ["camille@example.org"]
    monkeypatch.setattr(letters, "can_be_sent", lambda: False)
    assert not Page(client.get(place).content.decode()).all("input", name="_invite")
