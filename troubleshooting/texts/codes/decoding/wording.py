"""An error code taken apart, in the reader's words.

Only what holds everywhere is said: severity, facility, the facility's own number, the name that
Windows documents for exactly this value. What is to be done is for the articles to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ...languages.glosses import Gloss, facility_gloss, gloss
from .. import HEX, NUMERIC_KINDS, Code, Hresult, hresult_of, low_word
from ..arriving.slips import Slip, likely_codes
from ..published.names import PublishedName, find_names, holding, names_of

#: Names that hold what was typed of one; more would say nothing.
_MOST_NAMES = 6
#: Hex digits of a whole code.
_WHOLE = 8


@dataclass(frozen=True, slots=True)
class WindowsName:
    """A name that Windows documents, what it says in short, and the values if it was asked for."""

    name: str
    gloss: Gloss | None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a code says of itself.

    ``parts``: those of an HRESULT, each as label and words. ``remark``: what keeps from misreading
    them. ``label``: what ``names`` are. ``names``: names that Windows documents, none where it
    documents none for the very value.
    """

    parts: list[tuple[str, str]]
    remark: str = ""
    label: str = ""
    names: list[WindowsName] = field(default_factory=list)


def decoded(code: Code | None, language: str) -> Decoded | None:
    """Return what a code says of itself in a language; None where nothing holds everywhere."""
    if code is None:
        return None
    if code.kind not in NUMERIC_KINDS:
        return _by_name(code, language)
    hresult = hresult_of(code.value) if code.kind == HEX else None
    names = names_of(code)
    if hresult is None and not names:
        return None
    return Decoded(
        parts=_parts(hresult, language) if hresult else [],
        remark=_remark(hresult) if hresult else _number_remark(names),
        label=_("Windows name") if _is_whole(names) or hresult else _("As a Windows error"),
        names=[WindowsName(one.name, gloss(one.name, language)) for one in names],
    )


def _by_name(code: Code, language: str) -> Decoded | None:
    """Return what Windows documents for a name, or for the names that it is a part of."""
    whole = find_names(code.canonical)
    names = whole or holding(code.canonical, _MOST_NAMES)
    if not names:
        return None
    shown = [
        WindowsName(one.name, gloss(one.name, language), tuple(dict.fromkeys(_values(one))))
        for one in names
    ]
    label = _("Windows name") if whole else _("Windows names with these words")
    return Decoded([], label=label, names=shown)


def _values(name: PublishedName) -> Iterable[str]:
    yield name.canonical
    if name.hresult:
        yield f"0x{name.hresult:08X}"


def _is_whole(names: Iterable[PublishedName]) -> bool:
    """Return whether a name stands for a whole value, not a number that others use too."""
    return any(not one.is_win32 for one in names)


def _facility(hresult: Hresult, language: str) -> str:
    """Return name, number and what part of Windows that is, as far as they are known."""
    name, number = hresult.facility_name, hresult.facility
    if not name:
        return str(number)
    said = facility_gloss(name, language)
    return f"{name} ({number}) – {said}" if said else f"{name} ({number})"


def _parts(hresult: Hresult, language: str) -> list[tuple[str, str]]:
    failed = hresult.severity == "failure"
    parts = [
        (_("Severity"), _("failure") if failed else _("success")),
        (_("Facility"), _facility(hresult, language)),
        (_("Code within the facility"), f"{hresult.code} (0x{hresult.code:04X})"),
    ]
    if hresult.win32 is not None:
        parts.append((_("Windows error"), str(hresult.win32)))
    return parts


def _remark(hresult: Hresult) -> str:
    if hresult.customer:
        return _("This code was defined by a maker other than Microsoft.")
    if hresult.interface_specific:
        return _("Each program gives codes of this facility a meaning of its own.")
    return ""


def _number_remark(names: Iterable[PublishedName]) -> str:
    if _is_whole(names):
        return ""
    return _("Other systems and programs use the same number for errors of their own.")


def relation(missing: str, near: int | None) -> str:
    """Return in what way a documented number is near a code that is not; empty where it is unknown.

    ``missing``: what was typed, as it was read: ``0x80070033``, ``0x8007064CC`` or no number.
    ``near``: the documented number.
    """
    if near is None or not missing.startswith("0x"):
        return ""
    digits = missing.removeprefix("0x")
    slip = likely_codes(digits).get(near)
    if slip:
        return _slip_words(slip)
    if len(digits) > _WHOLE:
        return ""
    same = low_word(int(digits, 16)) == low_word(near)
    return _("same last four digits in another facility") if same else _("same facility")


def _slip_words(slip: Slip) -> str:
    words = {
        Slip.SWAPPED: _("two digits swapped: did you mean this one?"),
        Slip.TOO_MANY: _("one digit less: did you mean this one?"),
        Slip.TOO_FEW: _("one digit more: did you mean this one?"),
        Slip.WRONG: _("one digit differs: did you mean this one?"),
    }
    return words[slip]
