"""What is wrong with a text that cannot be rendered, in the words of whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from ..texts.bounded import UnrenderableText
from ..texts.remarks import remark

#: Characters of a section. The longest of 435 real documents has 298,000 in all its sections.
LONGEST_SECTION = 200_000
_WORDS = {
    "too_long": gettext_noop(
        "The text is longer than %(limit)d characters. Divide it among several articles."
    ),
    "too_slow": gettext_noop(
        "The text takes too long to read. Shorten it, or divide it into shorter paragraphs."
    ),
    "too_large": gettext_noop("The text takes too much memory to read. Shorten it."),
    "too_deep": gettext_noop(
        "Lists, quotations or HTML elements are nested too deep in the text. Use fewer levels."
    ),
    "too_intricate": gettext_noop(
        "A paragraph of the text holds too many marks (such as * _ [ < and `). Divide it, or put"
        " what was copied from a log or a program into a code block."
    ),
    "crash": gettext_noop("The text cannot be read. Take out what you added last and try again."),
}


def refusal(error: UnrenderableText) -> str:
    """Return why the text was refused and what to do, in the active language."""
    return _(_WORDS[error.reason]) % {"limit": LONGEST_SECTION}


def remark_of(error: ValidationError) -> str:
    """Return what is stored of the first message of ``error``, to be read in any language.

    Its text is to be a lazy one; another is kept as it is.
    """
    lists = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    first = next(one for errors in lists for one in errors)
    with override(None):  # the text of the source, as catalogues know it
        values = {name: _plain(value) for name, value in (first.params or {}).items()}
        return remark(str(first.message), **values)


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)


@contextmanager
def as_validation_errors() -> Iterator[None]:
    """Turn ``UnrenderableText`` into a ``ValidationError`` of the field that holds the text."""
    try:
        yield
    except UnrenderableText as error:
        raise ValidationError({error.field or NON_FIELD_ERRORS: refusal(error)}) from error
