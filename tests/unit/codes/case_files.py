"""Read the tables of cases: one case a line, ``text => expected, expected``."""

from pathlib import Path

_FOLDER = Path(__file__).parent / "cases"


def lines(name: str) -> list[str]:
    """Return the lines of a table that are neither empty nor a title."""
    text = (_FOLDER / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line.strip() and not line.startswith("# ")]


def table(name: str) -> list[tuple[str, list[str]]]:
    """Return the cases of a table: the text and what is expected of it (nothing for ``-``)."""
    cases = []
    for line in lines(name):
        text, _, expected = line.rpartition(" => ")
        cases.append((text, [] if expected == "-" else expected.split(", ")))
    return cases


def text(name: str) -> str:
    """Return a whole file."""
    return (_FOLDER / name).read_text(encoding="utf-8")
