"""The key that signs sessions: given for a deployment, made once for a local run."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import env

#: What Django's deployment check security.W009 asks of a key.
MINIMUM_LENGTH = 50
MINIMUM_DISTINCT = 5
INSECURE_PREFIX = "django-insecure-"
REMEDY = (
    "Set it to a random value of its own, for example from: "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
)


def checked(key: str) -> str:
    """Return ``key`` when it is strong enough to sign sessions.

    Raise ``ImproperlyConfigured``: it is missing, short, monotonous or an example.
    """
    if not key:
        raise env.refuse("SECRET_KEY", "is not set", REMEDY)
    if key.startswith(INSECURE_PREFIX):
        raise env.refuse("SECRET_KEY", f"starts with {INSECURE_PREFIX!r}, an example key", REMEDY)
    if len(key) < MINIMUM_LENGTH or len(set(key)) < MINIMUM_DISTINCT:
        raise env.refuse(
            "SECRET_KEY",
            f"is too weak (at least {MINIMUM_LENGTH} characters, "
            f"{MINIMUM_DISTINCT} of them different)",
            REMEDY,
        )
    return key


def of_this_folder(path: Path) -> str:
    """Return the key kept in the file ``path``, made at the first call with mode 600.

    Two processes that start together get the same key: the file appears complete or not at all.

    Raise ``ImproperlyConfigured``: the file cannot be read or written.
    """
    try:
        if not path.exists():
            _create(path)
        return checked(path.read_text(encoding="ascii").strip())
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise ImproperlyConfigured(
            f"The key file {path} cannot be used ({reason}). "
            "Make its folder writable, or point DATA_DIR to one that is."
        ) from None


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(50) + "\n")
        # A link, unlike a rename, fails when another process was first: its key stands.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
