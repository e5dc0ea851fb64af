"""Who imports whom, as ``docs/architecture.md`` has it, read off the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

APP = Path(__file__).resolve().parents[2] / "troubleshooting"
PURE = (
    "aligning",
    "bounded",
    "changes",
    "codes",
    "diffing",
    "docfx",
    "image_paths",
    "interchange",
    "labels",
    "linking",
    "markup",
    "merge",
    "rendering",
    "structure",
    "text",
    "translating",
)
# A part of the app -> the parts that it may import, beside itself. Pure parts may import pure ones.
MAY = {
    "querysets": {*PURE, "search"},
    "models": {*PURE, "querysets"},
    "search": {*PURE},
    "addresses": {*PURE},
    "decoding": {*PURE},
    "deriving": {*PURE, "addresses", "models", "search"},
    "freshness": set(),
    "prepared": set(),
    "editing": {*PURE, "models", "deriving"},
    "media": {*PURE, "models", "deriving"},
    "importing": {*PURE, "models", "deriving", "editing", "media"},
    "exporting": {*PURE, "models", "querysets"},
    "figures": {*PURE, "models", "querysets", "search"},
    "checking": {*PURE, "addresses", "models", "querysets", "search"},
    "filters": {*PURE, "models", "querysets", "search"},
    "forms": {*PURE, "models", "querysets"},
    "checks": {*PURE, "search"},
    "templatetags": {*PURE, "models", "figures"},
    "views": {
        *PURE,
        "models",
        "querysets",
        "filters",
        "forms",
        "search",
        "templatetags",
        "freshness",
        "prepared",
        "decoding",
    },
    "urls": {"views"},
    "admin": {
        *PURE,
        "models",
        "querysets",
        "editing",
        "deriving",
        "importing",
        "exporting",
        "media",
        "forms",
        "templatetags",
        "checking",
        "decoding",
        "figures",
        "filters",
    },
    "adminsite": set(),
    "apps": {"checks", "search", "freshness"},
    "management": {
        *PURE,
        "models",
        "querysets",
        "editing",
        "deriving",
        "freshness",
        "importing",
        "exporting",
        "search",
        "figures",
    },
    "migrations": set(),
}
DJANGO_FREE = [*PURE]


def modules() -> list[Path]:
    return sorted(
        path for path in APP.rglob("*.py") if path.parent != APP or path.stem != "__init__"
    )


def part_of(path: Path) -> str:
    return path.relative_to(APP).parts[0].removesuffix(".py")


def imported(path: Path) -> list[tuple[ast.AST, str]]:
    """(the statement, the dotted name it imports), relative names made absolute."""
    package = ["troubleshooting", *path.relative_to(APP).with_suffix("").parts]
    package = package[:-1]
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [(node, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            prefix = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            names += [(node, f"{prefix}.{alias.name}") for alias in node.names]
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(APP)))
def test_imports_follow_the_map(path: Path):
    part = part_of(path)
    allowed = {part, *PURE} if part in PURE else {part, *MAY[part]}
    for _, name in imported(path):
        parts = name.split(".")
        if parts[0] == "troubleshooting" and len(parts) > 1:
            assert parts[1] in allowed, f"{part} must not import {name}"
        if part in DJANGO_FREE:
            assert parts[0] not in ("django", "kbportal"), f"{part} is pure, but imports {name}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(APP)))
def test_no_circle_is_broken_inside_a_function(path: Path):
    tree = ast.parse(path.read_text("utf-8"))
    inner = [
        node
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom)
        and (node.level or (node.module or "").startswith("troubleshooting"))
    ]
    late = [node for node in inner if part_of(path) not in ("search", "apps")]
    assert not late


def test_every_part_is_on_the_map():
    parts = {part_of(path) for path in modules()}
    assert parts <= {*PURE, *MAY}


def test_nothing_cascades_in_save_or_signals():
    for path in modules():
        text = path.read_text("utf-8")
        assert "def save(" not in text or part_of(path) in ("forms", "admin"), path
        assert "post_save" not in text, path
        assert "pre_save" not in text, path
