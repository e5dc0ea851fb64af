"""Texts that are nothing but one code, such as the first cell of a row of errors."""

from functools import lru_cache

from . import announcing
from .families import FAMILIES
from .finding import find_codes
from .model import Code
from .names import is_capitals
from .spelling import without_invisible

LONGEST = 200  # characters; no code with its label is longer

_WRAPPING = " \t\r\n\u00a0\u202f*_`\"'“”«»‘’()[]{}<>|.,;:!?…"


def parse_code(text: str) -> Code | None:
    """Read a whole text as one code.

    ``text``: e.g. ``0x80cf0440``, ``**NoEnrollmentPolicy**``, ``Erreur 400``, ``5.7.124``; quotes,
    Markdown marks and punctuation around it do not matter.

    Return the code, or None when the text is anything else, several codes included.
    """
    bare = unwrap(text)
    return _parse_bare(bare) if 0 < len(bare) <= LONGEST else None


@lru_cache(maxsize=512)  # the cells of one table are asked for again and again
def _parse_bare(bare: str) -> Code | None:
    whole = next(filter(None, (family.parse(bare) for family in FAMILIES)), None)
    return whole or _parse_labelled(bare)


def announced_code(text: str) -> Code | None:
    """Read a whole text as one code where nothing but codes stand, such as a column of them.

    There ``4c7`` is a code, which alone could be anything.
    """
    if code := parse_code(text):
        return code
    bare = unwrap(text)
    before = "error code: "
    mentions = find_codes(before + bare) if 0 < len(bare) <= LONGEST else []
    whole = len(mentions) == 1 and mentions[0].start == len(before)
    return mentions[0].code if whole and mentions[0].spelling == bare else None


def code_in_list(text: str) -> Code | None:
    """Read a cell of a column of codes, or one of a line of codes, as ``announced_code`` does.

    A word in capitals alone is none: cells say so that there is no code.
    """
    return None if is_capitals(unwrap(text)) else announced_code(text)


def unwrap(text: str) -> str:
    """Take invisible characters out of a text, and quotes and marks of any kind off both ends."""
    return without_invisible(text).strip(_WRAPPING).replace("\\_", "_")


def _parse_labelled(text: str) -> Code | None:
    """Read ``Event ID 36`` or ``hr=0x8007064C``: words of a label and one code."""
    mentions = find_codes(text)
    if len(mentions) != 1:
        return None
    mention = mentions[0]
    labelled = announcing.LABEL_WORDS.fullmatch(text, 0, mention.start)
    return mention.code if labelled and mention.end == len(text) else None
