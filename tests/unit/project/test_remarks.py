"""What the portal notes is kept as data and read in the language of whoever reads it."""

import ast
import json
from functools import cache

import pytest
from django.utils import translation
from django.utils.translation import gettext_noop

from tests.unit.sources import nodes, trees
from troubleshooting.texts.remarks import LONGEST, in_words, remark, whole_remark

#: What stores what it is told, with the names under which it is told texts.
_STORING = {"comment", "detail", "error", "messages", "reason", "refused"}
#: What stores all that it is told.
_LOGGING = {"log_addition", "log_change", "_log", "_lead", "GiveUp", "RetryLater"}
#: Values that are stored; others with a capital are errors that are shown, or rows of forms.
_STORED = {"DocumentError", "DocumentReport"}
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
        (
            f"a.md:3: {remark('Import undone')} {remark('Import undone')}",
            "a.md:3: Import annulé Import annulé",
        ),
        (
            whole_remark("Merged with “%(title)s”", title=remark("Import undone")),
            "Fusionné avec « Import annulé »",
        ),
        ("a.md:3: This is what was stored before.", None),
        ('{"said": ' * 5000, None),
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


def test_a_day_is_written_as_its_reader_writes_days():
    said = gettext_noop("Readers see it until %(day)s.")
    with translation.override("en"):
        assert in_words(remark(said, day="2026-12-03")) == "Readers see it until 2026-12-03."
        within = whole_remark("Merged with “%(title)s”", title=remark(said, day="2026-12-03"))
        assert "until 03 December." in in_words(within, lambda day: f"{day:%d %B}")
        assert in_words(remark(said, day="soon")) == remark(said, day="soon")


@pytest.mark.parametrize("title", ["x" * 900, '"' * 900, "\\" * 299, "é" * 300])
def test_it_fits_into_the_column(title: str):
    stored = remark(gettext_noop("Merged with “%(title)s”"), title=title)
    assert LONGEST - 20 < len(stored) <= LONGEST
    assert title.startswith(json.loads(stored)["title"])


def test_nothing_is_stored_in_the_language_of_who_acts():
    assert {place for tree in trees().items() for place in stored_words(*tree)} == set()


def stored_words(path: object, tree: ast.Module) -> list[str]:
    """Return where a call that stores a text is told a translated one."""
    names = _translating(tree) | _wording(tree)

    def is_translated(node: ast.AST) -> bool:
        calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
        return any(isinstance(call.func, ast.Name) and call.func.id in names for call in calls)

    return [
        f"{path}:{node.lineno}"
        for node in nodes(tree)
        if isinstance(node, (ast.Call, ast.Assign)) and any(map(is_translated, _told(node)))
    ]


def _told(node: ast.Call | ast.Assign) -> list[ast.AST]:
    """Return what ``node`` stores: arguments of a call, or what is made a column of a row."""
    if isinstance(node, ast.Assign):
        columns = [one.attr for one in node.targets if isinstance(one, ast.Attribute)]
        return [node.value] if _STORING & set(columns) else []
    name = _last_name(node.func)
    is_list = name == "append" and _last_name(node.func.value) in _STORING
    told = node.args if name in _LOGGING or is_list else []
    named = _STORING | {"name"} if name == "note" else _STORING
    if name[:1].isupper() and name not in _STORED:
        named = set()
    return [*told, *(one.value for one in node.keywords if one.arg in named)]


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _wording(tree: ast.Module) -> set[str]:
    """Return the names in a module of functions that return words of the language of the moment."""
    imported = {
        alias.asname or alias.name: alias.name
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.level
        for alias in node.names
    }
    words = _functions_of_others()
    return _functions_of(tree) | {name for name, real in imported.items() if real in words}


@cache
def _functions_of_others() -> set[str]:
    return {name for tree in trees().values() for name in _functions_of(tree)}


@cache
def _functions_of(tree: ast.Module) -> set[str]:
    """Return the functions of a module that return translated texts, or read remarks."""
    names = _translating(tree) | {"in_words"}
    return {
        function.name
        for function in tree.body
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value
        for call in ast.walk(node.value)
        if isinstance(call, ast.Call) and _last_name(call.func) in names
    }


@cache
def _translating(tree: ast.Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in nodes(tree)
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
        'from django.utils.translation import gettext as _\nrow.error = _("The file is empty.")',
        'from django.utils.translation import gettext as _\nraise GiveUp(_("The file is empty."))',
        "from ..media import image_message\nimages.messages.append(image_message(error))",
        'from ..editing import refusal\nraise DocumentError("refused", detail=refusal(error))',
        "from .a import outcome_label as label\nDocumentReport(path, messages=[label(error)])",
    ],
)
def test_a_planted_text_is_found(code: str):
    assert stored_words("planted", ast.parse(code)) == ["planted:2"]
