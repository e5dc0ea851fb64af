"""Whatever a process remembers: told apart by the reader with a test, or the same for everyone.

A function that is cached is told all that it depends on, by its arguments: it asks no database, no
request and no settings. What is kept by other means stands in ``KEPT`` with what guards it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.security.leaks.test_caches import CACHES
from tests.unit.sources import nodes, trees

#: Modules that put values away, and the leak test of each or why nothing of it is one reader's.
KEPT = {
    "admin/vocabulary/term_usage.py": "for editors alone, who all see the same",
    "caching/pages.py": "kept pages",
    "caching/sessions.py": "whose session it is",
    "checking/menus.py": "terms of menus",
    "figures/lately.py": "for editors alone; what depends on who asks is named by it",
    "search/facets/reading.py": "combinations of facets",
    "search/own/reading.py": "words of editors, which serve everyone's search",
    "search/semantic/loading.py": "the model, which is the same for everyone",
    "search/semantic/vectors.py": "vectors of all texts; what is guessed by them has to be seen",
    "search/words/frequencies.py": "terms that are seen",
    "search/words/vocabulary.py": "words of all texts; what is suggested has to be seen",
    "views/articles/worked.py": "numbers of an article, on a page that its reader may see",
    "views/home.py": "codes searched most; the page shows those that its reader may see",
    "views/incidents.py": "incidents",
}
#: Cached functions that read the base by what they call, and their leak test.
READING = {
    ("views/indexes/rows.py", "_kept_codes"): "rows of the indexes",
    ("views/indexes/rows.py", "_kept_messages"): "rows of the indexes",
}
_CACHED = {"cache", "lru_cache"}
_STORING = {"cache.get", "cache.set", "cache.add", "cache.get_many", "cache.get_or_set"}
_MAPPINGS = {"dict", "defaultdict", "OrderedDict", "WeakKeyDictionary"}
#: What a function asks that is not told.
_ASKS = {"objects", "connection", "connections", "cursor", "request", "user"}


def _called(node: ast.AST) -> str:
    return ast.unparse(node.func if isinstance(node, ast.Call) else node).split(".")[-1]


def _dotted(called: ast.expr) -> str:
    """Return ``a.b`` where that is called, else nothing."""
    owner = called.value if isinstance(called, ast.Attribute) else None
    return f"{owner.id}.{called.attr}" if isinstance(owner, ast.Name) else ""


def puts_away(tree: ast.Module) -> bool:
    """Return whether a module asks Django's cache, or holds a mapping that begins empty."""
    calls = (node.func for node in nodes(tree) if isinstance(node, ast.Call))
    if any(_dotted(call) in _STORING for call in calls):
        return True
    for node in tree.body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        is_empty = isinstance(value, ast.Dict) and not value.keys
        is_made = isinstance(value, ast.Call) and _called(value) in _MAPPINGS
        if is_empty or (is_made and not _is_of_values(value)):
            return True
    return False


def _is_of_values(call: ast.expr) -> bool:
    """Return whether a mapping is made of what is there: ``dict(_read())``."""
    return isinstance(call, ast.Call) and _called(call) == "dict" and bool(call.args)


def cached(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef) and _CACHED & set(map(_called, node.decorator_list)):
            yield node


def asks(function: ast.FunctionDef) -> set[str]:
    """Return what a function asks by itself, beside what it is told."""
    told = {argument.arg for argument in function.args.args}
    names = {getattr(n, "id", getattr(n, "attr", "")) for n in ast.walk(function)}
    return (names & _ASKS) - told


def test_every_module_that_puts_something_away_is_listed():
    assert {name for name, tree in trees().items() if puts_away(tree)} == {*KEPT}


def test_every_cached_function_is_told_what_it_depends_on():
    asking = {(name, one.name): asks(one) for name, tree in trees().items() for one in cached(tree)}
    assert {place: known for place, known in asking.items() if known} == {}
    assert {*READING} <= {*asking}


def test_every_kind_of_reader_is_tested_against_what_is_kept():
    named = {*KEPT.values(), *READING.values()} & {*CACHES}
    beside = {"prepared queries", "pieces of pages", "responses"}  # kept with an object, or sent
    assert named | beside == {*CACHES}


@pytest.mark.parametrize(
    "source",
    ["_seen: dict[str, str] = {}", "_seen = defaultdict(list)", "def f(): return cache.get('x')"],
)
def test_a_new_memory_is_noticed(source: str):
    assert puts_away(ast.parse(source))


def test_a_cached_function_that_asks_is_noticed():
    source = "@lru_cache(maxsize=4)\ndef titles(language): return list(Article.objects.all())"
    assert [asks(one) for one in cached(ast.parse(source))] == [{"objects"}]
