"""The families of error codes: one module each, one row each.

The order of the rows is that of the filters, and the order in which a text or token is read:
what any maker's code looks like comes after the families that say more.
"""

from __future__ import annotations

from ..family import Family
from .aadsts import AADSTS
from .agent import AGENT
from .event import EVENT
from .hexadecimal import HEXADECIMAL
from .http import HTTP
from .ndr import NDR
from .number import NUMBER
from .product import PRODUCT
from .symbol import SYMBOL

FAMILIES: tuple[Family, ...] = (
    HEXADECIMAL,
    SYMBOL,
    AADSTS,
    AGENT,
    NDR,
    PRODUCT,
    EVENT,
    HTTP,
    NUMBER,
)
FAMILY_OF: dict[str, Family] = {family.kind: family for family in FAMILIES}
NAMES_OF_CODES = frozenset(name for family in FAMILIES for name in family.names)
"""Folded words that announce a code in every language."""
NUMERIC_KINDS = frozenset(family.kind for family in FAMILIES if family.is_number)
"""The kinds whose ``value`` is the code itself, so that 0xAB2 and 2738 are the same number."""
NAME_KINDS = frozenset(family.kind for family in FAMILIES if family.is_name)
"""The kinds whose codes are names, found as such in any letter case."""
