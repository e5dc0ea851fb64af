"""Languages and time zone: French and English, others by configuration alone."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf.locale import LANG_INFO

from kbportal.environment import env
from kbportal.environment.terminal import DEFAULT_LANGUAGES


def languages() -> list[tuple[str, str]]:
    """Return ``LANGUAGES``: pairs of code and the language's name in itself.

    Raise ``ImproperlyConfigured``: Django knows no such language.
    """
    codes = [code.lower() for code in env.words("PORTAL_LANGUAGES", DEFAULT_LANGUAGES)]
    unknown = [code for code in codes if "name_local" not in LANG_INFO.get(code, {})]
    if unknown:
        raise env.refuse(
            "PORTAL_LANGUAGES",
            f"holds {unknown[0]!r}, which is no language code",
            "Write codes such as fr,en,de.",
        )
    return [(code, LANG_INFO[code]["name_local"]) for code in dict.fromkeys(codes)]


def default_language(offered: list[tuple[str, str]]) -> str:
    """Return the language shown to a reader whose browser asks for none of the ``offered``.

    Raise ``ImproperlyConfigured``: DEFAULT_LANGUAGE is not among them.
    """
    codes = tuple(code for code, _name in offered)
    return env.choice("DEFAULT_LANGUAGE", codes, codes[0])


def time_zone() -> str:
    """Return TIME_ZONE, the zone in which dates are shown.

    Raise ``ImproperlyConfigured``: there is no such zone in the IANA database.
    """
    name = env.text("TIME_ZONE", "UTC")
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise env.refuse(
            "TIME_ZONE", f"is {name!r}, which is no time zone", "Write one such as Europe/Paris."
        ) from None
