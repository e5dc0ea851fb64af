"""``manage.py seed_demo_users``: people to try the portal with."""

from argparse import ArgumentParser
from typing import Any, cast

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import CommandError
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ...access import ROLES
from ..base import PortalCommand

#: User name -> the group; a member of staff reads internal articles and writes nothing.
PEOPLE = {**{role.lower(): role for role in ROLES}, "staff": ""}


class Command(PortalCommand):
    help = cast(
        "str",
        gettext_lazy(
            "Adds an author, a reviewer, an administrator and a member of staff, for trying."
        ),
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--password", help=_("The same for all; one is made up where none is given.")
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.IS_LOCAL:
            raise CommandError(
                _("Demo users have a password that everybody knows: local runs only.")
            )
        password = options["password"] or get_random_string(12)
        for name, group in PEOPLE.items():
            self._seed(name, group, password)
        self.stdout.write(
            _("%(names)s: password %(password)s")
            % {"names": ", ".join(PEOPLE), "password": password}
        )

    def _seed(self, name: str, group: str, password: str) -> None:
        user, _created = User.objects.get_or_create(username=name)
        user.is_staff = True
        user.set_password(password)
        user.save()
        user.groups.set(Group.objects.filter(name=group))
