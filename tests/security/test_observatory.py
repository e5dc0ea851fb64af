"""A deployment, judged by the rules of the HTTP Observatory; and the names of its cookies."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import User
from django.test import Client

from kbportal.cookies import cookie_name
from tests.infra.project import ROOT
from tests.security.observatory import Seen, score
from tests.web.content import make_portal

_SAID = """
import json, kbportal.settings as s
names = [n for n in dir(s) if n.startswith(("SECURE_", "SESSION_", "CSRF_", "LANGUAGE_COOKIE"))]
print(json.dumps({n: getattr(s, n) for n in [*names, "ALLOWED_HOSTS", "IS_LOCAL"]}))
"""


@pytest.fixture(scope="module")
def deployment(tmp_path_factory) -> dict[str, object]:
    """Return the settings that a deployment has, as its own process reads them."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    given = {
        "ALLOWED_HOSTS": "portal.example.org",
        "DATA_DIR": str(tmp_path_factory.mktemp("deployed")),
        "PORTAL_ENV_FILE": "",
        "SECRET_KEY": "k" * 20 + "ABCDEFGHIJabcdefghij0123456789+-*/=?!&%$",
    }
    command = [sys.executable, "-c", _SAID]
    done = subprocess.run(command, cwd=ROOT, env=kept | given, check=True, capture_output=True)
    return json.loads(done.stdout)


@pytest.fixture
def deployed(settings, deployment, db) -> Client:
    """Return a client of a portal with these settings, at its own name over https."""
    make_portal()
    for name, value in deployment.items():
        setattr(settings, name, value)
    return Client(SERVER_NAME="portal.example.org")


def scan(client: Client, address: str, drop: str = "") -> Seen:
    plain = client.get(address)
    page = client.get(address, secure=True)
    found = [{"name": name, **morsel} for name, morsel in page.cookies.items()]
    headers = {name: value for name, value in page.headers.items() if name != drop}
    return Seen(plain.headers.get("Location", ""), headers, found, page.content.decode())


#: A page, and whether it is asked for by somebody who has signed in.
PAGES = [("/fr/", False), ("/en/articles/", False), ("/fr/sign-in/", False), ("/fr/admin/", True)]


@pytest.mark.parametrize(("address", "signed_in"), PAGES)
def test_the_score(deployed: Client, address: str, signed_in: bool):
    if signed_in:
        deployed.force_login(User.objects.create_superuser("chief"))
    assert score(scan(deployed, address)) >= 130


#: A header that is not sent -> the score at most.
WITHOUT = {
    "Content-Security-Policy": 75,
    "Cross-Origin-Resource-Policy": 120,
    "Referrer-Policy": 125,
    "Strict-Transport-Security": 80,
    "X-Content-Type-Options": 125,
}


@pytest.mark.parametrize(("header", "at_most"), WITHOUT.items())
def test_the_rules_notice_what_is_missing(deployed: Client, header: str, at_most: int):
    assert score(scan(deployed, "/fr/", drop=header)) <= at_most


def test_cookies_are_of_this_host_alone(deployed: Client):
    User.objects.create_user("ada", password="a long password")
    form = {"username": "ada", "password": "a long password"}
    deployed.get("/fr/sign-in/", secure=True)
    answer = deployed.post("/fr/sign-in/", form, secure=True)
    assert answer.status_code == 302
    names = {"__Host-sessionid", "__Host-csrftoken", "__Host-device"}
    assert set(deployed.cookies) == names
    for name in names:
        cookie = deployed.cookies[name]
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert (cookie["secure"], cookie["httponly"]) == (True, True)
        assert cookie["samesite"] in ("Lax", "Strict")


def test_a_local_run_has_plain_names(settings):
    assert (cookie_name("a"), cookie_name("a", is_local=False)) == ("a", "__Host-a")
