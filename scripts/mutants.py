#!/usr/bin/env python3
"""Plant faults one at a time and see whether the tests notice (`make mutants ROOM=search`).

A fault is one operator or number changed in one place of a room's code. All are planted in a copy
of the project, each behind a switch (``scripts/planted.py``); for each, the room's tests that run
the place are run until the first failure. A fault that no test notices survives: the line is
untested, or the change means nothing. The sample is drawn with a fixed seed, so a run can be
repeated. Each outcome is printed as soon as it is known, with the survivors and the faults tried so
far.

Nothing is planted where a change shows to no reader by design: in type annotations and what stands
below ``TYPE_CHECKING``; in what is written to the log; in the size of a cache; in ``slots``,
``frozen`` and ``strict`` (they guard against mistakes of programmers); in a bound on work (a
whole number of 32 or more as the value of a constant), since one more or less is no fault.
"""

from __future__ import annotations

import argparse
import ast
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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
#: Where faults are planted, and the tests that ought to notice. None measures time, which a busy
#: machine takes.
ROOMS: dict[str, list[str]] = {
    "texts/codes": [
        *("tests/unit/codes", "tests/unit/docfx", "tests/unit/search/test_pasted.py"),
        *("tests/importing/reading/test_entries.py", "tests/search/contract/test_codes.py"),
    ],
    "texts/comparing": [
        *("tests/unit/comparing", "tests/unit/test_parts.py"),
        "tests/unit/project/test_tables_of_inputs.py",
        "tests/web/writing/test_translation.py",
    ],
    "texts/docfx": [
        *("tests/unit/docfx", "tests/importing/reading"),
        *("tests/importing/test_round_trip.py", "tests/importing/test_import.py"),
    ],
    "texts/markup": [
        *("tests/unit/markup", "tests/unit/structure", "tests/unit/test_rendering.py"),
        *("tests/unit/comparing", "tests/unit/docfx"),
    ],
    "texts/rendering": [
        *("tests/unit/test_rendering.py", "tests/unit/test_links_written.py", "tests/unit/markup"),
        "tests/unit/structure",
    ],
    "texts/structure": [
        *("tests/unit/structure", "tests/unit/docfx", "tests/importing/reading/test_entries.py"),
        *("tests/web/articles/test_steps.py", "tests/web/articles/test_articles.py"),
        "tests/search/test_logs.py",
    ],
    "texts/translating": [
        *("tests/unit/comparing/test_translating.py", "tests/unit/comparing/test_machine_text.py"),
        *("tests/unit/comparing/test_memory.py", "tests/unit/test_xliff.py"),
        *("tests/web/writing/test_translation.py", "tests/web/writing/test_xliff.py"),
        "tests/web/writing/test_memory.py",
        "tests/integrations/test_machine_translation.py",
    ],
    "search": [
        *("tests/unit/search", "tests/unit/test_operators.py", "tests/unit/test_shortening.py"),
        *(
            "tests/search/contract",
            "tests/search/test_planning.py",
            "tests/search/test_own_words.py",
        ),
        *("tests/search/test_sentences.py", "tests/search/test_definitions.py"),
        *("tests/search/semantic", "tests/search/test_maintenance.py"),
        *("tests/web/searching", "--ignore=tests/web/searching/test_hostile_search.py"),  # measures
    ],
    "editing": [
        *("tests/editing", "--ignore=tests/editing/any_order", "tests/web/writing"),
        *("tests/web/administration/test_admin_list.py", "tests/web/articles/test_history.py"),
        *(
            "tests/web/administration/test_vocabulary.py",
            "tests/web/writing/test_former_addresses.py",
        ),
    ],
    "importing/planning": [
        *("tests/importing/reimports", "tests/importing/test_import.py", "tests/importing/runs"),
        *("tests/importing/test_refusals.py", "tests/web/administration/test_imports.py"),
    ],
}
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
    """One change: ``before`` became ``after`` at a line of a file.

    ``place`` is that of the expression among all nodes of the module, in the order of ``ast.walk``.
    """

    path: str
    line: int
    before: str
    after: str
    place: int

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
    tree = ast.parse(path.read_text("utf-8"))
    spared = {id(inner) for part in _spared(tree) for inner in ast.walk(part)}
    for place, node in enumerate(ast.walk(tree)):
        after = changed(node) if id(node) not in spared else None
        if after is None or not isinstance(node, ast.expr):
            continue
        written = str(path.relative_to(ROOT)), node.lineno, ast.unparse(node), ast.unparse(after)
        yield Fault(*written, place)


class _Planting(ast.NodeTransformer):
    """Puts faults beside the sound expressions, by their numbers."""

    def __init__(self, numbers: Mapping[ast.AST, int]) -> None:
        self.numbers = numbers

    def visit(self, node: ast.AST) -> ast.AST:
        """Return ``node`` with the faults within it, and its own."""
        number = self.numbers.get(node)
        sound = self.generic_visit(node)
        after = changed(sound) if number is not None else None
        if not isinstance(after, ast.expr) or not isinstance(sound, ast.expr):
            return sound
        choice = ast.parse(f"__import__('planted').on({number})", mode="eval").body
        return ast.IfExp(test=choice, body=after, orelse=sound)


