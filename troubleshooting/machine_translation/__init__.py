"""Machine translation: units of a public article, asked of the service that a setting names.

The service answers as LibreTranslate's ``/translate`` does. It is off by default. Its host is
trusted, since the administrator's own setting names it: it may be a private one, and nothing else
chooses what is called.
"""

from .asking import TranslationServiceError, check_service, is_on, service_host
from .units import MachineAnswer, MachineUnit, translate_units
from .wording import failure_in_words, refusal_in_words

__all__ = [
    "MachineAnswer",
    "MachineUnit",
    "TranslationServiceError",
    "check_service",
    "failure_in_words",
    "is_on",
    "refusal_in_words",
    "service_host",
    "translate_units",
]
