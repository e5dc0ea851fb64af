"""An error number taken apart, in the reader's words.

Only what holds everywhere is said: severity, facility, the facility's own number. What a number
means is for the articles to say.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .. import Hresult, hresult_of, low_word


@dataclass(frozen=True, slots=True)
class Decoded:
    """The parts of a code, each as label and words, and a remark that keeps from misreading."""

    parts: list[tuple[str, str]]
    remark: str


def decoded(value: int | None) -> Decoded | None:
    """Return the parts of an HRESULT; None for whatever is not certainly one."""
    hresult = hresult_of(value)
    return Decoded(_parts(hresult), _remark(hresult)) if hresult else None


def _parts(hresult: Hresult) -> list[tuple[str, str]]:
    name, number = hresult.facility_name, hresult.facility
    failed = hresult.severity == "failure"
    parts = [
        (_("Severity"), _("failure") if failed else _("success")),
        (_("Facility"), f"{name} ({number})" if name else str(number)),
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


def relation(missing: int | None, near: int | None) -> str:
    """In what way a documented number is near one that is not; empty where neither is known."""
    if missing is None or near is None:
        return ""
    if low_word(missing) == low_word(near):
        return _("same last four digits in another facility")
    return _("same facility")
