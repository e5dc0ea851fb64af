"""``manage.py factors ada --remove``: what an account has beside its password; removes it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import User
from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...accounts.factors.keeping import factors_of, is_on, remove_all
from ..base import PortalCommand


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Shows the second factors of an account, or removes them for somebody who lost them."
        ),
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help=_("The account."))
        parser.add_argument("--remove", action="store_true", help=_("Remove them all."))

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_on():
            raise CommandError(_("No account has second factors: set MFA, as the README says."))
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(_("There is no such account."))
        if options["remove"]:
            if not remove_all(user):
                raise CommandError(_("The account has no second factor."))
            self.stdout.write(_("Removed. The password alone signs in; the owner has been told."))
            return
        for factor in factors_of(user).order_by("pk"):
            used = f"{factor.last_used_at:%Y-%m-%d}" if factor.last_used_at else "–"
            self.stdout.write(f"{factor}  {factor.created_at:%Y-%m-%d}  {used}")
