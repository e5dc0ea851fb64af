"""How the search understood the query, in the reader's words, each part of it removable."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...search.result import Understood
from ...texts.codes import FAMILIES, FAMILY_OF, NUMBER, Note, ReadingKind

_LABELS = {
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
_NOTES: dict[str, Promise] = {
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


#: What can be taken out, by the beginning of its name.
_REMOVABLE = {
    **{str(kind): label for kind, label in _LABELS.items()},
    "word": gettext_lazy("word"),
    "message": gettext_lazy("message"),
    "correction": gettext_lazy("correction"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood: ``typed`` was read as ``label`` ``value``.

    ``codes`` are documented codes that it leads to beside ``value``; ``id`` names it in the
    parameter ``without``. The words searched are one chip with ``parts``, each removable.
    """

    what: str
    typed: str
    label: str
    value: str
    notes: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    known: bool = True
    id: str = ""
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """A word searched."""

    value: str
    id: str


#: More codes than these would hide the answer; the code pages lead to the others.
_CODES = 6
#: Things understood that are shown; a pasted text may hold hundreds.
MOST = 12


def chips(understood: Sequence[Understood]) -> list[Chip]:
    """The first ``MOST`` things understood, documented ones first; then the words."""
    told = [one for one in understood if one.what != "word"]
    shown = [_chip(one) for one in sorted(told, key=lambda one: not one.known)[:MOST]]
    parts = [Part(one.value, one.id) for one in understood if one.what == "word"]
    if not parts:
        return shown
    known = all(one.known for one in understood if one.what == "word")
    label = ngettext("word", "words", len(parts))
    return [*shown, Chip("words", "", label, "", known=known, parts=parts)]


def _chip(one: Understood) -> Chip:
    if one.what == "message":
        return Chip("message", "", _("message"), one.value, id=one.id)
    if one.what == "correction":
        return Chip("correction", one.text, _("taken for"), one.value, id=one.id)
    hresult = one.details.get("hresult")
    notes = [str(_NOTES[one.note])] if one.note in _NOTES else []
    if hresult and hresult["win32"] is not None:
        notes.insert(0, _("Windows error %(number)d") % {"number": hresult["win32"]})
    codes = [code for code in one.details.get("codes", ()) if code != one.value]
    return Chip(
        what="reading",
        typed="" if one.text.casefold() == one.value.casefold() else one.text,
        label="HRESULT" if hresult else str(_LABELS.get(one.reading, _("code"))),
        value=one.value,
        notes=notes,
        codes=codes[:_CODES],
        known=one.known,
        id=one.id,
    )


def removed(without: Collection[str]) -> list[tuple[str, str]]:
    """What the reader took out: what names each, and what to call it."""
    named = []
    for name in sorted(without):
        kind, _colon, value = name.partition(":")
        if kind == "correction":
            value = " → ".join(value.split("=", 1))
        if kind in _REMOVABLE and value:
            named.append((name, f"{_REMOVABLE[kind]} {value}"))
    return named
