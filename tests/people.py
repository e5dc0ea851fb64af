"""The people of the tests, by what they may do."""

from django.contrib.auth.models import Group, Permission, User

from troubleshooting.access import ROLES as PERMISSIONS

ROLES = {name.lower(): name for name in PERMISSIONS}


def make_groups() -> None:
    """Make the groups as the migration does; tests that empty the database lose them."""
    for name, codenames in PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        labels = ("troubleshooting", "auth")
        group.permissions.set(
            Permission.objects.filter(codename__in=codenames, content_type__app_label__in=labels)
        )


def person(role: str, name: str = "") -> User:
    """Return a user: ``reader`` (signed in, no staff), ``staff``, or a role of ``ROLES``."""
    user = User.objects.create_user(name or role, password=f"{role}-password")
    user.is_staff = role != "reader"
    user.save()
    if role in ROLES:
        if not Group.objects.filter(name=ROLES[role]).exists():
            make_groups()
        user.groups.add(Group.objects.get(name=ROLES[role]))
    return user