def planted(source: str, numbers: Mapping[int, int]) -> str:
    """Return the module ``source`` with faults in it, each by the place of its node.

    ``planted.on`` says which one counts (see ``scripts/planted.py``).
    """
    tree = ast.parse(source)
    nodes = {node: numbers[at] for at, node in enumerate(ast.walk(tree)) if at in numbers}
    return ast.unparse(ast.fix_missing_locations(_Planting(nodes).visit(tree)))


def _spared(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the parts of a module in which a change shows to no reader (see above)."""
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if part is not None:
                yield part
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")) | ast.pattern():
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


def make_copy(faults: Sequence[Fault]) -> Path:
    """Return a new copy of the project with ``faults`` in it, numbered from 1."""
    folder = Path(tempfile.mkdtemp(prefix="mutants-"))
    for name in NEEDED:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, folder)
    shutil.copy(ROOT / "scripts" / "planted.py", folder)
    for path in {fault.path for fault in faults}:
        numbers = {fault.place: n for n, fault in enumerate(faults, 1) if fault.path == path}
        target = folder / path
        target.write_text(planted(target.read_text("utf-8"), numbers), "utf-8")
    compile_it = [sys.executable, "manage.py", "compile_catalogues"]
    subprocess.run(compile_it, cwd=folder, check=True, capture_output=True)
    return folder


def try_all(folder: Path, tests: Sequence[str], **environment: str) -> Iterator[tuple[int, str]]:
    """Yield what is told of each fault as soon as it is known; last 0 with the outcome of pytest.

    The outcome is ``passed`` or ``failed``. What ``planted`` tells of fault 0 is why the tests fail
    before any fault is planted.
    """
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    # With -x a fork that fails would take down the database that the next one needs.
    once = [] if "PLANTED_ALL" in environment else ["-x"]
    with subprocess.Popen(
        [*command, "-p", "planted", *once, *tests],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder), **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as done:
        for line in done.stderr or ():
            if line.startswith("PLANTED "):
                number, what = json.loads(line[8:])
                yield number, what
    yield 0, "failed" if done.returncode else "passed"


def outcomes(folder: Path, size: int, tests: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield what became of each of ``size`` faults, by its number, as soon as it is known.

    Raise ``ValueError``: the tests fail before any fault is planted.
    """
    numbers = ",".join(str(number) for number in range(1, size + 1))
    early: list[int] = []
    told, why = 0, ""
    for number, what in try_all(folder, tests, PLANTED_ALL=numbers):
        if not number:
            why = why or what
            continue
        told += 1
        if what == "early":
            early.append(number)
        else:
            yield number, what
    if told < size:
        raise ValueError(f"the tests fail before any fault is planted: {why}")
    for number in early:
        *_told, (_end, outcome) = try_all(folder, tests, PLANTED=str(number))
        yield number, "survived" if outcome == "passed" else "noticed as its module is read"


def run(room: str, faults: Sequence[Fault], tests: Sequence[str]) -> list[Fault]:
    """Return the ``faults`` that ``tests`` do not notice.

    Prints each outcome as soon as it is known, with the share so far: a run that is cut short has
    told all that it found. Raise ``SystemExit``: the tests fail by themselves.
    """
    left: list[Fault] = []
    folder = make_copy(faults)
    try:
        for tried, (number, what) in enumerate(outcomes(folder, len(faults), tests), 1):
            fault = faults[number - 1]
            left += [fault] if what.startswith("survived") else []
            share = f"{room} {len(left)}/{tried} of {len(faults)}"
            print(f"{share:<28}{what}  {fault}", flush=True)
    except ValueError as error:
        raise SystemExit(f"{room}: {error}") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return left


def main() -> int:
    """Run the rooms asked for; print what survived and the share of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--room", choices=list(ROOMS), help="one room; all when none is named")
    parser.add_argument("--sample", type=int, default=40, help="faults for each room")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unit", action="store_true", help="with the tests without a database")
    options = parser.parse_args()
    total = survived = 0
    for room in [options.room] if options.room else list(ROOMS):
        faults = sample(room, options.sample, options.seed)
        # A browser does not live on in a fork: what it is asked there is never answered.
        chosen = "not browser and not django_db" if options.unit else "not browser"
        tests = [*ROOMS[room], "-m", chosen]
        left = run(room, faults, tests)
        total, survived = total + len(faults), survived + len(left)
        print(f"{room}: {len(left)} of {len(faults)} survived", flush=True)
    print(f"All: {survived} of {total} survived ({100 * survived / max(1, total):.0f} %)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
