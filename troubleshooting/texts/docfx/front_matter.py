"""The header of a file: YAML between two lines ``---``, or TOML between two lines ``+++``.

Sources: https://learn.microsoft.com/contribute/content/metadata and
https://gohugo.io/content-management/front-matter/
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml

from .errors import DocumentError
from .model import Oddity

_FENCE = "---"
_TOML = "+++"
_FIELD = re.compile(r" {0,3}([A-Za-z_][\w.-]*)[ \t]*:(?:[ \t]+(.*))?")
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")


class Loader(yaml.BaseLoader):
    """YAML without aliases: a few of them make an enormous structure of a small text."""

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


def read_front_matter(lines: list[str]) -> tuple[dict[str, Any], int, list[Oddity]]:
    """Return the fields of a header, the number of lines that it takes, and what is odd in it.

    What is wrong with a header does not refuse its text.
    Of a header that is not valid, each line of a field is read by itself; one that never ends is
    as long as its lines are fields. Raise ``DocumentError`` for aliases alone.
    """
    start = next((i for i, line in enumerate(lines) if line.strip()), 0)
    if lines and lines[start].rstrip() == _TOML:
        return _toml(lines, start)
    try:
        fields, end = split_front_matter(lines)
    except DocumentError as error:
        if error.code == "front_matter_broken" and "alias" in error.detail:
            raise
        fence = next((i for i in range(start + 1, len(lines)) if lines[i].rstrip() == _FENCE), None)
        end = _end_of_fields(lines, start + 1) if fence is None else fence + 1
        oddity = Oddity(error.code, error.line or start + 1, error.detail)
        return _by_line(lines[start + 1 : end]), end, [oddity]
    return fields, end, []


def _toml(lines: list[str], start: int) -> tuple[dict[str, Any], int, list[Oddity]]:
    end = next((i for i in range(start + 1, len(lines)) if lines[i].rstrip() == _TOML), None)
    if end is None:
        return {}, 0, []
    try:
        fields = tomllib.loads("\n".join(lines[start + 1 : end]))
    except tomllib.TOMLDecodeError as error:
        return {}, end + 1, [Oddity("front_matter_broken", start + 1, str(error))]
    return {name: _as_written(value) for name, value in fields.items()}, end + 1, []


def _as_written(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _as_written(each) for name, each in value.items()}
    return [_as_written(each) for each in value] if isinstance(value, list) else str(value)


def _end_of_fields(lines: list[str], first: int) -> int:
    """Return how many lines a header takes that never ends: up to the first line of a text."""
    for index in range(first, len(lines)):
        line = lines[index]
        if line.strip() and not (_FIELD.match(line) or line.startswith((" ", "\t", "-"))):
            return index
    return len(lines)


def _by_line(lines: list[str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    name = ""
    for line in lines:
        if match := _FIELD.fullmatch(line.rstrip()):
            name, value = match[1], (match[2] or "").strip()
            fields.setdefault(name, value.strip("\"'"))
        elif (item := _ITEM.fullmatch(line.rstrip())) and name:
            known = fields[name] if isinstance(fields[name], list) else []
            fields[name] = [*known, item[1].strip()]
    return fields


def _looks_like_fields(lines: list[str]) -> bool:
    return bool(lines) and ":" in lines[0]


def _parse(lines: list[str], first_line: int) -> dict[str, Any]:
    try:
        fields = yaml.load("\n".join(lines), Loader=Loader)
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


def is_draft(fields: Mapping[str, Any]) -> bool:
    """Return whether a header says ``draft``: a text that is not published yet."""
    return str(fields.get("draft") or "").strip().lower() in ("true", "yes", "on", "1")


def is_for_staff(fields: Mapping[str, Any]) -> bool:
    """Return whether a header says that its text is for the staff alone."""
    return str(fields.get("audience") or "").strip().lower() == "staff"


def date_of(fields: dict[str, Any]) -> date | None:
    """Return the date of the document: ``date`` (ISO) or ``ms.date`` (month/day/year)."""
    for name, pattern in (("date", "%Y-%m-%d"), ("ms.date", "%m/%d/%Y"), ("ms.date", "%Y-%m-%d")):
        try:
            return datetime.strptime(str(fields.get(name, "")).strip(), pattern).date()
        except ValueError:
            continue
    return None
