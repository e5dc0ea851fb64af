"""The one form of docstrings: a function begins with its verb, what follows are sentences."""

import ast
import re

import pytest

from scripts.docstrings import FOLDERS, ROOT, fault, leaning, unsaid, untrue


def fault_of(said: str, definition: str = "def f(): ...") -> str:
    [node] = ast.parse(definition).body
    assert isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
    return fault(node, said)


@pytest.mark.parametrize(
    "said",
    [
        "Return the codes.",
        "Pass over what is hidden.",
        "Process a job.\n\nRaise ``ValueError``: it is no number.",
        "Annotate each platform.\n\n``limit`` is in seconds. Notes stay.",
        "Note: what follows is read by people.",
    ],
)
def test_the_one_form(said: str):
    assert not fault_of(said)
    assert not fault_of(said, "async def f(): ...")


@pytest.mark.parametrize(
    "said",
    [
        "Whether it is known.",
        "Only what a reader may see.",
        "Annotates each platform.",
        "Prefetches, and sorts.",
        "``rows`` without repetitions.",
        "404, whatever was asked.",
        "Return it.\n\nRaises:\n    ValueError: it is no number.",
        "Return it.\n\nArgs:\n    a: one.",
        "Return it.\n\n:param a: one.",
        "Return it.\n\nParameters\n----------\na : int",
    ],
)
def test_another_form_is_named(said: str):
    assert fault_of(said)


def test_a_class_says_what_it_is():
    assert not fault_of("Only those of a reader.", "class A: ...")
    assert fault_of("A row.\n\nAttributes:\n    a: one.", "class A: ...")


@pytest.mark.parametrize(
    ("definition", "said", "words"),
    [
        ("def f(): ...", "Return the same for all articles at once.", "Return the same"),
        ("def f(): ...", "Return its title.", "Return its"),
        ("def f(): ...", "Write such steps with numbers.", "Write such"),
        ("def f(): ...", "Reject ``pending``. Raise as above.", "as above"),
        ("def f(): ...", "Return what is the same in every language.", ""),
        ("def f(): ...", "Return None where there is no such code.", ""),
        ("def f(): ...", "Return the same bytes for the same messages.", ""),
        ("def _f(): ...", "Return the same for all.", ""),
        ("def f(self): ...", "Return its address.", ""),
        ("class A: ...", "Finds such words.", ""),
    ],
)
def test_a_public_function_is_understood_by_itself(definition: str, said: str, words: str):
    [node] = ast.parse(definition).body
    assert isinstance(node, ast.ClassDef | ast.FunctionDef)
    assert leaning(node, said) == words


@pytest.mark.parametrize(
    ("said", "body", "errors"),
    [
        ("Return it.", "raise ValueError", "ValueError"),
        ("Return it.", "if x: raise Http404('gone') from None", "Http404"),
        ("Return it.", "try: pass\n except KeyError: raise errors.Gone", ""),
        ("Return it.", "raise", ""),
        ("Return it.", "def inner(): raise ValueError", ""),
        ("Return it.\n\nRaise ``ValueError``: no number.", "raise ValueError", ""),
        ("Refuse an address that leads elsewhere.", "raise ValidationError", ""),
    ],
)
def test_who_raises_an_error_says_so(said: str, body: str, errors: str):
    [node] = ast.parse(f"def f(x):\n {body}").body
    assert isinstance(node, ast.FunctionDef)
    assert unsaid(node, said) == errors


@pytest.mark.parametrize(
    ("returns", "said", "why"),
    [
        ("bool", "Return whether it is known.", ""),
        ("bool", "Return True where it is known.", ""),
        ("bool", "Count once more; False where none is known.", ""),
        ("bool", "Return that anybody may.", ""),
        ("Exists", "Return whether a text shows it.", ""),
        ("tuple[bool, str]", "Return whether it answers again, and when.", ""),
        ("list[str]", "Return its words.", ""),
        ("bool", "Count once more.", "does not say what is true"),
        ("list[str]", "Return whether jobs wait.", "says whether, and returns list[str]"),
    ],
)
def test_what_is_true_is_told_where_a_bool_is_returned(returns: str, said: str, why: str):
    [node] = ast.parse(f"def f() -> {returns}: ...").body
    assert isinstance(node, ast.FunctionDef)
    assert untrue(node, said) == why


def test_what_mypy_is_told_to_ignore_has_a_reason():
    sources = (path for part in (*FOLDERS, "tests") for path in sorted((ROOT / part).rglob("*.py")))
    bare = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in sources
        for line in path.read_text("utf-8").splitlines()
        if re.search(r"# type: ignore(\[[\w,-]+\])?$", line)
    ]
    assert bare == []
