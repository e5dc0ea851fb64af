"""Walks through single sign-on by SAML with a provider of its own (pysaml2); prints what came.

A process of its own, since a portal with a provider has other applications and tables.
"""

from __future__ import annotations

import base64
import datetime
import json
import os
import sys
import zlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import django
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from saml2 import BINDING_HTTP_REDIRECT
from saml2.authn_context import PASSWORD
from saml2.config import IdPConfig
from saml2.metadata import create_metadata_string
from saml2.saml import NAMEID_FORMAT_PERSISTENT, NameID
from saml2.server import Server
from saml2.xmldsig import DIGEST_SHA1, DIGEST_SHA256, SIG_RSA_SHA1, SIG_RSA_SHA256

FOLDER = Path(sys.argv[1])
ENTITY, ADDRESS = "https://login.example.org/saml", "https://login.example.org/saml/sso"
SP = "http://localhost:8000/sso/saml/company"
GROUPS = "kb-editors=Reviewer,kb-desk=staff"


def make_key(name: str) -> tuple[str, str]:
    """Make a key and its certificate, where there are none; return their paths."""
    paths = FOLDER / f"{name}.key", FOLDER / f"{name}.pem"
    if paths[1].exists():
        return str(paths[0]), str(paths[1])
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    days = datetime.timedelta(days=2)
    certificate = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
        .public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - days).not_valid_after(now + days).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    clear = serialization.NoEncryption()
    paths[0].write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.TraditionalOpenSSL, clear)
    )
    paths[1].write_bytes(certificate.public_bytes(pem))
    return str(paths[0]), str(paths[1])


def provider(name: str, sp_metadata: str = "") -> Server:
    """Return a provider with a key of its own, which knows the portal by its metadata."""
    key, certificate = make_key(name)
    service = {"endpoints": {"single_sign_on_service": [(ADDRESS, BINDING_HTTP_REDIRECT)]}}
    settings = {
        "entityid": ENTITY, "service": {"idp": {**service, "name_id_format": [
            NAMEID_FORMAT_PERSISTENT]}}, "key_file": key, "cert_file": certificate,
        "metadata": {"inline": [sp_metadata]} if sp_metadata else {},
    }  # fmt: skip
    return Server(config=IdPConfig().load(settings))


class Walk:
    """One portal, one provider."""

    def __init__(self, server: Server) -> None:
        self.server = server

    def answer(self, asked: str, name: str, attributes: dict[str, Any], **how: Any) -> str:
        """Return what the provider answers to a request, as the browser posts it."""
        signed = {
            "sign_assertion": True, "sign_response": False,
            "sign_alg": SIG_RSA_SHA256, "digest_alg": DIGEST_SHA256, **how,
        }  # fmt: skip
        response = self.server.create_authn_response(
            attributes,
            userid=name,
            in_response_to=signed.pop("in_response_to", asked),
            destination=signed.pop("destination", f"{SP}/acs/"),
            sp_entity_id=signed.pop("audience", f"{SP}/metadata/"),
            name_id=NameID(format=NAMEID_FORMAT_PERSISTENT, text=name),
            authn={"class_ref": PASSWORD, "authn_auth": ENTITY},
            **signed,
        )
        return str(response)

    def sign_in(
        self,
        name: str,
        attributes: dict[str, Any],
        wanted: str = "",
        change: Any = None,
        **how: Any,
    ) -> dict[str, Any]:
        """Sign in; return where it leads and who the account is."""
        from django.contrib.auth.models import User
        from django.test import Client

        client = Client(HTTP_HOST="localhost:8000")
        page = client.get("/fr/sign-in/", {"next": wanted} if wanted else {})
        to = urlsplit(client.get(page.context["single_sign_on"])["Location"])
        request = base64.b64decode(parse_qs(to.query)["SAMLRequest"][0])
        asked = zlib.decompress(request, -15).decode().split(' ID="')[1].split('"')[0]
        text = self.answer(asked, name, attributes, **how)
        posted = base64.b64encode((change(text) if change else text).encode()).decode()
        answer = self.post(client, posted)
        user = User.objects.filter(pk=client.session.get("_auth_user_id")).first()
        # The same answer once more, in the browser that was signed in and in another one.
        again = Client(HTTP_HOST="localhost:8000")
        self.post(again, posted)
        return {
            "to": answer.headers.get("Location", answer.status_code),
            "name": user and user.username,
            "mail": user and user.email,
            "staff": user and user.is_staff,
            "groups": sorted(user.groups.values_list("name", flat=True)) if user else [],
            "again": "_auth_user_id" in again.session,
        }

    def post(self, client: Any, posted: str) -> Any:
        """Send the answer as the provider's page has the browser do."""
        form = {"SAMLResponse": posted, "RelayState": "https://evil.example/"}
        first = client.post("/sso/saml/company/acs/", form)
        return client.get(first["Location"])


