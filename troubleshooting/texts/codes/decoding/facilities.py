"""Names of HRESULT facilities, from the table ``facilities.tsv``, which says its sources."""

from collections.abc import Iterator, Mapping
from importlib import resources

ITF = 4
WIN32 = 7


def _read() -> Iterator[tuple[int, str]]:
    text = resources.files(__package__).joinpath("facilities.tsv").read_text("utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            number, name, _source = line.split("\t")
            yield int(number), name


FACILITY_NAMES: Mapping[int, str] = dict(_read())
"""Facility number (0 to 2047) -> its name without ``FACILITY_``."""
