"""Single sign-on with a real provider on this machine, and its settings."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import single_sign_on
from tests.infra.project import ROOT
from tests.kept import copy_new

#: A step of ``oidc_walk`` -> where it leads, the account, whether it is of the staff, its groups.
WALK = {
    "new": ("/fr/codes/", "ada", True, ["Reviewer"]),
    "other groups": ("/fr/", "ada", True, ["Administrator", "Author"]),
    "no groups, but one that was given here": ("/fr/", "ada", True, ["Administrator"]),
    "no groups at all, and another site": ("/fr/", "ada", False, []),
    "one group as text": ("/fr/", "cleo", True, []),
    "a name that is taken": ("/fr/", "bob*", False, []),
    "mail of dora, verified: True": ("/fr/", "dora", False, []),
    "mail of dora, verified: False": ("/fr/", "dora*", False, []),
    "mail of root, verified: True": ("/fr/", "root*", False, []),
    "denied": ("/fr/sign-in/?refused=1", None, None, []),
    "another state": ("/fr/sign-in/?refused=1", None, None, []),
    "closed": ("/fr/sign-in/?refused=1", None, None, []),
}


@pytest.fixture(scope="session")
def walked(django_db_setup, tmp_path_factory) -> dict[str, dict]:
    folder = tmp_path_factory.mktemp("oidc")
    copy_new(folder / "db.sqlite3")  # as before single sign-on: the walk migrates the rest
    module = "tests.infra.signing_in.oidc_walk"
    command = [sys.executable, "-W", "ignore", "-m", module, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_who_is_signed_in(walked):
    """A star stands for what is put behind a name that is taken."""
    for step, (to, name, staff, groups) in WALK.items():
        found = walked[step]
        assert (found["to"], found["staff"], found["groups"]) == (to, staff, groups), step
        if name and name.endswith("*"):
            assert found["name"].startswith(name[:-1]), step
            assert found["name"] != name[:-1], step
        else:
            assert found["name"] == name, step
        assert found["pkce"], step
        assert found["noted"] is (name is not None), step
        # The account of dora had a password before, and keeps it.
        assert found["password"] is (name == "dora"), step


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("", {}),
        ("a=Author", {"a": "Author"}),
        ("/team/kb=x=staff, b = Reviewer", {"/team/kb=x": "staff", "b": "Reviewer"}),
    ],
)
def test_groups(monkeypatch, text: str, groups: dict):
    monkeypatch.setenv("OIDC_GROUPS", text)
    assert single_sign_on.groups() == groups


@pytest.mark.parametrize("text", ["a", "=Author", "a=", "a=Author,b"])
def test_groups_that_are_none(monkeypatch, text: str):
    monkeypatch.setenv("OIDC_GROUPS", text)
    with pytest.raises(ImproperlyConfigured, match="OIDC_GROUPS holds"):
        single_sign_on.groups()


@pytest.mark.parametrize(
    ("address", "local", "is_fine"),
    [
        ("https://login.example.org/realms/a/", False, True),
        ("http://localhost:9000", True, True),
        ("http://login.example.org", False, False),
        ("login.example.org", True, False),
        ("https://", False, False),
    ],
)
def test_issuer(monkeypatch, address: str, local: bool, is_fine: bool):
    monkeypatch.setenv("OIDC_ISSUER", address)
    if is_fine:
        assert single_sign_on.issuer(local) == address.rstrip("/")
    else:
        with pytest.raises(ImproperlyConfigured, match="OIDC_ISSUER"):
            single_sign_on.issuer(local)


@pytest.mark.parametrize("missing", ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])
def test_the_provider_has_to_know_the_portal(monkeypatch, missing: str):
    for name in ("OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"):
        monkeypatch.setenv(name, "" if name == missing else "x")
    with pytest.raises(ImproperlyConfigured, match=f"{missing} is not set"):
        single_sign_on.settings_of("https://login.example.org")
