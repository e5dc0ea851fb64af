"""Second factors and passkeys, where MFA asks for them: the settings of allauth.

Without it nothing of allauth is loaded and no table of it is made.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from kbportal.environment import env

#: Nobody has one; who wants one has it; the staff has to have one.
OFF, OPTIONAL, REQUIRED = "off", "optional", "required"
APPS = ("allauth", "allauth.account", "allauth.mfa")
ACCOUNTS = "troubleshooting.accounts"


def read_mode() -> str:
    """Return MFA: ``off``, ``optional`` or ``required``.

    Raise ``ImproperlyConfigured``: it is none of these, or the packages for it lack.
    """
    chosen = env.choice("MFA", (OFF, OPTIONAL, REQUIRED), OFF)
    if chosen != OFF and (find_spec("allauth") is None or find_spec("fido2") is None):
        remedy = "Run: pip install --require-hashes -r requirements-sso.txt"
        raise env.refuse("MFA", "needs packages that are not installed", remedy)
    return chosen


def settings_of(chosen: str, local: bool) -> dict[str, Any]:
    """Return the settings of allauth for second factors; ``local``: nobody else reaches the portal.

    Limits are the portal's own, which all its processes share: those of allauth are off.
    """
    if chosen == OFF:
        return {}
    forms, passkeys = f"{ACCOUNTS}.factors.forms", f"{ACCOUNTS}.factors.passkeys"
    return {
        **ACCOUNT_SETTINGS,
        "ACCOUNT_FORMS": {"reauthenticate": f"{forms}.PasswordAgainForm"},
        "ACCOUNT_RATE_LIMITS": False,
        "MFA_ADAPTER": f"{ACCOUNTS}.factors.adapter.FactorAdapter",
        "MFA_SUPPORTED_TYPES": ["totp", "recovery_codes", "webauthn"],
        "MFA_FORMS": {
            "authenticate": f"{forms}.CodeForm",
            "reauthenticate": f"{forms}.CodeAgainForm",
            "add_webauthn": f"{passkeys}.NewPasskeyForm",
            "edit_webauthn": f"{passkeys}.PasskeyNameForm",
            "authenticate_webauthn": f"{passkeys}.PasskeyAfterPasswordForm",
            "reauthenticate_webauthn": f"{passkeys}.PasskeyAgainForm",
            "login_webauthn": f"{passkeys}.PasskeyAloneForm",
        },
        "MFA_RATE_LIMITS": False,
        "MFA_RECOVERY_CODES_SHOW_ONCE": True,
        "MFA_RECOVERY_CODE_DIGITS": 10,
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        # Clocks may be a step apart (RFC 6238, 5.2).
        "MFA_TOTP_TOLERANCE": 1,
        # Browsers call http://localhost secure, and nothing else without https.
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": local,
    }


#: Of accounts, whatever brings allauth: addresses stay in Django's accounts, nobody signs up.
ACCOUNT_SETTINGS: dict[str, Any] = {
    "ACCOUNT_ADAPTER": f"{ACCOUNTS}.entering.AccountAdapter",
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_SIGNUP_FIELDS": ["username*"],
}
