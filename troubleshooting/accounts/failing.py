"""What follows of a wrong password or code: it is logged; too many are noted and told the owner."""

from __future__ import annotations

from django.contrib.auth.models import User
from django.utils.translation import gettext_noop

from ..auditing import note_refused
from ..texts.remarks import remark
from . import letters
from .throttle import Attempt, Secret, folded

_NOTED = {
    Secret.PASSWORD: gettext_noop("Too many wrong passwords"),
    Secret.CODE: gettext_noop("Too many wrong codes after the right password"),
}


def note_failure(attempt: Attempt, username: str, secret: Secret = Secret.PASSWORD) -> None:
    """Say that ``attempt`` on the account of that name failed.

    Where the next one is refused, a line in the audit says so, whether or not there is such an
    account: how long the answer takes tells nobody.
    """
    attempt.failed()
    if not attempt.is_last:
        return
    meant = _accounts_called(username)
    for account in meant or (None,):
        note_refused(account, remark(_NOTED[secret]))
    for account in meant:
        letters.tell_of_attempts(account, attempt.address, secret)


def _accounts_called(username: str) -> list[User]:
    """Return the accounts on which an attempt under this name counts.

    All names are read, since no database folds them as the count does; this is rare, being limited.
    """
    wanted = folded(username)
    names = User.objects.values_list("pk", "username").order_by("pk")
    return list(User.objects.filter(pk__in=[key for key, name in names if folded(name) == wanted]))
