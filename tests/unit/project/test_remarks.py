"""What the portal notes is kept as data and read in the language of whoever reads it."""

import ast
import json

import pytest
from django.utils import translation
from django.utils.translation import gettext_noop

from tests.unit.sources import trees
from troubleshooting.texts.remarks import LONGEST, in_words, remark

#: What stores what it is told, with the names under which it is told texts.
_STORING = {"comment", "detail", "reason", "refused"}
_LOGGING = {"log_addition", "log_change", "_log", "_lead"}
_TRANSLATING = {"gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


@pytest.mark.parametrize(
    ("stored", "french"),
    [
        (remark("Import undone"), "Import annulé"),
        (remark("Merged with “%(title)s”", title="A “B” \\ %s"), "Fusionné avec « A “B” \\ %s »"),
        (remark("Revision %(number)d restored", number=3), "Révision 3 rétablie"),
        (f"{remark('Import undone')} · jeton", "Import annulé · jeton"),
        ("Import undone", "Import undone"),
        ("", ""),
        ('{"said": "Merged with “%(title)s”"}', None),
        ('{"said": "%(x)99d %(x)s", "x": 1}', "%(x)99d 1"),  # who types one chooses no width
        ('{"said": ""}', ""),  # the header of the catalogue is nobody's business
        ('{"said": "Merged with “%(title)s”", "x": 1}', None),
        ('{"said": "Import un', None),
        ('{"said": ["a"]}', None),
        ('{"other": 1}', None),
    ],
)
def test_it_is_read_in_the_language_of_the_moment(stored: str, french: str | None):
    with translation.override("fr"):
        assert in_words(stored).replace("\u00a0", " ") == (stored if french is None else french)


@pytest.mark.parametrize("title", ["x" * 900, '"' * 900, "\\" * 299, "é" * 300])
def test_it_fits_into_the_column(title: str):
    stored = remark(gettext_noop("Merged with “%(title)s”"), title=title)
    assert LONGEST - 20 < len(stored) <= LONGEST
    assert title.startswith(json.loads(stored)["title"])


def test_nothing_is_stored_in_the_language_of_who_acts():
    assert {place for tree in trees().items() for place in stored_words(*tree)} == set()


def stored_words(path: object, tree: ast.Module) -> list[str]:
    """Return where a call that stores a text is told a translated one."""
    names = _translating(tree)

    def is_translated(node: ast.AST) -> bool:
        calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
        return any(isinstance(call.func, ast.Name) and call.func.id in names for call in calls)

    return [
        f"{path}:{node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and any(map(is_translated, _told(node)))
    ]


def _told(call: ast.Call) -> list[ast.AST]:
    """Return the arguments of ``call`` that it stores."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    told = call.args if name in _LOGGING else []
    named = _STORING | {"name"} if name == "note" else _STORING
    if name[:1].isupper():  # an error or a value, not a row
        named = set()
    return [*told, *(one.value for one in call.keywords if one.arg in named)]


def _translating(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _TRANSLATING
    }


@pytest.mark.parametrize(
    "code",
    [
        'from django.utils.translation import gettext as _\nsave(comment=_("Undone") % {})',
        'from django.utils.translation import gettext\nself.log_change(a, b, gettext("Undone"))',
        'from django.utils.translation import gettext as _\nnote(user, act, name=_("Articles"))',
    ],
)
def test_a_planted_text_is_found(code: str):
    assert stored_words("planted", ast.parse(code)) == ["planted:2"]
