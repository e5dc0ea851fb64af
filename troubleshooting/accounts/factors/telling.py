"""What the owner of an account and the audit are told of its factors."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from ...auditing import Act, note
from ...texts.remarks import remark
from .. import letters

#: Changes as allauth names them.
REMOVED_BY_OTHERS = "removed_by_others"


_NOTED = {
    "totp_activated": gettext_noop("Codes of an app added"),
    "totp_deactivated": gettext_noop("Codes of an app removed"),
    "recovery_codes_generated": gettext_noop("New recovery codes made"),
    "recovery_code_used": gettext_noop("Recovery code used"),
    "webauthn_added": gettext_noop("Passkey added"),
    "webauthn_removed": gettext_noop("Passkey removed"),
    "account_connected": gettext_noop("Single sign-on linked"),
    REMOVED_BY_OTHERS: gettext_noop("All second factors removed"),
}


def tell(user: User, change: str, by: User | None = None) -> None:
    """Note that the factors of ``user`` have changed, and write it to the owner.

    ``by``: who did it, where it was not the owner; the account itself for a command.
    """
    note(by or user, Act.CHANGED, user, detail=remark(_NOTED[change]))
    letters.tell_of_factor(user, change)
