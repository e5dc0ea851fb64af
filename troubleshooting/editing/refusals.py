"""What is wrong with a text that cannot be rendered, in the words of whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy, gettext_noop, override

from ..texts.bounded import FOR_NOW, UnrenderableText
from ..texts.remarks import in_words, remark, whole_remark

#: Characters of a section. The longest of 435 real documents has 298,000 in all its sections.
LONGEST_SECTION = 200_000
_NOT_NOW = gettext_noop("The server is too busy to read the text now. Try again in a few minutes.")
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
    **dict.fromkeys(FOR_NOW, _NOT_NOW),
}


def refusal(error: UnrenderableText) -> str:
    """Return why the text was refused and what to do, in the active language."""
    return in_words(refusal_remark(error))


def refusal_remark(error: UnrenderableText) -> str:
    """Return why the text was refused and what to do, to be read in any language."""
    return whole_remark(_WORDS[error.reason], limit=LONGEST_SECTION)


def remark_of(error: ValidationError) -> str:
    """Return what is stored of the first message of ``error``, to be read in any language.

    Its text is to be a lazy one; another is kept as it is.
    """
    first = next(_errors(error))
    with override(None):  # the text of the source, as catalogues know it
        return remark(str(first.message), **_values(first))


def remarks_of(error: ValidationError) -> str:
    """Return all messages of ``error``, to be read in any language, as ``remark_of`` the first."""
    with override(None):
        said = [whole_remark(str(one.message), **_values(one)) for one in _errors(error)]
    return " ".join(said)


def _errors(error: ValidationError) -> Iterator[ValidationError]:
    lists = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    return chain.from_iterable(lists)


def _values(error: ValidationError) -> dict[str, str | int]:
    return {name: _plain(value) for name, value in (error.params or {}).items()}


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)


@contextmanager
def as_validation_errors() -> Iterator[None]:
    """Turn ``UnrenderableText`` into a ``ValidationError`` of the field that holds the text."""
    try:
        yield
    except UnrenderableText as error:
        words = ValidationError(
            gettext_lazy(_WORDS[error.reason]), params={"limit": LONGEST_SECTION}
        )
        raise ValidationError({error.field or NON_FIELD_ERRORS: words}) from error
