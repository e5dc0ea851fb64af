"""Cases as plain text: a title, a dot line, what goes in, a dot line, what comes out, a dot line.

The notation is that of the CommonMark test files of markdown-it.
"""

from __future__ import annotations

from pathlib import Path

import pytest


def read_cases(path: Path) -> list:
    """The cases of a file, as parameters of a test: (input, expected output)."""
    cases, lines = [], path.read_text("utf-8").splitlines()
    dots = [number for number, line in enumerate(lines) if line == "."]
    for start, middle, end in zip(dots[::3], dots[1::3], dots[2::3], strict=True):
        title = next(line for line in reversed(lines[:start]) if line and line != ".")
        given, expected = lines[start + 1 : middle], lines[middle + 1 : end]
        cases.append(pytest.param("\n".join(given), "\n".join(expected), id=title))
    return cases
