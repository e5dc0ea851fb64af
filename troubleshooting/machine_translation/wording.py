"""What translators are told of what went wrong."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from .asking import TranslationServiceError
from .units import MachineAnswer

#: Characters of what was lost or added that are shown.
_LONGEST = 80
#: What is said where nothing was translated.
FAILURES = {
    "unreachable": gettext_lazy("The translation service does not answer."),
    "too_slow": gettext_lazy("The translation service took too long."),
    "too_large": gettext_lazy("The answer of the translation service is too large."),
    "unreadable": gettext_lazy("The answer of the translation service cannot be read."),
    "redirected": gettext_lazy(
        "The translation service is at another address now: an administrator has to correct the"
        " setting."
    ),
    "not_there": gettext_lazy(
        "There is no translation service at the address of the setting: an administrator has to"
        " correct it."
    ),
    "not_allowed": gettext_lazy("The translation service refuses the key of the portal."),
    "too_often": gettext_lazy("The translation service is asked too often. Try again later."),
    "too_long": gettext_lazy("The text is too long for one call. Translate fewer rows at once."),
    "not_understood": gettext_lazy("The translation service refuses the text."),
    "failed": gettext_lazy("The translation service failed."),
}
#: What is said of a row whose translation is not offered.
REFUSALS = {
    "lost": gettext_lazy("The machine lost what has to stay as it is: %(detail)s."),
    "added": gettext_lazy("The machine added what the source does not have: %(detail)s."),
    "empty": gettext_lazy("The machine returned nothing."),
    "too_long": gettext_lazy("The machine returned far more than the source says."),
    "unreadable": gettext_lazy("What the machine returned cannot be read."),
}


def failure_in_words(error: TranslationServiceError) -> str:
    """Return why nothing was translated, with what the service said itself."""
    said = f"({error.detail})" if error.detail else ""
    return " ".join(filter(None, [str(FAILURES[error.reason]), said]))


def refusal_in_words(answer: MachineAnswer) -> str:
    """Return why a unit is not offered."""
    return REFUSALS[answer.refused] % {"detail": answer.detail[:_LONGEST]}
