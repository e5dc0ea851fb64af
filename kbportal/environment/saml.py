"""Single sign-on by SAML 2.0, where SAML_METADATA names a file: the settings of allauth.

The file is what the provider says of itself: its name, its address and its certificate. Without it
nothing of SAML is loaded.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from kbportal.environment import env
from kbportal.environment.second_factor import ACCOUNT_SETTINGS
from kbportal.environment.single_sign_on import PROVIDER, SOCIAL_SETTINGS, mapped

APPS = (
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.saml",
)
#: What we know of somebody -> what providers call it, the standards' names first.
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims"
_ATTRIBUTES = {
    "uid": ["urn:oasis:names:tc:SAML:attribute:subject-id"],
    "username": ["urn:oid:0.9.2342.19200300.100.1.1", "uid", "username", f"{_CLAIMS}/name"],
    "email": [
        "urn:oid:0.9.2342.19200300.100.1.3", "mail", "email", f"{_CLAIMS}/emailaddress",
    ],
    "first_name": ["urn:oid:2.5.4.42", "givenName", "firstName", f"{_CLAIMS}/givenname"],
    "last_name": ["urn:oid:2.5.4.4", "sn", "lastName", f"{_CLAIMS}/surname"],
}  # fmt: skip
_MD = "{urn:oasis:names:tc:SAML:2.0:metadata}"
_DS = "{http://www.w3.org/2000/09/xmldsig#}"
_REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
_PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


def metadata() -> str:
    """Return what the file SAML_METADATA holds; "" where there is no single sign-on by SAML.

    Raise ``ImproperlyConfigured``: it cannot be read.
    """
    name = env.text("SAML_METADATA")
    if not name:
        return ""
    try:
        return Path(name).expanduser().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        remedy = "Save there what the provider calls its metadata, as XML."
        raise env.refuse("SAML_METADATA", f"names {name}, which cannot be read", remedy) from None


def groups() -> dict[str, str]:
    """Return SAML_GROUPS: the value of an attribute -> a group of the portal, or ``staff``.

    Raise ``ImproperlyConfigured``: an entry has no ``=``.
    """
    return mapped("SAML_GROUPS", env.words("SAML_GROUPS"))


def settings_of(text: str) -> dict[str, Any]:
    """Return the settings of allauth for the provider that the metadata ``text`` describes.

    Raise ``ImproperlyConfigured``: packages lack, or the metadata is no provider's.
    """
    if find_spec("allauth") is None or find_spec("onelogin") is None:
        remedy = "Run: pip install --require-hashes -r requirements-saml.txt"
        raise env.refuse("SAML_METADATA", "needs packages that are not installed", remedy)
    application = {
        "provider_id": PROVIDER,
        "name": PROVIDER,
        "client_id": PROVIDER,
        "settings": {
            "attribute_mapping": _ATTRIBUTES,
            "idp": _provider(text),
            "advanced": {"name_id_format": _PERSISTENT, "want_attribute_statement": False},
        },
    }
    return {
        **ACCOUNT_SETTINGS,
        **SOCIAL_SETTINGS,
        "SOCIALACCOUNT_PROVIDERS": {"saml": {"APPS": [application]}},
    }


def _provider(text: str) -> dict[str, str]:
    """Return name, address and certificate of the provider that the metadata describes."""
    remedy = "Save there what the provider calls its metadata, as XML."
    refusal = env.refuse("SAML_METADATA", "describes no provider that signs", remedy)
    try:
        tree = ElementTree.fromstring(text)
    except (ElementTree.ParseError, ValueError):
        raise refusal from None
    role = tree.find(f".//{_MD}IDPSSODescriptor")
    entity = tree if tree.tag == f"{_MD}EntityDescriptor" else tree.find(f"{_MD}EntityDescriptor")
    if role is None or entity is None:
        raise refusal
    service = role.find(f"{_MD}SingleSignOnService[@Binding='{_REDIRECT}']")
    certificates = [
        key.findtext(f".//{_DS}X509Certificate", "")
        for key in role.findall(f"{_MD}KeyDescriptor")
        if key.get("use", "signing") == "signing"
    ]
    if service is None or not any(certificates):
        raise refusal
    return {
        "entity_id": entity.get("entityID", ""),
        "sso_url": service.get("Location", ""),
        "x509cert": "".join(next(filter(None, certificates)).split()),
    }
