"""How often a password may be tried, who is told, and how a forgotten one is replaced."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client

from kbportal.limits import counters
from kbportal.limits.counters import Limit
from tests.people import person
from troubleshooting.accounts import throttle

pytestmark = pytest.mark.django_db
PAGES = ["/fr/sign-in/", "/en/admin/login/"]
HERE, ELSEWHERE = "198.51.100.7", "203.0.113.9"
RIGHT, WRONG = "staff-password", "wrong"


@pytest.fixture(autouse=True)
def owner() -> User:
    user = person("staff")
    user.email = "staff@example.org"
    user.save()
    return user


def attempt(
    password: str = WRONG, *, name: str = "staff", address: str = HERE, page: str = PAGES[0],
    client: Client | None = None,
) -> int:  # fmt: skip
    form = {"username": name, "password": password}
    return (client or Client()).post(page, form, REMOTE_ADDR=address).status_code


def fail(times: int, **how) -> None:
    for _ in range(times):
        assert attempt(**how) == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_sixth_attempt_is_refused_even_with_the_right_password(page: str):
    fail(5, page=page)
    answer = Client().post(page, {"username": "staff", "password": RIGHT}, REMOTE_ADDR=HERE)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 15 * 60
    words = "Réessayez dans 15\u00a0minutes" if "/fr/" in page else "Try again in 15 minutes"
    assert words in answer.content.decode()


def test_attempts_count_together_whatever_the_form_and_the_writing_of_the_name():
    fail(3, page=PAGES[0])
    fail(2, page=PAGES[1], name="STAFF")
    assert attempt(RIGHT) == 429


def test_others_sign_in_from_there_and_the_owner_from_elsewhere():
    fail(5)
    person("reader")
    assert attempt("reader-password", name="reader") == 302
    assert attempt(RIGHT, address=ELSEWHERE) == 302


def test_success_forgets_the_failures_of_that_account_alone(monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESS", Limit(6, 60))
    fail(4)
    assert attempt(RIGHT) == 302
    fail(2)
    assert attempt(RIGHT) == 429, "whoever signs in between does not win new attempts"


def test_an_address_is_limited_over_all_names(monkeypatch):
    monkeypatch.setattr(throttle, "ADDRESS", Limit(8, 60))
    for number in range(8):
        fail(1, name=f"nobody-{number}")
    assert attempt(RIGHT) == 429
    assert attempt(RIGHT, address=ELSEWHERE) == 302


def test_many_addresses_close_an_account_but_not_to_its_owners_device(monkeypatch):
    monkeypatch.setattr(throttle, "ACCOUNT", Limit(8, 60))
    known = Client()
    assert attempt(RIGHT, client=known) == 302
    for number in range(8):
        fail(1, address=f"203.0.113.{number}")
    assert attempt(RIGHT, address="192.0.2.1") == 429
    for mark, status in ((known.cookies["device"].value, 302), ("0" * 64, 429), ("é", 429)):
        device = Client()
        device.cookies["device"] = mark
        assert attempt(RIGHT, client=device) == status


def test_attempts_at_once_are_counted_before_they_are_looked_at():
    limit = Limit(5, 60)
    with ThreadPoolExecutor(8) as threads:
        tallies = list(threads.map(lambda _: counters.hit("x", "y", limit).number, range(40)))
    assert sorted(tallies) == list(range(1, 41))


def test_the_log_names_the_address_and_neither_account_nor_password(caplog):
    caplog.set_level("INFO")
    fail(5, name="hunter2-typed-here")
    attempt(name="hunter2-typed-here")
    assert "Sign-in refused: too many by account and address, from 198.51.100.7" in caplog.text
    assert "hunter2" not in caplog.text
    assert WRONG not in caplog.text


def test_the_owner_is_told_once_in_both_languages():
    fail(5)
    attempt()
    fail(5, address=ELSEWHERE)
    assert [letter.to for letter in mail.outbox] == [["staff@example.org"]]
    text = mail.outbox[0].body
    assert "Ces tentatives venaient de l’adresse 198.51.100.7." in text
    assert "They came from the address 198.51.100.7." in text


def test_the_owner_is_told_however_the_name_is_written():
    other = person("Éditeur")
    other.email = "other@example.org"
    other.save()
    fail(4)
    fail(1, name="STAFF")
    fail(5, name="e\u0301DITEUR", address=ELSEWHERE)
    assert [letter.to for letter in mail.outbox] == [["staff@example.org"], ["other@example.org"]]


def test_nobody_is_told_of_an_account_that_is_not_there_or_closed(owner: User):
    owner.is_active = False
    owner.save()
    fail(5)
    fail(5, name="nobody")
    assert mail.outbox == []


@pytest.mark.parametrize(("by", "status"), [(-86400, 200), (-5, 429), (16 * 60, 200)])
def test_a_clock_that_is_set_locks_nobody_out(monkeypatch, by: float, status: int):
    fail(5)
    assert attempt() == 429
    now = time.time() + by
    monkeypatch.setattr(counters.time, "time", lambda: now)
    assert attempt() == status


def test_where_counts_cannot_be_kept_people_still_sign_in(settings, tmp_path, caplog):
    settings.COUNTERS_FILE = tmp_path / "missing" / "counters.sqlite3"
    fail(7)
    assert attempt(RIGHT) == 302
    assert "nothing is limited" in caplog.text


def test_counts_in_a_cache_that_hosts_share(settings):
    memory = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "counters"}
    settings.CACHES = {**settings.CACHES, "counters": memory}
    fail(4)
    assert attempt(RIGHT) == 302
    fail(5)
    assert attempt(RIGHT) == 429


def test_old_hashes_are_replaced_when_their_people_sign_in(owner: User, settings):
    settings.PASSWORD_HASHERS = [
        "kbportal.hashing.PasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
    owner.password = make_password(RIGHT, hasher="pbkdf2_sha256")
    owner.save()
    assert attempt(RIGHT) == 302
    owner.refresh_from_db()
    assert owner.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


def link_of(letter: mail.EmailMessage) -> str:
    return re.findall(r"http://localhost:8000(/\S*/password/\S+/\S+/)", letter.body)[0]


def choose(address: str, password: str) -> Client:
    client = Client()
    form = client.get(address, follow=True)
    assert form.status_code == 200
    fields = {"new_password1": password, "new_password2": password}
    client.post(form.redirect_chain[-1][0] if form.redirect_chain else address, fields)
    return client


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(client):
    sent = client.post("/en/password/", {"email": "STAFF@example.org"}, HTTP_HOST="127.0.0.1")
    assert sent.headers["Location"] == "/en/password/sent/"
    (letter,) = mail.outbox
    assert letter.subject == "Choose a new password"
    assert re.search(r"The link works once and expires in \d+ days?\.", letter.body)
    assert "127.0.0.1" not in letter.body, "links lead to the portal, whatever host was asked for"
    choose(link_of(letter), "a-long-and-new-one")
    assert attempt("a-long-and-new-one") == 302
    assert "This link no longer works" in client.get(link_of(letter), follow=True).content.decode()


def test_an_unknown_mail_address_is_answered_alike_and_sent_nothing(client):
    for email in ("nobody@example.org", "staff@example.org"):
        answer = client.post("/fr/password/", {"email": email})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/fr/password/sent/")
    assert len(mail.outbox) == 1


def test_links_are_limited_by_account_and_by_address(client):
    for number in range(25):
        client.post("/fr/password/", {"email": "staff@example.org"}, REMOTE_ADDR=HERE)
        client.post("/fr/password/", {"email": f"no-{number}@example.org"}, REMOTE_ADDR=HERE)
    assert len(mail.outbox) == 3
    User.objects.create_user("other", "other@example.org", "x")
    client.post("/fr/password/", {"email": "other@example.org"}, REMOTE_ADDR=HERE)
    assert len(mail.outbox) == 3, "this address has asked too often"


@pytest.mark.parametrize("address", ["/fr/password/", "/fr/password/sent/", "/fr/password/x/y/"])
def test_without_a_mail_server_there_is_no_link_to_read_in_the_log(client, settings, address):
    settings.IS_LOCAL, settings.EMAIL_BACKEND = False, settings.TERMINAL_MAIL
    assert client.get(address).status_code == 404
    assert "/password/" not in client.get("/fr/sign-in/").content.decode()


def invite(by: User, *accounts: User) -> str:
    client = Client()
    client.force_login(by)
    chosen = {"action": "invite", "_selected_action": [account.pk for account in accounts]}
    return client.post("/en/admin/auth/user/", chosen, follow=True).content.decode()


def test_a_link_that_nobody_gets_is_not_called_sent(settings):
    settings.EMAIL_BACKEND, settings.IS_LOCAL = settings.TERMINAL_MAIL, True
    chief = User.objects.create_superuser("chief")
    said = invite(chief, User.objects.create_user("new", "new@example.org", None))
    assert "in the terminal" in said
    assert "was sent to" not in said


def test_an_invited_person_chooses_a_password_and_signs_in():
    chief = User.objects.create_superuser("chief")
    new = User.objects.create_user("new", "new@example.org", None)
    without = User.objects.create_user("without", "", None)
    said = invite(chief, new, without)
    assert "The link was sent to new by email." in said
    assert "without has no email address." in said
    (letter,) = mail.outbox
    assert letter.subject.split(" / ")[1] == "Your account at the troubleshooting portal"
    choose(link_of(letter), "a-long-and-new-one")
    assert attempt("a-long-and-new-one", name="new") == 302


def test_an_administrator_sends_no_link_to_who_may_do_more():
    chief = User.objects.create_superuser("chief", "chief@example.org")
    assert "may do more than you" in invite(person("administrator"), chief)
    assert mail.outbox == []