def walk(steps: Walk, forger: Walk) -> dict[str, Any]:
    """Return what came of each step."""
    from django.contrib.auth.models import User
    from django.test import Client

    ada = {"uid": "ada", "mail": "ada@example.org", "groups": ["kb-editors", "other"]}
    found: dict[str, Any] = {}
    found["new"] = steps.sign_in("ada-1", ada, "/fr/codes/")
    found["other groups"] = steps.sign_in("ada-1", {**ada, "groups": ["kb-desk"]})
    found["no groups, and another site"] = steps.sign_in(
        "ada-1", {"uid": "ada"}, "https://evil.example/"
    )
    User.objects.create_superuser("root", "root@example.org", "a long password")
    found["a name that is taken"] = steps.sign_in("root-1", {"uid": "root"})
    found["not signed"] = steps.sign_in("ada-1", ada, sign_assertion=False)
    found["signed by SHA-1"] = steps.sign_in(
        "ada-1", ada, sign_alg=SIG_RSA_SHA1, digest_alg=DIGEST_SHA1
    )
    found["signed by another"] = forger.sign_in("ada-1", ada)
    found["changed on the way"] = steps.sign_in(
        "eve-1", {"uid": "eve"}, change=lambda text: text.replace("eve-1", "ada-1")
    )
    found["a comment in the name"] = steps.sign_in(
        "eve-1", {"uid": "eve"}, change=lambda text: text.replace("eve-1", "ada<!---->-1")
    )
    found["for another portal"] = steps.sign_in("ada-1", ada, audience="https://other.example/")
    found["sent elsewhere"] = steps.sign_in("ada-1", ada, destination="https://other.example/acs/")
    found["to another request"] = steps.sign_in("ada-1", ada, in_response_to="id-of-another")
    found["to no request"] = steps.sign_in("ada-1", ada, in_response_to=None)
    found["no XML"] = steps.sign_in("ada-1", ada, change=lambda text: "<a")
    found["an entity"] = steps.sign_in(
        "ada-1", ada, change=lambda text: f'<!DOCTYPE a [<!ENTITY b "c">]>{text}'
    )
    User.objects.filter(username="ada").update(is_active=False)
    found["closed"] = steps.sign_in("ada-1", ada)
    stranger = Client(HTTP_HOST="localhost:8000")
    found["signing out by anybody's page"] = stranger.get(
        "/sso/saml/company/sls/", {"SAMLResponse": "x", "RelayState": "https://evil.example/"}
    ).status_code
    return found


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / "idp.xml").write_bytes(create_metadata_string(None, provider("company").config))
    os.environ |= {
        "ALLOWED_HOSTS": "",
        "DATABASE_URL": "",
        "DATA_DIR": str(FOLDER),
        "DJANGO_SETTINGS_MODULE": "kbportal.settings",
        "LOG_LEVEL": "ERROR",
        "PORTAL_ENV_FILE": "",
        "SAML_GROUPS": GROUPS,
        "SAML_METADATA": str(FOLDER / "idp.xml"),
    }
    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import setup_test_environment

    setup_test_environment()
    settings.STORAGES["staticfiles"]["BACKEND"] = (
        "django.contrib.staticfiles.storage.StaticFilesStorage"
    )
    call_command("migrate", verbosity=0)
    portal = Client(HTTP_HOST="localhost:8000").get("/sso/saml/company/metadata/").content.decode()
    print(json.dumps(walk(Walk(provider("company", portal)), Walk(provider("forger", portal)))))
