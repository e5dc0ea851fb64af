"""Facts that many modules use are written in one of them."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.sources import APP, nodes, trees
from tests.unit.test_architecture import MODULES
from troubleshooting.search.facets.declared import NAMES
from troubleshooting.texts.anchors import (
    Place,
    is_step,
    place_at,
    resolution_anchor,
    step_anchor,
    substep_anchor,
)
from troubleshooting.texts.sections import SECTIONS

SOURCES = {path: path.read_text("utf-8") for path in MODULES if "migrations" not in path.parts}


def tuples(tree: ast.AST) -> Iterator[list[object]]:
    """Yield the constants of each tuple, list and set that is written out."""
    for node in nodes(tree):
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield [item.value for item in node.elts if isinstance(item, ast.Constant)]


def holders(text: str) -> set[str]:
    """Return the modules in which ``text`` stands."""
    return {str(path.relative_to(APP)) for path, source in SOURCES.items() if text in source}


def test_the_sections_are_listed_once():
    listing = {
        name
        for name, tree in trees().items()
        for constants in tuples(tree)
        if tuple(name for name in constants if name in SECTIONS) == SECTIONS
    }
    assert listing == {"texts/sections.py"}


def test_the_facets_are_listed_once():
    """By a row each (``search/facets/declared``), and nowhere side by side."""
    listing = {
        name
        for name, tree in trees().items()
        for constants in tuples(tree)
        if len({*NAMES}.intersection(constants)) > 2
    }
    assert listing == set()
    columns = re.compile(r"\b(\w+)=None\b")
    templates = (APP.parent / "templates").rglob("*.html")
    clearing = [t.name for t in templates if {*columns.findall(t.read_text())} & {*NAMES}]
    assert clearing == []


@pytest.mark.parametrize(
    ("fact", "place"),
    [
        (r"resolution-(\d+)", "texts/anchors.py"),
        (r"-step-(", "texts/anchors.py"),
        ('ALL_PLATFORMS = "', "search/facets/declared.py"),
        (r"\]\(\s*<?([", "texts/rendering/targets.py"),
        (r" *\d+\. ", "texts/markup/blocks.py"),
        ('"figure-missing"', "texts/rendering/trees.py"),
        ('"figure-missing-caption"', "texts/rendering/trees.py"),
        ("LONGEST_SLUG = ", "texts/slugs.py"),
        ("def free_slug", "editing/articles.py"),
        ("_AUTHOR = (", "access.py"),
    ],
)
def test_a_fact_stands_in_one_module(fact: str, place: str):
    assert holders(fact) == {place}


def test_sign_in_errors_have_one_pattern():
    written = re.compile(r"\[Aa\]\[Dd\]\[Ss\]|AADSTS\[|AADSTS\(")
    found = {str(path.relative_to(APP)) for path, text in SOURCES.items() if written.search(text)}
    assert found == {"texts/codes/families/aadsts.py"}


@pytest.mark.parametrize(
    ("anchor", "place", "number"),
    [
        ("resolution-2", Place(2), ""),
        ("resolution-2-step-3", Place(2, (3,)), "3"),
        ("resolution-12-step-3-1-4", Place(12, (3, 1, 4)), "3.1.4"),
        ("problem", None, ""),
        ("resolution-2-step-", None, ""),
        ("resolution-x", None, ""),
        ("resolution-2-step-3 ", None, ""),
    ],
)
def test_an_anchor_says_its_place(anchor: str, place: Place | None, number: str):
    assert place_at(anchor) == place
    assert is_step(anchor) == bool(number)
    assert place is None or place.step_number == number


def test_anchors_are_made_as_they_are_read():
    step = step_anchor(resolution_anchor(2), 3)
    assert place_at(substep_anchor(step, 1)) == Place(2, (3, 1))


def test_modules_are_there():
    assert Path(APP / "texts" / "sections.py") in SOURCES


#: Public names that several classes bear, and why that is how they are found.
BORNE_BY_SEVERAL = {
    "Command": "Django runs a command by this name, in the module that names the command",
    "ImportedDocument": "the record of the API is named as the row that it shows",
    "ModelAdmin": "Django's class, once for the type checker and once for the interpreter",
    "ModelForm": "Django's class, once for the type checker and once for the interpreter",
}


def class_names(tree: ast.Module) -> Iterator[str]:
    """Yield the public classes of a module. What a class holds is read with its name before it."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ClassDef):
            yield from [node.name] if not node.name.startswith("_") else []
        else:
            # No class stands in an expression.
            waiting += (one for one in ast.iter_child_nodes(node) if not isinstance(one, ast.expr))


def repeated(names: Iterator[str]) -> set[str]:
    return {name for name, count in Counter(names).items() if count > 1}


def test_a_class_name_says_one_thing():
    names = (name for tree in trees().values() for name in class_names(tree))
    assert repeated(names) == {*BORNE_BY_SEVERAL}


def test_a_second_class_of_a_name_is_noticed():
    tree = ast.parse(
        "class Draft: ...\nif 1:\n    class Draft: ...\nclass One:\n    class Kind: ..."
    )
    assert repeated(class_names(tree)) == {"Draft"}
