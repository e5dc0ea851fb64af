"""The names that Windows gives its errors: by value, by name, by a part of a name.

The table ``windows.tsv`` says where the names come from. A name is a fact about a value and no
more: what to do is for the articles to say.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
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
    """The names by value and by key.

    Rows stay lines of text, several of one value or key with breaks between: to make objects of
    all takes ten times as long, and a process asks for few. Every name is of ASCII letters, digits
    and underscores, so that its key is soon made.
    """

    def __init__(self, text: str) -> None:
        rows = "\n".join(row for row in text.splitlines() if not row.startswith("#"))
        self._by_value: dict[str, str] = {}
        self._by_key: dict[str, str] = {}
        keys = rows.replace("_", "").casefold().split("\n")
        for row, keyed in zip(rows.split("\n"), keys, strict=True):
            value, key, _ = keyed.split("\t")
            for held, by in ((self._by_value, value), (self._by_key, key)):
                held[by] = f"{held[by]}\n{row}" if by in held else row
        self.keys: Collection[str] = self._by_key.keys()
        self._keys = "\n".join(self._by_key)

    def of(self, is_win32: bool, value: int | None) -> list[PublishedName]:
        """Return the names of a value: of a Windows number, or of 32 bits; none for None."""
        if value is None:
            return []
        return _names(self._by_value.get(str(value) if is_win32 else f"0x{value:08x}", ""))

    def called(self, key: str) -> list[PublishedName]:
        """Return the values that a name stands for.

        ``key``: the name in small letters, without underscores.
        """
        return _names(self._by_key.get(key, ""))

    def holding(self, part: str) -> list[PublishedName]:
        """Return the names that hold ``part``: whole words between underscores, ``NOT_FOUND``."""
        between, key = f"_{part}_", part.replace("_", "").casefold()
        if key not in self._keys:  # nearly always: what people type is no part of a name
            return []
        rows = (rows for one, rows in self._by_key.items() if key in one)
        return [one for one in _names("\n".join(rows)) if between in f"_{one.name}_"]


def _names(rows: str) -> list[PublishedName]:
    each = (row.split("\t") for row in rows.split("\n") if row)
    return [PublishedName(name, int(value, 0), kind == _WIN32) for value, name, kind in each]


@cache
def _table() -> _Table:
    """Read the table, once and only when a name is asked for."""
    return _Table(resources.files(__package__).joinpath("windows.tsv").read_text("utf-8"))


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


def find_names(text: str) -> Sequence[PublishedName]:
    """Return what a whole name stands for, in any case, with or without its underscores."""
    return _table().called(normalise_spelling(text))


def published_keys() -> Collection[str]:
    """Return the keys of all names, as ``normalise_spelling`` makes them."""
    return _table().keys


def holding(text: str, most: int) -> Sequence[PublishedName]:
    """Return names that hold whole parts of a name: ``INSTALL_FAILURE``, not ``TALL_FAIL``.

    The shortest come first, ``most`` at most: the less a name says besides, the likelier it is.
    """
    part = text.strip("_").upper()
    if len(part) < _SHORTEST_PART or "_" not in part:
        return []
    return sorted(_table().holding(part), key=lambda name: (len(name.name), name.name))[:most]
