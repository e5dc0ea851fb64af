"""The application's modules as syntax trees, each parsed once a process."""

from __future__ import annotations

import ast
import gc
from functools import cache
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "troubleshooting"


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a module, shared by all tests: none may change it."""
    return ast.parse(path.read_text("utf-8"))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return a tree and all that is below it: to walk through takes longer than most rules do."""
    return tuple(ast.walk(tree))


@cache
def trees() -> dict[str, ast.Module]:
    """Return the trees of all modules but migrations, by path below the application."""
    paths = [path for path in sorted(APP.rglob("*.py")) if "migrations" not in path.parts]
    found = {str(path.relative_to(APP)): tree_of(path) for path in paths}
    gc.freeze()  # they live to the end, a million nodes: no collection need pass over them
    return found
