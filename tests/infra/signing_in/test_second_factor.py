"""Second factors and passkeys: their owners get in, whoever knows only the password does not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import second_factor
from tests.infra.project import ROOT
from tests.kept import copy_new
from troubleshooting.texts.remarks import remark

PAGES = "/en/second-factor/"
OUT, IN = False, True
AGAIN = f"{PAGES}password/?next=%2Fen%2Fsecond-factor%2F"

#: A step of an owner -> what comes of it: the status, where it leads, whether they are signed in.
OWNER: dict[str, Any] = {
    "password alone, no factor yet": [302, "/en/codes/", IN],
    "recovery codes shown": 10,
    "recovery codes shown again": 0,
    "a token, the password typed again": True,
    "password": [302, "/en/sign-in/code/", OUT],
    "code": [302, "/en/codes/", IN],
    "another session than before": True,
    "recovery code": [302, "/en/", IN],
    "audit": [remark("Codes of an app added")],
}
#: A step of somebody who knows the password and no code -> what comes of it.
ATTACKER: dict[str, Any] = {
    "the administration's own page": [302, "/en/sign-in/?next=%2Fen%2Fadmin%2F", OUT],
    "half signed in: /en/admin/": [302, OUT],
    "half signed in: /en/tokens/": [302, OUT],
    f"half signed in: {PAGES}": [302, OUT],
    f"half signed in: {PAGES}app/activate/": [302, OUT],
    f"half signed in: {PAGES}recovery-codes/": [302, OUT],
    "recovery code again": [200, "", OUT],
    "a code of two steps ago": [200, "", OUT],
    "a code taken before": [200, "", OUT],
    "the code that the app was added with": [200, "", OUT],
    "no code": [200, "", OUT],
    "a code without the password": [302, "/en/sign-in/again/", OUT],
    "next to another site": [302, "/en/sign-in/code/", OUT],
    "and the code": [302, "/en/", IN],
    "codes guessed, the password known": [200, 200, 200, 200, 200, 429, 429],
    "the owner is told": ["Somebody knows your password"],
    "a new password by mail": [302, "/en/password/set/", OUT],
    "and signing in with it": [302, "/en/sign-in/code/", OUT],
    "keys that the options name": [],
    "hostile passkeys": ["302 /en/sign-in/?refused=passkey"],
}
#: A step of somebody who has stolen a session, or whose page sends what the owner did not.
THIEF: dict[str, Any] = {
    **{
        f"a stolen session: {page} {method}": f"{AGAIN}{page.replace('/', '%2F')}"
        for page in (
            "app/activate/",
            "app/deactivate/",
            "passkeys/add/",
            "recovery-codes/download/",
            "recovery-codes/generate/",
        )
        for method in ("get", "post")
    },
    "a stolen session: recovery-codes/ get": f"{AGAIN}recovery-codes%2F",
    "a stolen session makes a token": f"{PAGES}password/?next=%2Fen%2Ftokens%2F",
    "a stolen session guesses the password": [200, 200, 200, 200, 200, 429],
    "factors are still there": ["recovery_codes", "totp"],
    "a page of another site sends app/deactivate/": 403,
    "a page of another site sends recovery-codes/generate/": 403,
    "a page of another site sends password/": 403,
    "a page of another site sends passkeys/add/": 403,
}
ADMINISTRATOR: dict[str, Any] = {
    "said to the administrator": True,
    "an administrator's own": True,
    "removed, and told": [True, [["ada@example.org"]]],
    "secrets in the administration": [404, 404],
    "removed by the command": True,
    "and once more": False,
    "a secret in the database": False,
    "under another SECRET_KEY": [False, 200],
    "the doctor says so": 1,
    "and is content with the right one": 0,
}
#: Where the staff has to have a factor: who, and the page -> what is answered. Leo is of the staff.
REQUIRED: dict[str, Any] = {
    "required: leo /en/": PAGES,
    "required: leo /en/admin/": PAGES,
    "required: leo /en/tokens/": PAGES,
    f"required: leo {PAGES}": 200,
    "required: leo with a factor": 200,
    "required: rita /en/": 200,
    "required: rita /en/tokens/": 200,
    "required: who is nobody": 200,
}
#: What a browser shows on the way of a passkey.
PASSKEY: dict[str, Any] = {
    "recovery codes": 10,
    "name": ["Old phone"],
    "passkey alone": "ada",
    "passkey after the password": "ada",
    "another finger": 0,
    "removed": 0,
    "faults": [],
}


def run(walk: str, folder: Path, *words: str) -> dict[str, Any]:
    copy_new(folder / "db.sqlite3")  # as before second factors: the walk migrates the rest
    module = f"tests.infra.signing_in.{walk}"
    command = [sys.executable, "-W", "ignore", "-m", module, str(folder), *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="session")
def walked(django_db_setup, tmp_path_factory) -> dict[str, Any]:
    return run("mfa_walk", tmp_path_factory.mktemp("factors"))


@pytest.mark.parametrize("table", [OWNER, ATTACKER, THIEF, ADMINISTRATOR, REQUIRED])
def test_what_comes_of_each_step(walked, table: dict[str, Any]):
    assert {step: walked[step] for step in table} == table


def test_the_owner_is_told_in_both_languages(walked):
    to, subject, body = walked["letter"]
    assert to == ["ada@example.org"]
    assert subject == ("Votre façon de vous connecter a changé / How you sign in has changed")
    assert "codes of an app are now asked for." in body


@pytest.mark.browser
@pytest.mark.parametrize("transport", ["internal", "usb"])
def test_a_passkey_in_a_browser(django_db_setup, tmp_path, chromium_path, transport):
    assert run("passkey_walk", tmp_path, chromium_path, transport) == PASSKEY


@pytest.mark.parametrize(("text", "found"), [("", "off"), ("Optional", "optional")])
def test_setting(monkeypatch, text: str, found: str):
    monkeypatch.setenv("MFA", text)
    assert second_factor.read_mode() == found


def test_setting_that_is_none(monkeypatch):
    monkeypatch.setenv("MFA", "yes")
    with pytest.raises(ImproperlyConfigured, match="MFA is 'yes'"):
        second_factor.read_mode()


def test_off_loads_nothing_of_allauth(tmp_path):
    script = "import sys, django; django.setup(); import kbportal.urls"
    script += "; print([name for name in sys.modules if name.startswith('allauth')])"
    names = {"DJANGO_SETTINGS_MODULE": "kbportal.settings", "PORTAL_ENV_FILE": ""}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**names, "DATA_DIR": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
