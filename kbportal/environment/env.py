"""Settings from environment variables, with an error that names the variable.

Those that the environment does not set are taken from a file, so that the web server and every
command have the same: the one that ``PORTAL_ENV_FILE`` names, else ``.env`` beside ``manage.py``.

Every reader takes the name of the variable as a literal first argument: a test collects these
names from the code and compares them with the table in the README.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from dotenv import dotenv_values

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})


def read_file(beside: Path) -> None:
    """Set the variables of the file of settings that the environment does not set.

    ``beside``: the folder of ``.env``. An empty ``PORTAL_ENV_FILE`` means no file at all.

    Raise ``ImproperlyConfigured``: ``PORTAL_ENV_FILE`` names none that can be read.
    """
    named = os.environ.get("PORTAL_ENV_FILE")
    path = Path(named or beside / ".env").expanduser()
    if named == "" or (named is None and not path.exists()):
        return
    try:
        with path.open(encoding="utf-8") as stream:
            # Without interpolation: a password may hold a dollar sign.
            values = dotenv_values(stream=stream, interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        why = f"names {path}, which cannot be read ({reason})"
        raise refuse("PORTAL_ENV_FILE", why, "Correct the path or the rights.") from None
    for name, value in values.items():
        if value is not None:
            os.environ.setdefault(name, value)


def refuse(name: str, why: str, remedy: str) -> ImproperlyConfigured:
    """Build the error for variable ``name``: what is wrong, then what to do about it."""
    return ImproperlyConfigured(f"{name} {why}. {remedy}")


def text(name: str, default: str = "") -> str:
    """Return the variable without surrounding space; ``default`` when unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return whether the variable ``name`` says yes; ``default`` where it is not set or empty.

    Raise ``ImproperlyConfigured``: the value is none of the accepted words, so that a typing error
    such as ``DEBUG=flase`` never counts as an answer.
    """
    value = text(name).lower()
    if not value:
        return default
    if value in TRUE_WORDS | FALSE_WORDS:
        return value in TRUE_WORDS
    raise refuse(name, f"is {value!r}, which is neither yes nor no", f"Set {name}=true or false.")


def number(name: str, default: int, minimum: int = 0) -> int:
    """Return a whole number of at least ``minimum``.

    Raise ``ImproperlyConfigured``: the value is no whole number or too small.
    """
    value = text(name)
    if not value:
        return default
    if value.isascii() and value.isdigit() and int(value) >= minimum:
        return int(value)
    raise refuse(
        name,
        f"is {value!r}, but must be a whole number of at least {minimum}",
        f"Correct it, or remove it to use {default}.",
    )


def words(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Return a comma-separated list without blanks; ``default`` when it holds nothing."""
    found = [word.strip() for word in text(name).split(",")]
    return [word for word in found if word] or list(default)


def choice(name: str, allowed: tuple[str, ...], default: str) -> str:
    """Return one of the ``allowed`` values, compared without regard to case.

    Raise ``ImproperlyConfigured``: the value is not among them.
    """
    value = text(name, default)
    for known in allowed:
        if known.lower() == value.lower():
            return known
    raise refuse(name, f"is {value!r}", f"Choose one of: {', '.join(allowed)}.")


def folder(name: str, default: Path) -> Path:
    """Return an absolute folder path; nothing is created. ``~`` is expanded."""
    return Path(text(name, str(default))).expanduser().resolve()
