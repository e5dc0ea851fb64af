#!/usr/bin/env python3
"""Plant faults one at a time and see whether the tests notice (`make mutants ROOM=search`).

A fault is one operator or number changed in one place of a room's code. It is planted in a copy of
the project, where the tests of that room run until the first failure. A fault that no test notices
survives: the line is untested, or the change means nothing. The sample is drawn with a fixed seed,
so a run can be repeated.

Nothing is planted where a change shows to no reader by design: in type annotations and what stands
below ``TYPE_CHECKING``; in what is written to the log; in the size of a cache; in ``slots``,
``frozen`` and ``strict`` (they guard against mistakes of programmers); in a bound on work (a
whole number of 32 or more as the value of a constant), since one more or less is no fault.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP = "troubleshooting"
#: Parts of the project that the tests need.
NEEDED = (
    *("kbportal", APP, "templates", "static", "tests", "scripts", "fixtures", "benchmarks"),
    *("docs", "manage.py", "pyproject.toml", "README.md", "CONTRIBUTING.md"),
)
#: Where faults are planted, and the tests that ought to notice, the fastest first.
ROOMS: dict[str, list[str]] = {
    "texts/codes": [
        *("tests/unit/codes", "tests/unit/docfx"),
        *("tests/importing/reading/test_entries.py", "tests/search/contract/test_codes.py"),
    ],
    "texts/comparing": [
        *(
            "tests/unit/comparing/test_changes.py",
            "tests/unit/comparing/test_diffing.py",
            "tests/unit/comparing/test_merge.py",
        ),
        *("tests/unit/project/test_tables_of_inputs.py", "tests/web/writing/test_translation.py"),
    ],
    "texts/docfx": [
        *(
            "tests/unit/docfx",
            "tests/importing/reading/test_entries.py",
            "tests/importing/reading/test_german.py",
        ),
        *("tests/importing/test_round_trip.py", "tests/importing/test_import.py"),
    ],
    "texts/markup": [
        *("tests/unit/markup", "tests/unit/structure", "tests/unit/test_rendering.py"),
        *(
            "tests/unit/comparing/test_diffing.py",
            "tests/unit/comparing/test_merge.py",
            "tests/unit/docfx",
        ),
    ],
    "texts/rendering": [
        *("tests/unit/test_rendering.py", "tests/unit/test_links_written.py", "tests/unit/markup"),
        *("tests/unit/structure", "tests/security/injection/test_scripts.py"),
    ],
    "texts/structure": [
        *("tests/unit/structure", "tests/unit/docfx", "tests/importing/reading/test_entries.py"),
        *(
            "tests/web/articles/test_steps.py",
            "tests/web/articles/test_articles.py",
            "tests/search/test_logs.py",
        ),
    ],
    "texts/translating": [
        "tests/unit/comparing/test_translating.py",
        "tests/web/writing/test_translation.py",
    ],
    "search": [
        *("tests/unit/search", "tests/search", "tests/web/searching/test_search.py"),
        *("tests/web/searching/test_pasted_text.py", "tests/web/searching/test_suggestions.py"),
    ],
    "editing": [
        *(
            "tests/editing",
            "tests/web/writing/test_conflicts.py",
            "tests/web/writing/test_translation.py",
        ),
        *("tests/web/writing/test_drafts.py", "tests/web/writing/test_article_form.py"),
    ],
    "importing/planning/pairing.py": [
        "tests/importing/reimports/test_pairing.py",
        "tests/importing/test_import.py",
    ],
}
SECONDS = 300
#: A smaller whole number is a rule, not a bound.
LEAST_BOUND = 32
_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.Div: ast.Mult,
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One change: ``before`` became ``after`` at a line of a file."""

    path: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}  {self.before} -> {self.after}"


def changed(node: ast.AST) -> ast.AST | None:
    """Return a copy of ``node`` with a fault in it; None where it is of no kind to be changed."""
    copy = deepcopy(node)
    match copy:
        case ast.Compare(ops=[operator, *_]) if type(operator) in _COMPARISONS:
            copy.ops[0] = _COMPARISONS[type(operator)]()
        case ast.BinOp(op=operator) if type(operator) in _ARITHMETIC:
            if _is_text(copy.left) or _is_text(copy.right):
                return None
            copy.op = _ARITHMETIC[type(operator)]()
        case ast.BoolOp():
            copy.op = ast.Or() if isinstance(copy.op, ast.And) else ast.And()
        case ast.UnaryOp(op=ast.Not()):
            return copy.operand
        case ast.Constant(value=bool()):
            copy.value = not copy.value
        case ast.Constant(value=int(number)):
            copy.value = number + 1
        case ast.Constant(value=float(number)):
            copy.value = number * 0.5 if number else 1.0
        case _:
            return None
    return copy


