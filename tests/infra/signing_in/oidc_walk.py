"""Walks through single sign-on with a provider of its own; prints what came of it, as JSON.

A process of its own, since a portal with a provider has other applications and tables.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import django
from oidc_provider_mock import run_server_in_thread

FOLDER = sys.argv[1]
GROUPS = "kb-editors=Reviewer,kb-desk=staff,kb=a=Author"


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any) -> None:
        return None


def send(address: str, data: bytes, method: str, kind: str) -> str:
    """Return where the answer leads."""
    request = Request(address, data, {"Content-Type": kind}, method=method)
    try:
        return build_opener(_Stay).open(request).headers.get("Location", "")
    except HTTPError as answer:
        return answer.headers.get("Location", "")


class Walk:
    """One portal, one provider."""

    def __init__(self, provider: str) -> None:
        self.provider = provider

    def know(self, name: str, **claims: object) -> None:
        """Let the provider know somebody."""
        body = json.dumps(claims).encode()
        send(f"{self.provider}/users/{name}", body, "PUT", "application/json")

    def sign_in(self, name: str, wanted: str = "", form: str = "", spoil: str = "") -> dict:
        """Sign in; return where it leads and who the account is."""
        from django.apps import apps
        from django.contrib.auth.models import User
        from django.test import Client

        client = Client()
        page = client.get("/fr/sign-in/" + (f"?{urlencode({'next': wanted})}" if wanted else ""))
        link = page.context["single_sign_on"]
        authorize = client.get(link)["Location"]
        data = urlencode({"action": form} if form else {"sub": name}).encode()
        kind = "application/x-www-form-urlencoded"
        back = urlsplit(send(authorize, data, "POST", kind))
        query = back.query.replace("state=", "state=x") if spoil else back.query
        answer = client.get(f"{back.path}?{query}")
        user = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
        audit = apps.get_model("troubleshooting", "AuditEntry").objects
        return {
            "noted": bool(user and audit.filter(user=user, act="sign_in").exists()),
            "to": answer.headers.get("Location", answer.status_code),
            "name": user and user.username,
            "staff": user and user.is_staff,
            "groups": sorted(user.groups.values_list("name", flat=True)) if user else [],
            "password": bool(user and user.has_usable_password()),
            "pkce": "code_challenge_method=S256" in authorize,
        }


def walk(steps: Walk) -> dict[str, dict]:
    """Return what came of each step."""
    from django.conf import settings
    from django.contrib.auth.models import Group, User

    found = {}
    mail = {"email": "ada@example.org", "email_verified": True}
    steps.know("ada", preferred_username="ada", groups=["kb-editors", "other"], **mail)
    found["new"] = steps.sign_in("ada", "/fr/codes/")
    User.objects.get(username="ada").groups.add(Group.objects.get(name="Administrator"))
    steps.know("ada", preferred_username="ada", groups=["kb=a"], **mail)
    found["other groups"] = steps.sign_in("ada")
    steps.know("ada", preferred_username="ada", **mail)
    found["no groups, but one that was given here"] = steps.sign_in("ada")
    User.objects.get(username="ada").groups.clear()
    found["no groups at all, and another site"] = steps.sign_in("ada", "https://evil.example/")
    steps.know("cleo", preferred_username="cleo", groups="kb-desk")
    found["one group as text"] = steps.sign_in("cleo")
    User.objects.create_user("bob", "bob@example.org", "a long password")
    steps.know("bob", preferred_username="bob", email="bob@example.org", email_verified=True)
    found["a name that is taken"] = steps.sign_in("bob")
    settings.OIDC_LINK_BY_MAIL = True
    User.objects.create_user("dora", "dora@example.org", "a long password")
    User.objects.create_superuser("root", "root@example.org", "a long password")
    for name, verified in (("dora", True), ("dora", False), ("root", True)):
        steps.know(f"{name}{verified}", email=f"{name}@example.org", email_verified=verified)
        found[f"mail of {name}, verified: {verified}"] = steps.sign_in(f"{name}{verified}")
    found["denied"] = steps.sign_in("ada", form="deny")
    found["another state"] = steps.sign_in("ada", spoil="state")
    User.objects.filter(username="ada").update(is_active=False)
    found["closed"] = steps.sign_in("ada")
    return found


if __name__ == "__main__":
    with run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        os.environ |= {
            "ALLOWED_HOSTS": "",
            "DATABASE_URL": "",
            "DATA_DIR": FOLDER,
            "DJANGO_SETTINGS_MODULE": "kbportal.settings",
            "LOG_LEVEL": "ERROR",
            "OIDC_CLIENT_ID": "portal",
            "OIDC_CLIENT_SECRET": "secret",
            "OIDC_GROUPS": GROUPS,
            "OIDC_ISSUER": address,
            "OIDC_NAME": "Company",
            "PORTAL_ENV_FILE": "",
        }
        django.setup()
        from django.conf import settings
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        setup_test_environment()
        settings.STORAGES["staticfiles"]["BACKEND"] = (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
        call_command("migrate", verbosity=0)
        print(json.dumps(walk(Walk(address))))
