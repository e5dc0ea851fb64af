"""The YAML header of a file, between two lines ``---``.

Source: https://learn.microsoft.com/contribute/content/metadata
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import yaml

from .errors import DocumentError

_FENCE = "---"


class _Loader(yaml.BaseLoader):
    """Without aliases: a few of them make an enormous structure of a small text."""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # stubs of PyYAML
            raise yaml.composer.ComposerError(None, None, "an alias", mark)
        return super().compose_node(parent, index)


def split_front_matter(lines: list[str]) -> tuple[dict[str, Any], int]:
    """Return (the header's fields, the number of lines that the header takes).

    All scalars stay strings, as they were written. A text without a header has no fields.
    Raise ``DocumentError`` (``front_matter_open``, ``front_matter_broken``).
    """
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if not lines or lines[start].rstrip() != _FENCE:
        return {}, 0
    end = next((i for i in range(start + 1, len(lines)) if lines[i].rstrip() == _FENCE), None)
    if end is None:
        if _looks_like_fields(lines[start + 1 :]):
            raise DocumentError("front_matter_open", start + 1)
        return {}, 0
    return _parse(lines[start + 1 : end], start + 2), end + 1


def _looks_like_fields(lines: list[str]) -> bool:
    return bool(lines) and ":" in lines[0]


def _parse(lines: list[str], first_line: int) -> dict[str, Any]:
    try:
        fields = yaml.load("\n".join(lines), Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first_line + (mark.line if mark else 0)
        problem = getattr(error, "problem", "") or ""
        raise DocumentError("front_matter_broken", line, problem) from error
    if fields is None or fields == "":
        return {}
    if not isinstance(fields, dict):
        raise DocumentError("front_matter_broken", first_line)
    return {str(name): value for name, value in fields.items()}


def date_of(fields: dict[str, Any]) -> date | None:
    """Return the date of the document: ``date`` (ISO) or ``ms.date`` (month/day/year)."""
    for name, pattern in (("date", "%Y-%m-%d"), ("ms.date", "%m/%d/%Y"), ("ms.date", "%Y-%m-%d")):
        try:
            return datetime.strptime(str(fields.get(name, "")).strip(), pattern).date()
        except ValueError:
            continue
    return None
