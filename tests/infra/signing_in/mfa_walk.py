"""Walks through second factors as their owners and as attackers; prints what came of it, as JSON.

A process of its own, since a portal with second factors has other applications and tables.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable
from html import unescape
from io import StringIO
from types import SimpleNamespace
from typing import Any

import django

NOW = 1_800_000_000
PASSWORD = "a long password"
FACTORS = "/en/second-factor/"
CODES = f"{FACTORS}recovery-codes/"


class Somebody:
    """A browser of somebody whose password is known; ``secret`` is that of their app."""

    def __init__(self, name: str, secret: str = "", **client: Any) -> None:
        from django.test import Client

        self.name, self.secret = name, secret
        self.client = Client(**client)

    def type_password(self, page: str = "/en/sign-in/", **more: str) -> Any:
        """Return what is answered to the password."""
        return self.client.post(page, {"username": self.name, "password": PASSWORD, **more})

    def type_code(self, code: str) -> Any:
        """Return what is answered to a code."""
        return self.client.post("/en/sign-in/code/", {"code": code})

    def confirm(self) -> Any:
        """Type the password again, before factors are changed."""
        return self.client.post(f"{FACTORS}password/", {"password": PASSWORD})

    def enrol(self) -> list[str]:
        """Add an app; return the recovery codes that show."""
        self.type_password()
        self.confirm()
        page = self.client.get(f"{FACTORS}app/activate/").content.decode()
        self.secret = re.findall(r"factor-secret\">(\w+)<", page)[0]
        self.client.post(f"{FACTORS}app/activate/", {"code": self.code()})
        return self.read_codes()

    def read_codes(self) -> list[str]:
        """Return the recovery codes that the page shows."""
        return re.findall(r"<li><code>(\d+)</code>", self.client.get(CODES).content.decode())

    def code(self, steps: int = 0) -> str:
        """Return the code of the app, so many steps from now."""
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

        return format_hotp_value(hotp_value(self.secret, NOW // 30 + steps))

    @property
    def is_in(self) -> bool:
        """Return whether the browser is signed in."""
        return "_auth_user_id" in self.client.session


def outcome(answer: Any, somebody: Somebody) -> list[Any]:
    """Return the status, where it leads, and whether somebody is in."""
    return [answer.status_code, answer.headers.get("Location", ""), somebody.is_in]


def known(name: str, **more: Any) -> Any:
    """Make the account of somebody."""
    from django.contrib.auth.models import User

    return User.objects.create_user(name, f"{name}@example.org", PASSWORD, **more)


def as_owner(found: dict[str, Any]) -> Somebody:
    """Walk as somebody who adds an app; return them."""
    from django.apps import apps
    from django.core import mail

    known("ada", is_staff=True)
    ada = Somebody("ada")
    answer = ada.type_password(next="/en/codes/")
    found["password alone, no factor yet"] = outcome(answer, ada)
    ada = Somebody("ada")
    codes = ada.enrol()
    found["recovery codes shown"] = len(codes)
    found["recovery codes shown again"] = len(ada.read_codes())
    letter = mail.outbox[-1]
    found["letter"] = [letter.to, letter.subject, letter.body]
    audit = apps.get_model("troubleshooting", "AuditEntry").objects
    found["audit"] = list(audit.filter(act="changed").values_list("detail", flat=True))
    before = Somebody("ada", ada.secret)
    token = {"name": "x", "scopes": "read", "days": "30"}
    ada.client.get("/en/tokens/")
    made = ada.client.post("/en/tokens/", token)
    found["a token, the password typed again"] = b"shown this once" in made.content
    found["password"] = outcome(before.type_password(next="/en/codes/"), before)
    session = before.client.session.session_key
    found["code"] = outcome(before.type_code(before.code(-1)), before)
    found["another session than before"] = session != before.client.session.session_key
    other = Somebody("ada")
    other.type_password()
    found["recovery code"] = outcome(other.type_code(f" {codes[0]} "), other)
    again = Somebody("ada")
    again.type_password()
    found["recovery code again"] = outcome(again.type_code(codes[0]), again)
    return ada


def as_attacker(found: dict[str, Any], ada: Somebody) -> None:
    """Walk as somebody who knows the password of ``ada``."""
    from django.core import mail
    from django.core.cache import cache

    eve = Somebody("ada", ada.secret)
    found["the administration's own page"] = outcome(
        eve.type_password("/en/admin/login/?next=/en/admin/"), eve
    )
    eve.type_password()
    for page in ("/en/admin/", "/en/tokens/", FACTORS, f"{FACTORS}app/activate/", CODES):
        answer = eve.client.get(page)
        found[f"half signed in: {page}"] = [answer.status_code, eve.is_in]
    cache.clear()  # as another process has it, which never saw the codes
    found["a code of two steps ago"] = outcome(eve.type_code(eve.code(-2)), eve)
    found["the code that the app was added with"] = outcome(eve.type_code(eve.code()), eve)
    found["a code taken before"] = outcome(eve.type_code(eve.code(-1)), eve)
    found["no code"] = outcome(eve.type_code(""), eve)
    found["a code without the password"] = outcome(
        (stranger := Somebody("ada", ada.secret)).type_code(ada.code()), stranger
    )
    eve = Somebody("ada", ada.secret)
    found["next to another site"] = outcome(eve.type_password(next="https://evil.example/"), eve)
    found["and the code"] = outcome(eve.type_code(eve.code(1)), eve)
    mail.outbox.clear()
    eve = Somebody("ada", ada.secret, REMOTE_ADDR="198.51.100.7")
    statuses = []
    for _ in range(6):
        eve.type_password()
        statuses.append(eve.type_code("000000").status_code)
    found["codes guessed, the password known"] = [*statuses, eve.type_code(eve.code()).status_code]
    found["the owner is told"] = [letter.subject.split(" / ")[1] for letter in mail.outbox]


def as_thief(found: dict[str, Any], _ada: Somebody) -> None:
    """Walk as somebody who has a session of ``ada``, and as a page that uses hers."""
    from django.contrib.auth.models import User

    from troubleshooting.accounts.factors.keeping import factors_of

    user = User.objects.get(username="ada")
    hijacked = Somebody("ada", REMOTE_ADDR="203.0.113.9")
    hijacked.client.force_login(user)
    for page in ("app/activate/", "app/deactivate/", "recovery-codes/", "recovery-codes/generate/",
                 "recovery-codes/download/", "passkeys/add/"):  # fmt: skip
        for method in (hijacked.client.get, hijacked.client.post):
            answer = method(FACTORS + page)
            found[f"a stolen session: {page} {method.__name__}"] = answer.headers.get("Location")
    token = {"name": "x", "scopes": "read", "days": "30"}
    found["a stolen session makes a token"] = hijacked.client.post("/en/tokens/", token)["Location"]
    statuses = [
        hijacked.client.post(f"{FACTORS}password/", {"password": "guess"}).status_code
        for _ in range(6)
    ]
    found["a stolen session guesses the password"] = statuses
    found["factors are still there"] = sorted(factors_of(user).values_list("type", flat=True))
    forger = Somebody("ada", enforce_csrf_checks=True)
    forger.client.force_login(user)
    for page in ("app/deactivate/", "recovery-codes/generate/", "password/", "passkeys/add/"):
        answer = forger.client.post(FACTORS + page, {"password": PASSWORD})
        found[f"a page of another site sends {page}"] = answer.status_code


def by_reset(found: dict[str, Any], ada: Somebody) -> None:
    """Choose a new password by mail: it signs nobody in, and the code is asked for all the same."""
    from django.core import mail

    mail.outbox.clear()
    somebody = Somebody("ada", ada.secret)
    somebody.client.post("/en/password/", {"email": "ada@example.org"})
    (link,) = re.findall(r"http://localhost:8000(/\S+)", mail.outbox[0].body)
    form = somebody.client.get(link, follow=True).redirect_chain[-1][0]
    answer = somebody.client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    found["a new password by mail"] = outcome(answer, somebody)
    found["and signing in with it"] = outcome(somebody.type_password(), somebody)


def hostile_passkeys(found: dict[str, Any]) -> None:
    """Send what no browser sends in the place of a passkey."""
    stranger = Somebody("ada")
    page = "/en/sign-in/passkey/"
    options = stranger.client.get(page, HTTP_ACCEPT="application/json").json()
    found["keys that the options name"] = options["request_options"]["publicKey"].get(
        "allowCredentials", []
    )
    proof = {
        "authenticatorData": "AA", "clientDataJSON": "e30", "signature": "AA", "userHandle": "MQ",
    }  # fmt: skip
    whole = {"id": "AA", "rawId": "AA", "type": "public-key", "response": proof}
    hostile = [
        "", "x", "[]", "{}", "5", "null", '{"response": 5}', "[" * 5000,
        json.dumps(whole),
        *(json.dumps({**whole, "response": {**proof, "userHandle": handle}})
          for handle in (None, 5, "", "\u0000", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "LTE", "é")),
    ]  # fmt: skip
    found["hostile passkeys"] = sorted(
        {
            f"{answer.status_code} {answer.headers.get('Location')}"
            for text in hostile
            for answer in [stranger.client.post(page, {"credential": text, "next": "//evil/"})]
        }
    )


def as_administrator(found: dict[str, Any], ada: Somebody) -> None:
    """Remove what somebody lost, by the administration and by a command."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core import mail
    from django.core.management import call_command

    from troubleshooting.accounts.factors.keeping import factors_of, has_factor, remove_all
    from troubleshooting.operation.health import examine

    ada_row = User.objects.get(username="ada")
    chief = Somebody("chief")
    User.objects.create_superuser("chief", "chief@example.org", PASSWORD)
    chief.type_password()
    mail.outbox.clear()
    sent = {"action": "remove_factors", "_selected_action": [ada_row.pk]}
    page = chief.client.post("/en/admin/auth/user/", sent, follow=True).content.decode()
    found["said to the administrator"] = "ada signs in with the password alone" in unescape(page)
    sent["_selected_action"] = [User.objects.get(username="chief").pk]
    chief.enrol()
    chief.client.post("/en/admin/auth/user/", sent)
    found["an administrator's own"] = has_factor(User.objects.get(username="chief"))
    found["removed, and told"] = [not has_factor(ada_row), [one.to for one in mail.outbox[:1]]]
    names = ("mfa/authenticator", "account/emailaddress")
    found["secrets in the administration"] = [
        chief.client.get(f"/en/admin/{name}/").status_code for name in names
    ]
    ada.client.logout()
    ada.enrol()
    secret = factors_of(ada_row).get(type="totp").data["secret"]
    found["a secret in the database"] = ada.secret in secret
    settings.SECRET_KEY += "x"
    moved = Somebody("ada", ada.secret)
    moved.type_password()
    found["under another SECRET_KEY"] = [
        moved.is_in, moved.type_code(moved.code(1)).status_code
    ]  # fmt: skip
    found["the doctor says so"] = len(examine("second factors"))
    settings.SECRET_KEY = settings.SECRET_KEY[:-1]
    found["and is content with the right one"] = len(examine("second factors"))
    call_command("factors", "ada", remove=True, verbosity=0, stdout=StringIO())
    found["removed by the command"] = not has_factor(ada_row)
    found["and once more"] = remove_all(ada_row)


