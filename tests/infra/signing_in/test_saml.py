"""Single sign-on by SAML with a real provider on this machine, and its settings."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import saml
from tests.infra.project import ROOT
from tests.kept import copy_new

REFUSED = ("/fr/sign-in/?refused=1", None, None, [])
#: A step of ``saml_walk`` -> where it leads, the account, whether it is of the staff, its groups.
WALK: dict[str, Any] = {
    "new": ("/fr/codes/", "ada", True, ["Reviewer"]),
    "other groups": ("/fr/", "ada", True, []),
    "no groups, and another site": ("/fr/", "ada", False, []),
    "a name that is taken": ("/fr/", "user", False, []),
    "not signed": REFUSED,
    "signed by SHA-1": REFUSED,
    "signed by another": REFUSED,
    "changed on the way": REFUSED,
    "a comment in the name": REFUSED,
    "for another portal": REFUSED,
    "sent elsewhere": REFUSED,
    "to another request": REFUSED,
    "to no request": REFUSED,
    "no XML": REFUSED,
    "an entity": REFUSED,
    "closed": REFUSED,
}


def test_who_is_signed_in(django_db_setup, tmp_path):
    """Nobody is by an answer that another browser sends once more."""
    if not shutil.which("xmlsec1"):
        pytest.skip("needs xmlsec1 (Debian: apt-get install xmlsec1)")
    copy_new(tmp_path / "db.sqlite3")  # as before single sign-on: the walk migrates the rest
    module = "tests.infra.signing_in.saml_walk"
    command = [sys.executable, "-W", "ignore", "-m", module, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    walked = json.loads(done.stdout.splitlines()[-1])
    assert walked.pop("signing out by anybody's page") == 404
    parts = ("to", "name", "staff", "groups")
    assert {step: tuple(one[part] for part in parts) for step, one in walked.items()} == WALK
    assert not any(one["again"] for one in walked.values())


@pytest.mark.parametrize(
    "text",
    [
        "no XML",
        "<a/>",
        '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="x">'
        '<IDPSSODescriptor protocolSupportEnumeration=""/></EntityDescriptor>',
    ],
)
def test_metadata_that_describes_no_provider(text: str):
    with pytest.raises(ImproperlyConfigured, match="SAML_METADATA describes no provider"):
        saml.settings_of(text)


def test_metadata_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv("SAML_METADATA", str(tmp_path / "missing.xml"))
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        saml.metadata()
