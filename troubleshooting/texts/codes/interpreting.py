"""Every reading of what a user typed for a code, the most plausible first."""

import unicodedata
from collections.abc import Iterable

from .families import FAMILIES, FAMILY_OF
from .families.event import KIND as EVENT
from .family import exact_reading
from .parsing import LONGEST, parse_code, unwrap
from .reading import Reading


def readings(query: str) -> list[Reading]:
    """Return every reading of one token or number that may be a code.

    ``query``: what was typed, with any quotes or punctuation around it: ``8007064C``, ``1612``,
    ``-2147023284``, ``MdmAuthorityNot``, ``hr=0x8007064C.``, ``Event ID 36``.

    Return the readings without doubles, the most plausible first. Empty for words of a language,
    even with an apostrophe, and for longer texts (see ``find_codes`` for those). A symbolic code
    typed in lower case looks like a word: compare its key with the known ones.
    """
    token = unwrap(unicodedata.normalize("NFKC", query[: 4 * LONGEST]))
    if not token or len(token) > LONGEST:
        return []
    read = next(filter(None, (family.read(token) for family in FAMILIES if family.read)), None)
    return _without_doubles(read or _read_labelled(token))


def _read_labelled(token: str) -> list[Reading]:
    """Read a code with its label; what the label rules out is not given."""
    code = parse_code(token)
    if code is None:
        return []
    read = FAMILY_OF[code.kind].read
    if read is None:
        return [exact_reading(code)]
    if code.canonical == token:  # No label: the families have had their say.
        return []
    return [reading for reading in read(code.canonical) if reading.kind != EVENT]


def _without_doubles(readings: Iterable[Reading]) -> list[Reading]:
    """Keep the first of the readings that ask the same of an index."""
    unique: dict[tuple[object, ...], Reading] = {}
    for reading in readings:
        unique.setdefault((reading.lookup, reading.code_kinds, reading.value, reading.key), reading)
    return list(unique.values())
