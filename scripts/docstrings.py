#!/usr/bin/env python3
"""Print public docstrings drawn at random, to be read: ``scripts/docstrings.py 40 --seed 3``.

Each should say what goes in and out, in which units, which errors, and the source of a rule.
``--check`` asks all of them, private ones too, for the one form: a function begins with its verb,
and what follows are sentences and no sections such as ``Args:``; a public function is understood
without the docstring of another ("Return the same for ..."); one that returns a bool says what is
true. A public function of the portal that raises an error says so; those of ``api/`` are read by
programs, whose schema declares answers.
"""

from __future__ import annotations

import argparse
import ast
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("troubleshooting", "kbportal", "scripts", "benchmarks", "clients")
#: Words by which a description without a verb begins, and verbs in the third person.
NO_VERB = re.compile(
    r"``|[^\w`]|[0-9]"
    r"|(All|An?|And|Any|At|Both|But|By|Each|Either|Even|Every|For|From|How|If|In|It|Its|None|Not"
    r"|Nobody|Nothing|Of|On|One|Only|Or|Some|That|The|There|These|They|This|Those|To|Two|What|When"
    r"|Where|Whether|Which|Who|Whose|Why|With|Without)\b"
    r"|(?!Address|Bypass|Compress|Discuss|Express|Focus|Guess|Miss|Pass|Press|Process)\w+s\b"
)
SECTION = re.compile(
    r"^\s*(Args|Arguments|Attributes|Examples?|Notes?|Parameters|Raises|Returns|Yields):?$"
    r"|^\s*:(param|raises|returns?|rtype|type)\b|^\s*-{4,}$",
    re.MULTILINE,
)
#: Words for what another docstring or the module has named: who reads one function has not.
LEANING = re.compile(
    r"^\w+ (so|the same(?! \w+ (as|by|for|in|of|that)\b)|it|its|them|their|these|those|such)\b"
    r"|\bas above\b"
)
#: Words that say when a function returns True, and what SQL has in its place.
TRUTH = re.compile(r"\b(whether|if|True|False)\b|^Return that\b")
TRUTHS = {"bool", "Exists", "Q"}
#: An error that a docstring speaks of in other words than its name.
_SAYS = re.compile(r"\b[Rr]aise|^Refuse\b")
#: Where public functions say which errors they raise.
SAYING, DECLARED_ELSEWHERE = ("troubleshooting", "kbportal"), "troubleshooting/api/"
Described = ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def described(folder: Path) -> Iterator[tuple[str, Described, str]]:
    """Yield place, definition and docstring of all below ``folder``, but for migrations."""
    for path in sorted(folder.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, Described) and (said := ast.get_docstring(node)):
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node, said


def fault(node: Described, said: str) -> str:
    """Return what is against the one form in the docstring of ``node``; empty if nothing is."""
    if section := SECTION.search(said):
        return f"a section ({section[0].strip()}) instead of a sentence"
    if not isinstance(node, ast.ClassDef) and NO_VERB.match(said):
        return f"no verb in the imperative at its beginning ({said.split()[0]})"
    if said.startswith(("Tell whether", "Say whether", "Tell if")):
        return "another verb than Return for what is true"
    return ""


def leaning(node: Described, said: str) -> str:
    """Return the words by which a public function leans on what others say, else "".

    A method may: its class says what it is about.
    """
    if isinstance(node, ast.ClassDef) or node.name.startswith("_"):
        return ""
    if [argument.arg for argument in node.args.args[:1]] in (["self"], ["cls"]):
        return ""
    found = LEANING.search(said)
    return found[0] if found else ""


def unsaid(node: Described, said: str) -> str:
    """Return the errors that a public function raises itself and does not speak of, else ""."""
    if isinstance(node, ast.ClassDef) or node.name.startswith("_") or _SAYS.search(said):
        return ""
    names = {
        ast.unparse(raised.func if isinstance(raised, ast.Call) else raised)
        for raised in _raised(node)
    }
    return ", ".join(sorted(name for name in names if name[:1].isupper() and name not in said))


def _raised(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what a function raises by name, inner functions and classes left out."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Described | ast.Lambda):
            continue
        if isinstance(child, ast.Raise) and child.exc is not None:
            yield child.exc
        yield from _raised(child)


def untrue(node: Described, said: str) -> str:
    """Return what is wrong with what a docstring says of a bool, else "".

    One that is returned and not told, or told and not returned.
    """
    if isinstance(node, ast.ClassDef) or node.returns is None:
        return ""
    returned = ast.unparse(node.returns)
    told = returned.removeprefix("tuple[").split(",")[0]
    if said.startswith("Return whether") and told not in TRUTHS:
        return f"says whether, and returns {returned}"
    if returned == "bool" and not TRUTH.search(said):
        return "does not say what is true"
    return ""


def signature(node: Described) -> str:
    """Return the first line of a definition, without its colon."""
    if isinstance(node, ast.ClassDef):
        return f"class {node.name}"
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({ast.unparse(node.args)}){returns}"


def main() -> int:
    """Print as many as asked for, or what is against the form; return 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=40)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="ask all of them for the one form")
    options = parser.parse_args()
    found = [one for name in FOLDERS for one in described(ROOT / name)]
    if options.check:
        faults = [
            f"{place} {node.name}: {why}"
            for place, node, said in found
            if (why := fault(node, said))
        ]
        faults += [
            f"{place} {node.name}: leans on what another says ({words})"
            for place, node, said in found
            if (words := leaning(node, said))
        ]
        faults += [
            f"{place} {node.name}: {why}"
            for place, node, said in found
            if (why := untrue(node, said))
        ]
        faults += [
            f"{place} {node.name}: does not say that it raises {errors}"
            for place, node, said in found
            if place.startswith(SAYING)
            and not place.startswith(DECLARED_ELSEWHERE)
            and (errors := unsaid(node, said))
        ]
        print("\n".join(faults))
        return 1 if faults else 0
    public = [one for one in found if not one[1].name.startswith("_")]
    for place, node, said in random.Random(options.seed).sample(public, options.number):
        print(f"{place}  {signature(node)}\n{said}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
