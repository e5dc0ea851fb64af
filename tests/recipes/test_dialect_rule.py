"""A rule of the dialect that the project does not know, added as CONTRIBUTING says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.recipes.project_copy import ProjectCopy

ORDER = "troubleshooting/texts/docfx/lines/dialect.py"
RULE = r'''"""`[!BUTTON Restart]` is the name of a button."""

import re

_BUTTON = re.compile(r"\[!BUTTON ([^\]]+)\]")


def with_buttons(line: str) -> str:
    """Return ``line`` with the names of its buttons in bold."""
    return _BUTTON.sub(r"**\1**", line)
'''
DOCUMENT = """# Lifts

## The lift does not move

**Problem:** It stands.

**Resolution:**

1. Press [!BUTTON Restart].

```
[!BUTTON in code]
```
"""
READ = """
import json
from troubleshooting.texts.docfx import read_document
document = read_document(open("lifts.en.md", "rb").read(), "lifts.en.md")
(entry,) = document.entries
left = [one.lines for one in document.structure if one.section == "unaccounted"]
print(json.dumps([entry.texts["resolution"], left]))
"""


@pytest.fixture
def portal(migrated: Path) -> ProjectCopy:
    copy = ProjectCopy(migrated)
    (copy.folder / "lifts.en.md").write_text(DOCUMENT, "utf-8")
    return copy


@pytest.mark.sqlite
def test_a_rule_is_a_module_and_its_place_in_the_order(portal: ProjectCopy):
    read = ("shell", "--no-imports", "--command", READ)
    (before,) = portal.manage_all(read)
    assert "[!BUTTON Restart]" in json.loads(before)[0]
    (portal.folder / Path(ORDER).with_name("buttons.py")).write_text(RULE, "utf-8")
    portal.replace(
        ORDER,
        ("from .counting import", "from .buttons import with_buttons\nfrom .counting import"),
        ('    if ":::" in line:\n', '    line = with_buttons(line)\n    if ":::" in line:\n'),
    )
    (after,) = portal.manage_all(read)
    resolution, left = json.loads(after)
    assert "Press **Restart**." in resolution
    assert "[!BUTTON in code]" in resolution  # the order leaves code alone
    assert left == []
