"""From EMAIL_URL to Django's mail settings."""

from email.utils import parseaddr
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from kbportal.environment import env
from kbportal.environment.deployment import LOOPBACK_HOSTS

SMTP = "django.core.mail.backends.smtp.EmailBackend"
TERMINAL = "django.core.mail.backends.console.EmailBackend"
#: Scheme -> the usual port. ``tls`` begins in the clear and changes over, ``ssl`` never is.
PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
REMEDY = "Write smtp+tls://user:password@mail.example.org:587, or smtp+ssl:// or smtp://."
#: Seconds after which a mail server that does not answer is given up.
_PATIENCE = 20


def mail_settings() -> dict[str, Any]:
    """Return Django's ``EMAIL_*`` settings; without EMAIL_URL mails go to the terminal.

    Raise ``ImproperlyConfigured``: the address is malformed, of another kind, or would send a
    password in the clear to another machine.
    """
    url = env.text("EMAIL_URL")
    if not url:
        return {"EMAIL_BACKEND": TERMINAL}
    parts, port = _parsed(url)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    if bool(user) != bool(password):
        raise _refused("names a user or a password, but not both")
    if password and parts.scheme == "smtp" and parts.hostname not in LOOPBACK_HOSTS:
        raise _refused("would send the password in the clear")
    return {
        "EMAIL_BACKEND": SMTP,
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": password,
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": _PATIENCE,
    }


def sender(hosts: list[str]) -> str:
    """Return DEFAULT_FROM_EMAIL; an address at the first of the portal's ``hosts`` when not set.

    Raise ``ImproperlyConfigured``: it is no address of mail.
    """
    given = env.text("DEFAULT_FROM_EMAIL", f"portal@{hosts[0].strip('.')}")
    _name, address = parseaddr(given)
    user, _at, domain = address.rpartition("@")
    if not user or not domain or not given.isprintable():
        raise env.refuse(
            "DEFAULT_FROM_EMAIL",
            f"is {given!r}, which is no mail address",
            "Write portal@example.org or Portal <portal@example.org>.",
        )
    return given


def _parsed(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused("is no address of a mail server") from None
    if parts.scheme not in PORTS:
        raise _refused("begins with none of smtp://, smtp+tls:// and smtp+ssl://")
    if not parts.hostname:
        raise _refused("names no host")
    if parts.path.strip("/") or parts.query or parts.fragment:
        # Mostly a password with a character that has to be written as %2F, %3F or %23.
        raise _refused("goes on after the host; in a password / ? # are %2F %3F %23")
    return parts, port or PORTS[parts.scheme]


def _refused(why: str) -> ImproperlyConfigured:
    # The address itself holds a password: it is never repeated.
    return env.refuse("EMAIL_URL", why, REMEDY)
