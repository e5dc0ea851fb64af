"""The names that Windows gives its errors: by value, by name, by a part of a name.

The table ``windows.tsv`` says where the names come from. A name is a fact about a value and no
more: what to do is for the articles to say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from ..decoding.hresult import hresult_from_win32, hresult_of
from ..model import Code
from ..reading import HEX, NUMBER
from ..spelling import normalise_spelling

#: A shorter part of a name is in too many names.
_SHORTEST_PART = 5
_WIN32 = "win32"


@dataclass(frozen=True, slots=True)
class PublishedName:
    """A name and the value that Windows documents for it.

    ``name``: as it is published, ``ERROR_INSTALL_FAILURE``. ``value``: the number of a Win32 error,
    0 to 65535, or a whole HRESULT. ``is_win32``: which of the two the value is.
    """

    name: str
    value: int
    is_win32: bool

    @property
    def canonical(self) -> str:
        """Return the value as it is usually written: ``1603``, ``0x80240022``."""
        return str(self.value) if self.is_win32 else f"0x{self.value:08X}"

    @property
    def hresult(self) -> int:
        """Return the value as an HRESULT, 0x80000000 to 0xFFFFFFFF; 0 for success."""
        wraps = self.is_win32 and self.value
        return hresult_from_win32(self.value) if wraps else self.value


class _Table:
    """The names by value and by key."""

    def __init__(self, names: Iterable[PublishedName]) -> None:
        self.by_value: dict[tuple[bool, int], list[PublishedName]] = {}
        self.by_key: dict[str, list[PublishedName]] = {}
        self.padded: list[tuple[str, PublishedName]] = []
        for name in names:
            self.by_value.setdefault((name.is_win32, name.value), []).append(name)
            self.by_key.setdefault(normalise_spelling(name.name), []).append(name)
            self.padded.append((f"_{name.name}_", name))

    def of(self, is_win32: bool, value: int | None) -> list[PublishedName]:
        """Return the names of a value."""
        return [] if value is None else self.by_value.get((is_win32, value), [])


@cache
def _table() -> _Table:
    """Read the table, once and only when a name is asked for."""
    text = resources.files(__package__).joinpath("windows.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return _Table(PublishedName(name, int(value, 0), kind == _WIN32) for value, name, kind in rows)


def names_of(code: Code) -> Sequence[PublishedName]:
    """Return the names of a number, those of the whole value first.

    A failure of the facility WIN32 also has the names of the system error that it wraps, and a
    number of up to sixteen bits those of the system error with it. No other facility lends its
    names: the same low word means something else in each.
    """
    if code.value is None or code.kind not in (HEX, NUMBER):
        return []
    hresult = hresult_of(code.value)
    number = hresult.win32 if hresult else code.value if code.value <= 0xFFFF else None
    table = _table()
    whole = table.of(False, code.value) if code.kind == HEX else []
    return [*whole, *table.of(True, number)]


def named(text: str) -> Sequence[PublishedName]:
    """Return what a whole name stands for, in any case, with or without its underscores."""
    return _table().by_key.get(normalise_spelling(text), [])


def published_keys() -> Collection[str]:
    """Return the keys of all names, as ``normalise_spelling`` makes them."""
    return _table().by_key.keys()


def holding(text: str, most: int) -> Sequence[PublishedName]:
    """Return names that hold whole parts of a name: ``INSTALL_FAILURE``, not ``TALL_FAIL``.

    The shortest come first, ``most`` at most: the less a name says besides, the likelier it is.
    """
    part = text.strip("_").upper()
    if len(part) < _SHORTEST_PART or "_" not in part:
        return []
    between = f"_{part}_"
    found = [name for padded, name in _table().padded if between in padded]
    return sorted(found, key=lambda name: (len(name.name), name.name))[:most]
