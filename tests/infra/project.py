"""What the tests of this folder share: the project's files, read as text."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def read(name: str) -> str:
    """Return the text of the file ``name``, relative to the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def section(document: str, heading: str) -> str:
    """Return the part of a Markdown ``document`` below ``## heading``."""
    return document.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def first_column(markdown: str) -> list[str]:
    """Return the first cell of every body row of the tables in ``markdown``."""
    rows = re.findall(r"^\| (.+?) \|", markdown, flags=re.MULTILINE)
    return [cell for cell in rows if not cell.startswith("---") and cell.startswith("`")]
