"""Error codes in every form: find them in texts, read what users type, take them apart.

Pure: no Django. The importer finds codes with :func:`find_codes` and :func:`parse_code`; the
search asks :func:`readings` for all that a typed code may mean and looks each up in an index.
"""

from .decoding.hresult import Hresult, hresult_from_win32, hresult_of, low_word
from .families import FAMILIES, FAMILY_OF, NAME_KINDS, NUMERIC_KINDS
from .family import Family
from .finding import codes_of_title, find_codes, with_symbols
from .interpreting import readings
from .model import Code, CodeMention
from .names import humps, is_error_name, is_failing_camel, is_field_name
from .parsing import announced_code, code_in_list, parse_code
from .reading import HEX, NUMBER, SYMBOL, Lookup, Note, Reading, ReadingKind
from .spelling import INVISIBLE, normalise_spelling, without_invisible
from .variants import spellings

__all__ = [
    "FAMILIES",
    "FAMILY_OF",
    "HEX",
    "INVISIBLE",
    "NAME_KINDS",
    "NUMBER",
    "NUMERIC_KINDS",
    "SYMBOL",
    "Code",
    "CodeMention",
    "Family",
    "Hresult",
    "Lookup",
    "Note",
    "Reading",
    "ReadingKind",
    "announced_code",
    "code_in_list",
    "codes_of_title",
    "find_codes",
    "hresult_from_win32",
    "hresult_of",
    "humps",
    "is_error_name",
    "is_failing_camel",
    "is_field_name",
    "low_word",
    "normalise_spelling",
    "parse_code",
    "readings",
    "spellings",
    "with_symbols",
    "without_invisible",
]
