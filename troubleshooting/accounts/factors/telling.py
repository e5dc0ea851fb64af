"""What the owner of an account and the audit are told of its factors."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from ...auditing import Act, note
from .. import letters

#: Changes as allauth names them.
REMOVED_BY_OTHERS = "removed_by_others"


def change_in_words(change: str) -> str:
    """Return what happened to the factors of an account, for the audit."""
    return {
        "totp_activated": _("Codes of an app added"),
        "totp_deactivated": _("Codes of an app removed"),
        "recovery_codes_generated": _("New recovery codes made"),
        "recovery_code_used": _("Recovery code used"),
        "webauthn_added": _("Passkey added"),
        "webauthn_removed": _("Passkey removed"),
        "account_connected": _("Single sign-on linked"),
        REMOVED_BY_OTHERS: _("All second factors removed"),
    }[change]


def tell(user: User, change: str, by: User | None = None) -> None:
    """Note that the factors of ``user`` have changed, and write it to the owner.

    ``by``: who did it, where it was not the owner; the account itself for a command.
    """
    note(by or user, Act.CHANGED, user, detail=change_in_words(change))
    letters.tell_of_factor(user, change)
