"""What readers call sections, and the ways in which a code was read."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from ..texts.codes import FAMILIES, FAMILY_OF, NUMBER, Note, ReadingKind

SECTION_NAMES = {
    "problem": gettext_lazy("Problem"),
    "cause": gettext_lazy("Cause"),
    "resolution": gettext_lazy("Resolution"),
    "other": gettext_lazy("Further information"),
}
#: What a code was taken for, by the kind of its reading.
READING_LABELS: dict[str, Promise] = {
    **{family.kind: gettext_lazy(family.reading) for family in FAMILIES},
    ReadingKind.EXACT: gettext_lazy("code"),
    ReadingKind.WIN32: gettext_lazy("Windows error number"),
    ReadingKind.DECIMAL: gettext_lazy(FAMILY_OF[NUMBER].reading),
    ReadingKind.LOW_WORD: gettext_lazy("last four digits of a code"),
    ReadingKind.ENDING: gettext_lazy("last digits of a code"),
    ReadingKind.PREFIX: gettext_lazy("beginning of a code"),
    ReadingKind.SYMBOL_PART: gettext_lazy("part of the name of an error"),
    ReadingKind.SYMBOL_NEAR: gettext_lazy("error with a similar name"),
    ReadingKind.NAMED: gettext_lazy("Windows error of that name"),
    ReadingKind.NAME_PART: gettext_lazy("Windows error with these words in its name"),
}
#: What had to be assumed for it.
NOTE_LABELS: dict[str, Promise] = {
    Note.NO_PREFIX: gettext_lazy("0x was missing"),
    Note.LOST_ZEROS: gettext_lazy("0x and zeros were missing"),
    Note.SIGNED: gettext_lazy("from a signed decimal number"),
    Note.UNSIGNED: gettext_lazy("from a decimal number"),
    Note.LOST_MINUS: gettext_lazy("from a decimal number without its minus sign"),
    Note.SIGN_EXTENDED: gettext_lazy("from 64 bits"),
    Note.LETTERS: gettext_lazy("letters read as digits"),
    Note.SPACED: gettext_lazy("blanks and signs left out"),
    Note.SPOKEN: gettext_lazy("digits written as words"),
    Note.MISCOUNTED: gettext_lazy("too many digits"),
}