def _is_text(node: ast.AST) -> bool:
    is_constant = isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)
    return is_constant or isinstance(node, ast.JoinedStr)


def faults_of(path: Path) -> Iterator[Fault]:
    """Yield every fault that can be planted in the module at ``path``, in the order of its text."""
    source = path.read_text("utf-8")
    raw = source.encode()
    starts = [0]
    for line in raw.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    tree = ast.parse(source)
    spared = {id(inner) for part in _spared(tree) for inner in ast.walk(part)}
    for node in ast.walk(tree):
        after = changed(node) if id(node) not in spared else None
        if after is None or not isinstance(node, ast.expr):
            continue
        end_line, end_column = node.end_lineno or 0, node.end_col_offset or 0  # parsed ones have
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[end_line - 1] + end_column
        written = ast.unparse(after)
        if not isinstance(after, ast.Constant):
            written = f"({written})"
        mutant = raw[:begin] + written.encode() + raw[end:]
        yield Fault(
            str(path.relative_to(ROOT)),
            node.lineno,
            raw[begin:end].decode(),
            written,
            mutant.decode(),
        )


def _spared(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a module in which a change shows to no reader (see above)."""
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if part is not None:
                yield part
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield node
            case ast.Call(func=ast.Attribute(value=ast.Name(id="logger" | "log"))):
                yield node
            case ast.Call(func=ast.Name(id="lru_cache")):
                yield node
            case ast.keyword(arg="slots" | "frozen" | "strict"):
                yield node
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_bound(name, value):
                yield value


def _is_bound(name: str, value: ast.expr) -> bool:
    """Return whether a constant bounds the work that is done, such as ``MOST = 200``."""
    match value:
        case ast.Constant(value=int(number)):
            return name.isupper() and number >= LEAST_BOUND
        case ast.BinOp(op=ast.Mult(), left=left, right=right):
            return name.isupper() and (_is_bound(name, left) or _is_bound(name, right))
    return False


def sample(room: str, size: int, seed: int) -> list[Fault]:
    """Return ``size`` faults of a room, drawn from all of them with the given seed."""
    place = ROOT / APP / room
    modules = [place] if place.suffix == ".py" else sorted(place.rglob("*.py"))
    faults = [fault for module in modules for fault in faults_of(module)]
    return random.Random(seed).sample(faults, min(size, len(faults)))


def make_copy() -> Path:
    """Return a new copy of the project, for one worker."""
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    for name in NEEDED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder)
    compile_it = [sys.executable, "manage.py", "compile_catalogues"]
    subprocess.run(compile_it, cwd=folder, check=True, capture_output=True)
    return folder


def pass_in(folder: Path, tests: list[str]) -> bool:
    """Return whether ``tests`` pass in the copy; a loop that never ends does not."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    try:
        return not subprocess.run(
            command, cwd=folder, capture_output=True, timeout=SECONDS
        ).returncode
    except subprocess.TimeoutExpired:
        return False


def survives(folder: Path, fault: Fault, tests: list[str]) -> bool:
    """Plant ``fault`` in the copy, run the tests, and take it out again."""
    target = folder / fault.path
    sound = target.read_text("utf-8")
    target.write_text(fault.source, "utf-8")
    try:
        return pass_in(folder, tests)
    finally:
        target.write_text(sound, "utf-8")


def run(room: str, faults: list[Fault], workers: int, tests: list[str]) -> list[Fault]:
    """Return those of ``faults`` that ``tests`` do not notice."""
    shares = [faults[start::workers] for start in range(workers)]

    def work(share: list[Fault]) -> list[Fault]:
        folder = make_copy()
        try:
            if not pass_in(folder, tests):
                raise SystemExit(f"{room}: its tests fail before any fault is planted.")
            found = []
            for fault in share:
                survived = survives(folder, fault, tests)
                found += [fault] if survived else []
                print("SURVIVED" if survived else "noticed ", fault, flush=True)
            return found
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    with ThreadPoolExecutor(workers) as pool:
        return [fault for found in pool.map(work, shares) for fault in found]


def main() -> int:
    """Run the rooms asked for; print what survived and the share of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", choices=list(ROOMS), help="one room; all when none is named")
    parser.add_argument("--sample", type=int, default=40, help="faults for each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--unit", action="store_true", help="with the tests without a database")
    options = parser.parse_args()
    total = survived = 0
    for room in [options.room] if options.room else list(ROOMS):
        faults = sample(room, options.sample, options.seed)
        tests = [one for one in ROOMS[room] if not options.unit or one.startswith("tests/unit")]
        left = run(room, faults, options.workers, tests)
        total, survived = total + len(faults), survived + len(left)
        print(f"{room}: {len(left)} of {len(faults)} survived", flush=True)
    print(f"All: {survived} of {total} survived ({100 * survived / max(1, total):.0f} %)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
