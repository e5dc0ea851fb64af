"""Single sign-on by OpenID Connect, where OIDC_ISSUER names a provider: the settings of allauth.

Without it nothing of allauth is loaded and no table of it is made. The portal's own page for
passwords and its limits stay; allauth brings the way to the provider and back.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from kbportal.environment import env
from kbportal.environment.second_factor import ACCOUNT_SETTINGS

#: Name of the provider in addresses: ``/sso/oidc/company/login/callback/``.
PROVIDER = "company"
#: Who has it belongs to the staff, and to no group by that.
STAFF = "staff"
APPS = (
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
)
#: Of accounts of a provider, whatever it speaks.
SOCIAL_SETTINGS: dict[str, Any] = {
    "SOCIALACCOUNT_ADAPTER": "troubleshooting.accounts.single_sign_on.ProviderAdapter",
    # A link leads to the provider: what comes back is bound to the session that asked.
    "SOCIALACCOUNT_LOGIN_ON_GET": True,
    "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
    "SOCIALACCOUNT_STORE_TOKENS": False,
}


def issuer(local: bool) -> str:
    """Return OIDC_ISSUER; "" where there is no single sign-on.

    Raise ``ImproperlyConfigured``: it is no address, or not https in a deployment.
    """
    address = env.text("OIDC_ISSUER").rstrip("/")
    parts = urlsplit(address)
    if address and (not parts.netloc or not (parts.scheme == "https" or local)):
        remedy = "Write https://login.example.org/realms/company, as the provider names itself."
        raise env.refuse("OIDC_ISSUER", "is no https address", remedy)
    return address


def groups() -> dict[str, str]:
    """Return OIDC_GROUPS: the value of a claim -> a group of the portal, or ``staff``.

    Raise ``ImproperlyConfigured``: an entry has no ``=``.
    """
    return mapped("OIDC_GROUPS", env.words("OIDC_GROUPS"))


def mapped(name: str, words: list[str]) -> dict[str, str]:
    """Return what the ``words`` of the variable ``name`` map: value -> group.

    Raise ``ImproperlyConfigured``: a word has no ``=``.
    """
    found = {}
    for word in words:
        value, equals, group = (part.strip() for part in word.rpartition("="))
        if not (value and equals and group):
            remedy = "Write value=group, such as kb-editors=editor,kb-desk=staff."
            raise env.refuse(name, f"holds {word!r}", remedy)
        found[value] = group
    return found


def settings_of(address: str) -> dict[str, Any]:
    """Return the settings of allauth for the provider at ``address``.

    Raise ``ImproperlyConfigured``: the name or the secret by which the provider knows the portal
    lacks.
    """
    if find_spec("allauth") is None:
        remedy = "Run: pip install --require-hashes -r requirements-sso.txt"
        raise env.refuse("OIDC_ISSUER", "needs packages that are not installed", remedy)
    client, secret = env.text("OIDC_CLIENT_ID"), env.text("OIDC_CLIENT_SECRET")
    for name, value in (("OIDC_CLIENT_ID", client), ("OIDC_CLIENT_SECRET", secret)):
        if not value:
            raise env.refuse(name, "is not set", "The provider gives it for OIDC_ISSUER.")
    application = {
        "provider_id": PROVIDER,
        "name": PROVIDER,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": address, "oauth_pkce_enabled": True},
    }
    scope = ["openid", "profile", "email", *env.words("OIDC_SCOPES")]
    return {
        **ACCOUNT_SETTINGS,
        **SOCIAL_SETTINGS,
        "SOCIALACCOUNT_PROVIDERS": {
            "openid_connect": {"APPS": [application], "SCOPE": scope, "OAUTH_PKCE_ENABLED": True}
        },
    }
