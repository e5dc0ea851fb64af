"""Words of a language stand in its folder alone: no module names one that it matches by."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator

import pytest

from tests.unit.sources import nodes, trees
from troubleshooting.texts.languages import FOLDER, available_languages

_WORD = re.compile(r"[^\W\d_]{3,}")
_ACCENTED = re.compile(r"[à-öø-ÿœ]")
_TRANSLATED = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext"}
#: Words that a language shares with what programs write, as they stand in modules.
SHARED = {
    "des": "the cipher, beside the names of standards",
    "dsn": "the notification of mail servers",
    "font": "the element and the property of style sheets",
    "inf": "an infinite number",
    "journal": "what is written in its order, in English too",
    "ins": "the element of an insertion",
    "master": "the table in which SQLite lists its own",
    "sup": "the element of a raised sign",
}
#: What shows a style or is an example: text of documents, not what one is matched by.
SAMPLES = ("views/styleguide/",)


def words_of(language: str) -> set[str]:
    """Return the words by which texts of a language are matched."""
    folder = FOLDER.joinpath(language)
    found = set(folder.joinpath("stopwords.txt").read_text("utf-8").split())
    for name in ("documents.toml", "search.toml"):
        waiting: list[object] = [tomllib.loads(folder.joinpath(name).read_text("utf-8"))]
        while waiting:
            match waiting.pop():
                case dict() as table:
                    waiting += table.values()
                case list() as values:
                    waiting += values
                case str() as text:
                    found.update(map(str.lower, _WORD.findall(text)))
    return {word for word in found if len(word) > 2}


def own_words() -> set[str]:
    """Return the words of every language but English, in which the source is written."""
    others = [words_of(name) for name in available_languages() if name != "en"]
    return set().union(*others) - words_of("en")


def _last_name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def literals(tree: ast.Module) -> Iterator[str]:
    """Yield the strings of a module but docstrings and texts that are translated."""
    passed = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
    for node in nodes(tree):
        if isinstance(node, ast.Call) and _last_name(node.func) in _TRANSLATED:
            passed.update(map(id, ast.walk(node)))
    for node in nodes(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in passed
        ):
            yield node.value


def names_in(tree: ast.Module) -> set[str]:
    """Return the words of which the names of a module are made: they are English."""
    names = (getattr(node, "id", getattr(node, "attr", "")) for node in nodes(tree))
    return {word for name in names for word in _WORD.findall(str(name).replace("_", " ").lower())}


def strange(tree: ast.Module, words: set[str], english: set[str]) -> set[str]:
    """Return the words of other languages in the strings of a module."""
    found = {word.lower() for text in literals(tree) for word in _WORD.findall(text)}
    return {w for w in found if (w in words and w not in english) or _ACCENTED.search(w)} - {
        *SHARED
    }


def test_no_module_names_words_of_a_language():
    english = set().union(*map(names_in, trees().values()))
    words = own_words()
    found = {
        name: sorted(known)
        for name, tree in trees().items()
        if not name.startswith(SAMPLES) and (known := strange(tree, words, english))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("source", "word"),
    [('FIND = r"(?:error|erreur)s?"', "erreur"), ('WORDS = {"zustände"}', "zustände")],
)
def test_a_word_of_a_language_is_noticed(source: str, word: str):
    assert strange(ast.parse(source), own_words(), set()) == {word}


def test_what_all_languages_share_holds_no_word_of_one():
    """But in tables with a row or a column for each language."""
    shared = tomllib.loads(FOLDER.joinpath("common.toml").read_text("utf-8"))
    for table in ("other_languages", "other_scripts", "alerts"):
        del shared[table]
    said = {word.lower() for word in _WORD.findall(repr(shared))}
    assert {word for word in said if _ACCENTED.search(word)} == set()


def test_no_frequent_word_of_another_language_stands_twice():
    others = tomllib.loads(FOLDER.joinpath("common.toml").read_text("utf-8"))["other_languages"]
    assert {code: len(set(one["words"])) for code, one in others.items()} == {
        code: len(one["words"]) for code, one in others.items()
    }


@pytest.mark.parametrize("language", available_languages())
def test_no_pattern_holds_a_sign_that_cannot_be_typed(language: str):
    r"""In TOML ``\b`` between double quotes is a backspace: a pattern needs ``\\b`` there."""
    waiting: list[object] = [
        tomllib.loads(path.read_text("utf-8"))
        for path in FOLDER.joinpath(language).iterdir()
        if path.name.endswith(".toml")
    ]
    unseen = []
    while waiting:
        match waiting.pop():
            case str(text) if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text):
                unseen.append(text)
            case dict(table):
                waiting += [*table, *table.values()]
            case list(values):
                waiting += values
    assert unseen == []
