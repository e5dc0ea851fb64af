"""How the search understood the query, in the reader's words, each part of it removable."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ...representing.names import NOTE_LABELS, READING_LABELS
from ...search.result import Understood

#: What can be taken out, by the beginning of its name.
_REMOVABLE = {
    **{str(kind): label for kind, label in READING_LABELS.items()},
    "word": gettext_lazy("word"),
    "message": gettext_lazy("message"),
    "correction": gettext_lazy("correction"),
    "phrase": gettext_lazy("exactly"),
    "excluded": gettext_lazy("without"),
    "vocabulary": gettext_lazy("vocabulary"),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing understood: ``typed`` was read as ``label`` ``value``.

    ``codes`` are documented codes that it leads to beside ``value``; ``id`` names it in the
    parameter ``without``. The words searched are one chip with ``parts``, each removable, and so
    is all that one thing typed was also taken for.
    """

    what: str
    typed: str
    label: str
    value: str
    notes: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    known: bool = True
    id: str = ""
    parts: list[ChipPart] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ChipPart:
    """One of several that a chip holds, such as a word searched."""

    value: str
    id: str


#: More codes than these would hide the answer; the code pages lead to the others.
_CODES = 6
_MINUS = "-\N{MINUS SIGN}\N{EN DASH}"
#: Things understood that are shown; a pasted text may hold hundreds.
MOST = 12


def chips(understood: Sequence[Understood]) -> list[Chip]:
    """Return the first ``MOST`` things understood, documented ones first; then the words.

    A code that is not documented is searched as a word as well, but is told once.
    """
    told = [one for one in understood if one.what != "word"]
    told = sorted(told, key=lambda one: not one.known)[:MOST]
    shown = _gathered([_chip(one) for one in told])
    codes = [one.text.casefold() for one in told if one.what == "reading" and not one.known]
    unknown = {*codes, *(code.lstrip(_MINUS) for code in codes)}
    words = [one for one in understood if one.what == "word"]
    words = [one for one in words if one.text.casefold() not in unknown]
    if not words:
        return shown
    parts = [ChipPart(one.text, one.id) for one in words]
    known = all(one.known for one in words)
    label = ngettext("word", "words", len(parts))
    return [*shown, Chip("words", "", label, "", known=known, parts=parts)]


def _gathered(each: Sequence[Chip]) -> list[Chip]:
    """Return the chips, those of one kind for one thing typed as one in the first's place."""
    gathered: list[Chip] = []
    places: dict[tuple[str, str], int] = {}
    for chip in each:
        key = (chip.what, chip.typed)
        if chip.what not in ("correction", "vocabulary") or key not in places:
            places[key] = len(gathered)
            gathered.append(chip)
            continue
        first = gathered[places[key]]
        parts = first.parts or [ChipPart(first.value, first.id)]
        parts = [*parts, ChipPart(chip.value, chip.id)]
        gathered[places[key]] = replace(first, value="", id="", parts=parts)
    return gathered


def _chip(one: Understood) -> Chip:
    if one.what == "message":
        return Chip("message", "", _("message"), one.value, id=one.id)
    if one.what == "correction":
        return Chip("correction", one.text, _("taken for"), one.value, id=one.id)
    if one.what in ("phrase", "excluded"):
        label = str(_REMOVABLE[one.what])
        return Chip(one.what, "", label, one.value, known=one.known, id=one.id)
    if one.what == "vocabulary":
        return Chip("vocabulary", one.text, _("also searched as"), one.value, id=one.id)
    hresult = one.details.get("hresult")
    notes = [str(NOTE_LABELS[one.note])] if one.note in NOTE_LABELS else []
    if hresult and hresult["win32"] is not None:
        notes.insert(0, _("Windows error %(number)d") % {"number": hresult["win32"]})
    codes = [code for code in one.details.get("codes", ()) if code != one.value]
    return Chip(
        what="reading",
        typed="" if one.text.casefold() == one.value.casefold() else one.text,
        label="HRESULT" if hresult else str(READING_LABELS.get(one.reading, _("code"))),
        value=one.value,
        notes=notes,
        codes=codes[:_CODES],
        known=one.known,
        id=one.id,
    )


def removed(without: Collection[str]) -> list[tuple[str, str]]:
    """Return what the reader took out: what names each, and what to call it."""
    named = []
    for name in sorted(without):
        kind, _colon, value = name.partition(":")
        if kind in ("correction", "vocabulary"):
            value = " → ".join(value.split("=", 1))
        if kind in _REMOVABLE and value:
            named.append((name, f"{_REMOVABLE[kind]} {value}"))
    return named
