"""A family of error codes that the project does not know, added as CONTRIBUTING says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recipes.project_copy import ProjectCopy

FAMILIES = "troubleshooting/texts/codes/families"
FAMILY = '''
"""Stop codes of lifts: ``LIFT-17``."""

import re

from ..family import Family, exact_reading, gettext_noop, mention
from ..model import Code

_FORM = re.compile(r"LIFT-([0-9]{2})(?![0-9])")


def _code(match):
    return Code("lift", match[0], None)


def _find(text):
    return (mention(text, _code(match), *match.span()) for match in _FORM.finditer(text))


def _parse(text):
    match = _FORM.fullmatch(text)
    return _code(match) if match else None


LIFT = Family(
    kind="lift",
    label=gettext_noop("Lifts"),
    reading=gettext_noop("stop code of a lift"),
    parse=_parse,
    find=_find,
    read=lambda token: [exact_reading(code)] if (code := _parse(token)) else [],
    misread=True,
)
'''
DOCUMENT = """
# Lifts

## The lift does not move

**Problem:** The display shows LIFT-17.

**Resolution:**

1. Close the door.
"""


@pytest.fixture
def portal(migrated: Path) -> ProjectCopy:
    copy = ProjectCopy(migrated)
    (copy.folder / FAMILIES / "lift.py").write_text(FAMILY.lstrip(), "utf-8")
    copy.replace(
        f"{FAMILIES}/__init__.py",
        ("from .ndr import NDR\n", "from .lift import LIFT\nfrom .ndr import NDR\n"),
        ("    NDR,\n", "    LIFT,\n    NDR,\n"),
    )
    (copy.folder / "lifts.en.md").write_text(DOCUMENT, "utf-8")
    return copy


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_code_family_is_one_module_and_one_row(portal: ProjectCopy):
    asked = ("search", "LIFT-17", "--language", "en", "--format", "json")
    _, _, found, narrowed, misread, page = portal.prepare(
        ("makemigrations", "--check", "--dry-run"),
        ("import_docs", "lifts.en.md"),
        asked,
        (*asked, "--family", "lift"),
        ("search", "LIFT-I7", "--language", "en", "--format", "json"),
        ("shell", "--no-imports", "--command", _PAGE),
    )
    assert json.loads(found)["kind"] == "code"
    for answer in (found, narrowed, misread):
        assert [hit["title"] for hit in json.loads(answer)["hits"]] == ["The lift does not move"]
    assert "LIFT-17" in page
    assert "Lifts" in page


_PAGE = """
from django.test import Client
print(Client(SERVER_NAME="localhost").get("/en/codes/?family=lift").content.decode())
"""