def where_required(found: dict[str, Any]) -> None:
    """Walk as staff without a factor, where it has to have one."""
    from django.conf import settings

    settings.MFA = "required"
    known("leo", is_staff=True)
    known("rita")
    for name in ("leo", "rita"):
        somebody = Somebody(name)
        somebody.type_password()
        for page in ("/en/", "/en/admin/", "/en/tokens/", FACTORS, "/api/v1/articles", "/sw.js"):
            answer = somebody.client.get(page)
            found[f"required: {name} {page}"] = answer.headers.get("Location", answer.status_code)
    leo = Somebody("leo")
    leo.enrol()
    found["required: leo with a factor"] = leo.client.get("/en/admin/").status_code
    leo.client.logout()
    found["required: who is nobody"] = leo.client.get("/en/").status_code


def walk() -> dict[str, Any]:
    """Return what came of each step."""
    found: dict[str, Any] = {}
    ada = as_owner(found)
    steps: tuple[Callable[..., None], ...] = (as_attacker, as_thief, by_reset, as_administrator)
    for step in steps:
        step(found, ada)
    hostile_passkeys(found)
    where_required(found)
    return found


def set_up(folder: str) -> None:
    """Make a portal in ``folder`` whose accounts can have second factors."""
    os.environ |= {
        "ALLOWED_HOSTS": "",
        "DATABASE_URL": "",
        "DATA_DIR": folder,
        "DEFAULT_LANGUAGE": "fr",
        "DJANGO_SETTINGS_MODULE": "kbportal.settings",
        "EMAIL_URL": "",
        "LOG_LEVEL": "ERROR",
        # With all middleware; where it is optional is said below.
        "MFA": "required",
        "PORTAL_ENV_FILE": "",
    }
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.MFA = "optional"
    settings.LETTERS_WAIT = True
    settings.RATE_LIMIT_FACTOR = 0
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    call_command("migrate", verbosity=0)


def stop_the_clock() -> None:
    """Let the apps and the portal see one moment: no code grows old during the walk."""
    from allauth.mfa.totp.internal import auth

    auth.time = SimpleNamespace(time=lambda: NOW)  # type: ignore[assignment]  # a clock


if __name__ == "__main__":
    set_up(sys.argv[1])
    stop_the_clock()
    print(json.dumps(walk()))
