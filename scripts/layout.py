"""``python -m scripts.layout``: how large the code is, and how its parts hang together."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "troubleshooting"
#: Lines of the map: names of rooms, what they own, names of rooms.
_ROW = re.compile(r"^\| (`[^|]*) \|[^|]*\|([^|]*)\|$", re.MULTILINE)
_NAME = re.compile(r"`(\w+)/?`")


def modules(folder: Path) -> dict[Path, str]:
    """Return the source of each module below a folder; migrations are left out."""
    paths = (path for path in folder.rglob("*.py") if "migrations" not in path.parts)
    return {path: path.read_text("utf-8") for path in sorted(paths)}


def lines(sources: dict[Path, str]) -> int:
    """Return the number of lines that are not empty."""
    return sum(1 for text in sources.values() for line in text.splitlines() if line.strip())


def functions(sources: dict[Path, str]) -> Iterator[tuple[int, str]]:
    """Yield the length of each function in lines, without its docstring, and its name."""
    for path, text in sources.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                said = node.body[0] if ast.get_docstring(node) else None
                within = (said.end_lineno or 0) - said.lineno + 1 if said else 0
                length = (node.end_lineno or 0) - node.lineno + 1 - within
                yield length, f"{path.relative_to(ROOT)}::{node.name}"


def repeated_classes(sources: dict[Path, str]) -> list[str]:
    """Return the names of public classes that stand in several modules, by the alphabet."""
    trees = (ast.parse(text) for text in sources.values())
    named = (n.name for tree in trees for n in tree.body if isinstance(n, ast.ClassDef))
    return sorted(name for name, n in Counter(named).items() if n > 1 and name[0] != "_")


def rooms_and_arrows(table: str) -> tuple[int, int]:
    """Return how many rooms the map has, and how many imports from room to room it allows."""
    rows = _ROW.findall(table)
    rooms = {name for owner, _imports in rows for name in _NAME.findall(owner)}
    return len(rooms), sum(len(_NAME.findall(imports)) for _owner, imports in rows)


def floors(table: str) -> int:
    """Return how many floors the rooms of the map stand on: each above all that it imports."""
    below: dict[str, set[str]] = {}
    for owner, imports in _ROW.findall(table):
        for name in _NAME.findall(owner):
            below[name] = set(_NAME.findall(imports)) - {name}
    below |= {name: set() for row in below.values() for name in row if name not in below}
    return len(list(_floors_from(below)))


def _floors_from(below: dict[str, set[str]]) -> Iterator[set[str]]:
    """Yield the rooms of each floor from the ground up; rooms in a circle stand together."""
    left = dict(below)
    while left:
        floor = {room for room, rests in left.items() if not rests & left.keys()} or set(left)
        yield floor
        for room in floor:
            del left[room]


def main() -> None:
    """Print the figures, one a line."""
    code, tests = modules(APP), modules(ROOT / "tests")
    table = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    rooms, arrows = rooms_and_arrows(table)
    longest = max((text.count("\n"), str(path.relative_to(ROOT))) for path, text in code.items())
    crowded = Counter(str(path.parent.relative_to(ROOT)) for path in code)
    del crowded["troubleshooting/management/commands"]  # one module a command, as Django asks
    many = {name: n - ((ROOT / name / "__init__.py").exists()) for name, n in crowded.items()}
    most = max(many, key=lambda name: many[name])
    found = list(functions(code))
    print(f"rooms {rooms}, imports from room to room {arrows}, floors {floors(table)}")
    print(f"modules {len(code)}, functions {len(found)}, lines {lines(code)}")
    print(f"longest function {max(found)}")
    print(f"longest module {longest}")
    print(f"most modules in a folder {many[most]} ({most})")
    print(f"test lines per line of code {lines(tests) / lines(code):.2f}")
    print(f"class names in several modules {repeated_classes(code)}")


if __name__ == "__main__":
    main()
