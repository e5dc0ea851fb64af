"""What the tests of pictures share: files that are stored, and people by their role."""

from contextlib import contextmanager

from django.contrib.auth.models import User

from tests.web.editors import person


@contextmanager
def committed(capture):
    """What is done on commit is done, although the test's own transaction goes on."""
    with capture(execute=True):
        yield


def member(role: str) -> User:
    """Return somebody of that role; a reader has an account and no more, the staff no group."""
    if role == "Reader":
        return User.objects.create_user("reader")
    return person(role.lower(), "" if role == "Staff" else role)
