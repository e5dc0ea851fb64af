#!/usr/bin/env python3
"""Print public docstrings drawn at random, to be read: ``scripts/docstrings.py 40 --seed 3``.

Each should say what goes in and out, in which units, which errors, and the source of a rule.
"""

from __future__ import annotations

import argparse
import ast
import random
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("troubleshooting", "kbportal", "scripts", "benchmarks")


def docstrings(folder: Path) -> Iterator[str]:
    """Yield place, signature and docstring of each public class and function below ``folder``."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" not in path.parts:
            tree = ast.parse(path.read_text("utf-8"))
            yield from _inside(tree, str(path.relative_to(ROOT)))


def _inside(node: ast.AST, path: str) -> Iterator[str]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef) and not child.name.startswith("_"):
            if said := ast.get_docstring(child):
                yield f"{path}:{child.lineno}  {_signature(child)}\n{said}\n"
            if isinstance(child, ast.ClassDef):
                yield from _inside(child, path)


def _signature(node: ast.ClassDef | ast.FunctionDef) -> str:
    if isinstance(node, ast.ClassDef):
        return f"class {node.name}"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(node.args)}){returns}"


def main() -> None:
    """Print as many as asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=40)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args()
    found = [one for name in FOLDERS for one in docstrings(ROOT / name)]
    for one in random.Random(options.seed).sample(found, options.number):
        print(one)


if __name__ == "__main__":
    main()
