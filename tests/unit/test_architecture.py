"""Who imports whom: the table of ``docs/architecture.md``, compared with the source.

The folder is the rule: what stands below ``texts/`` is pure, whatever it is called. Every module of
the app is checked, and every room of the table must exist.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.sources import APP, nodes, tree_of

ROOT = Path(__file__).resolve().parents[2]
MAP = ROOT / "docs" / "architecture.md"
PURE = "texts"
#: All that a pure module may import of Django: words for the reader.
WORDS_FOR_READERS = ("django.utils.translation.gettext", "django.utils.translation.ngettext")
MOST_MODULES = 13
MOST_LINES = 400
#: Made of the schema of the API (`scripts.publishing.client_types`).
WRITTEN_BY_PROGRAMS = {"clients/python/kbportal_client/types.py"}
PARTS = ("benchmarks", "clients", "kbportal", "scripts", "tests", "troubleshooting")
#: What browsers run and show, what pages are made of, and tests of scripts.
BROWSER_PARTS = ("static/portal", "templates", "tests/scripts")
#: Django finds commands and migrations in these folders alone, one module each.
FLAT_BY_DJANGO = {APP / "management" / "commands", APP / "migrations"}
#: Django connects these when the app is ready; its registry is not there before.
LATE_IMPORTS = {"apps.py"}
#: What a room names for the type checker alone: of which rows a queryset is.
NAMED_BY_TYPES = {"querysets": {"models"}}


def table() -> dict[str, set[str]]:
    """Return the rooms that each room may import, as the map shows them."""
    rows = re.findall(r"^\|([^|]*)\|[^|]*\|([^|]*)\|$", MAP.read_text("utf-8"), re.MULTILINE)
    rooms: dict[str, set[str]] = {}
    for names, allowed in rows:
        for room in re.findall(r"`(\w+)/?`", names):
            rooms[room] = set(re.findall(r"`(\w+)/?`", allowed))
    return rooms


ROOMS = table()
MODULES = sorted(path for path in APP.rglob("*.py") if path != APP / "__init__.py")


def room_of(path: Path) -> str:
    return path.relative_to(APP).parts[0].removesuffix(".py")


# A test for each module would take longer to call than to look at the module.
each_room = pytest.mark.parametrize("room", sorted({room_of(path) for path in MODULES}))


def modules_of(room: str) -> list[Path]:
    return [path for path in MODULES if room_of(path) == room]


def for_types(tree: ast.Module) -> set[ast.AST]:
    """Return what stands below ``if TYPE_CHECKING:``, which nothing but a type checker runs."""
    guarded = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {inner for node in guarded for inner in ast.walk(node)}


def imports(path: Path, *, types: bool = False) -> Iterator[str]:
    """Yield the dotted names that a module imports, relative ones made absolute.

    ``types``: only those for the type checker, else only the others.
    """
    package = ["troubleshooting", *path.relative_to(APP).parent.parts]
    tree = tree_of(path)
    guarded = for_types(tree)
    for node in nodes(tree):
        if (node in guarded) is not types:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            source = [*base, *(node.module.split(".") if node.module else [])]
            yield from (".".join([*source, alias.name]) for alias in node.names)


@each_room
def test_imports_follow_the_map(room: str):
    allowed = {room, *ROOMS[room]}
    for types, rooms in ((False, allowed), (True, allowed | NAMED_BY_TYPES.get(room, set()))):
        for path in modules_of(room):
            for name in imports(path, types=types):
                parts = name.split(".")
                if parts[0] == "troubleshooting" and len(parts) > 1:
                    assert parts[1] in rooms, f"{path} must not import {name}"


@each_room
def test_the_map_permits_no_import_that_is_not_there(room: str):
    imported = {
        parts[1]
        for path in modules_of(room)
        for types in (False, True)
        for name in imports(path, types=types)
        if (parts := name.split("."))[0] == "troubleshooting" and len(parts) > 1
    }
    assert ROOMS[room] <= imported


def test_what_is_below_texts_is_pure():
    for path in modules_of(PURE):
        for name in imports(path):
            is_django = name.split(".")[0] in ("django", "kbportal")
            assert not is_django or name in WORDS_FOR_READERS, f"{path}: {name} is not pure"


@each_room
def test_no_circle_is_broken_inside_a_function(room: str):
    late = {str(path): imports_in_functions(path) for path in modules_of(room)}
    assert {path: names for path, names in late.items() if names} == {}


def imports_in_functions(path: Path) -> list[str]:
    """Return what functions import of the app, but for the module that has to."""
    if str(path.relative_to(APP)) in LATE_IMPORTS:
        return []
    functions = (
        node
        for node in nodes(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    inner = [node for function in functions for node in ast.walk(function)]
    return [
        ast.unparse(node)
        for node in inner
        if isinstance(node, ast.ImportFrom)
        and (node.level or (node.module or "").startswith("troubleshooting"))
    ]


def test_the_map_and_the_rooms_are_the_same():
    assert set(ROOMS) == {room_of(path) for path in MODULES}


def test_the_map_names_only_rooms():
    assert set().union(*ROOMS.values()) <= set(ROOMS)


def modules_by_folder() -> dict[Path, int]:
    """Return how many modules stand side by side in each folder of the project."""
    modules = (
        path.parent
        for part in PARTS
        for path in (ROOT / part).rglob("*.py")
        if path.name not in ("__init__.py", "conftest.py")
    )
    return Counter(modules)


def files_by_folder() -> dict[Path, int]:
    """Return how many templates, scripts and pictures stand side by side in each folder."""
    paths = [path for part in BROWSER_PARTS for path in (ROOT / part).rglob("*.*")]
    return Counter(path.parent for path in paths if path.is_file())


def test_no_folder_is_crowded():
    crowded = {
        str(folder.relative_to(ROOT)): count
        for folder, count in [*modules_by_folder().items(), *files_by_folder().items()]
        if count > MOST_MODULES and folder not in FLAT_BY_DJANGO
    }
    assert not crowded


def test_no_module_is_long():
    long = {
        str(path.relative_to(ROOT)): lines
        for part in PARTS
        for path in (ROOT / part).rglob("*.py")
        if (lines := path.read_text("utf-8").count("\n")) > MOST_LINES
        and path.parent != APP / "migrations"
    }
    assert set(long) == WRITTEN_BY_PROGRAMS, long


def test_nothing_cascades_in_save_or_signals():
    for path in MODULES:
        text = path.read_text("utf-8")
        assert "def save(" not in text or room_of(path) in ("forms", "admin"), path
        assert "post_save" not in text, path
        assert "pre_save" not in text, path
