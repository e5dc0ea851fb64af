"""Front matter read field by field, with a complaint that names the field and its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..docfx.errors import DocumentError


@dataclass(frozen=True, slots=True)
class Fields:
    """``around`` names what the fields are inside of; ``header`` holds the lines of all."""

    fields: Mapping[str, Any]
    header: Sequence[str]
    around: str = ""

    def error(self, name: str, code: str = "portal_field", detail: str = "") -> DocumentError:
        start = re.compile(rf"[\s-]*{re.escape(name)}\s*:")
        numbers = (n for n, line in enumerate(self.header, 1) if start.match(line))
        where = f"{self.around}.{name}" if self.around else name
        return DocumentError(code, next(numbers, 1), detail or where)

    def text(self, name: str, pattern: re.Pattern[str] | None = None) -> str:
        value = self.fields.get(name, "")
        if not isinstance(value, str) or (pattern and not pattern.fullmatch(value)):
            raise self.error(name)
        return value

    def date(self, name: str) -> date | None:
        value = self.text(name)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError as error:
            raise self.error(name) from error

    def words(self, name: str) -> list[str]:
        value = self.fields.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(name)
        return value

    def items(self, name: str) -> list[Mapping[str, Any]]:
        value = self.fields.get(name) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(name)
        return value

    def mapping(self, name: str, keys: re.Pattern[str] | None = None) -> dict[str, str]:
        value = self.fields.get(name) or {}
        if not isinstance(value, dict):
            raise self.error(name)
        for key, item in value.items():
            wrong = not isinstance(key, str) or not isinstance(item, str)
            if wrong or (keys and not keys.fullmatch(key)):
                raise self.error(name)
        return value
