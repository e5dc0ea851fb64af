"""The time to find codes grows with the length of the text: by construction, not by the clock.

Every pattern looks at a bounded number of characters from where it begins (but for runs that
cannot be given back), no repetition that can be given back holds another, and no step cuts more
than a short piece out of the text.
"""

import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from re import _constants as op
from re import _parser as parser
from types import ModuleType
from typing import Any

import pytest

from tests.unit.codes.case_files import lines, table
from troubleshooting.texts.codes import (
    announcing,
    context,
    families,
    find_codes,
    finding,
    interpreting,
    names,
    parsing,
    spelling,
)
from troubleshooting.texts.codes.announcing import CodeWord

FAMILY_MODULES = tuple(
    import_module(f"{families.__name__}.{module.name}")
    for module in pkgutil.iter_modules(families.__path__)
)
MODULES = (announcing, context, finding, interpreting, names, parsing, spelling, *FAMILY_MODULES)
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT)
WIDEST = 1100  # characters: the longest name in capitals
RUNS = {"context._WORD", "spelling._FILLING", "names._HUMP"}
"""Patterns that are nothing but a run of one set of characters: they cannot fail after it."""


def patterns(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    for name, value in vars(module).items():
        if isinstance(value, CodeWord):
            value = value.pattern
        if isinstance(value, re.Pattern):
            yield f"{module.__name__.rpartition('.')[2]}.{name}", value


PATTERNS = dict(pair for module in MODULES for pair in patterns(module))


def parts(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every node of a parsed pattern, the outer ones first."""
    for node, argument in tree:
        yield node, argument
        for child in argument if isinstance(argument, tuple | list) else [argument]:
            if isinstance(child, parser.SubPattern):
                yield from parts(child)
            elif isinstance(child, list):
                for branch in child:
                    if isinstance(branch, parser.SubPattern):
                        yield from parts(branch)


def varies(tree: Any) -> bool:
    """Return whether a part of a pattern can match in several lengths and give some back."""
    return any(node in REPEATS and low != high for node, (low, high, *_) in repeats(tree))


def repeats(tree: Any) -> Iterator[tuple[Any, Any]]:
    kinds = (*REPEATS, op.POSSESSIVE_REPEAT)
    return ((node, argument) for node, argument in parts(tree) if node in kinds)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_looks_at_a_bounded_piece(name: str):
    pattern = PATTERNS[name]
    tree = parser.parse(pattern.pattern, pattern.flags)
    unbounded = False
    for node, (_, high, body) in repeats(tree):
        if high is op.MAXREPEAT:
            unbounded = True
            assert name in RUNS or node is op.POSSESSIVE_REPEAT
            assert body.getwidth() == (1, 1)
        elif node in REPEATS and high > 1:
            assert not varies(body), "a repetition that can be given back holds another"
    assert unbounded or tree.getwidth()[1] <= WIDEST


class Watched(str):
    """A text that refuses to be cut into long pieces."""

    def __getitem__(self, index: Any) -> str:
        piece = super().__getitem__(index)
        assert len(piece) <= 200
        return piece


@pytest.mark.parametrize(
    "unit", [*(source for source, _ in table("find.txt")), *lines("nothing.txt")]
)
def test_no_step_cuts_a_long_piece_out_of_the_text(unit: str):
    find_codes(Watched(f"{unit} " * 40), symbols=["DeviceCapReached"])


def test_the_lowered_text_keeps_every_character_in_its_place():
    every = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x110000))))
    assert announcing._lower(every) == "".join(map(announcing._lower, every))
    assert len(announcing._lower(every)) == len(every)
