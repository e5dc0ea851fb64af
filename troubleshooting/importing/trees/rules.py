"""What a source says of its paths: which are read, and in which language they are. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class PathRules:
    """Patterns of paths, and languages by the folder that they are the language of.

    In a pattern ``*`` stands for a part of one name, ``**`` for any number of folders; a pattern
    of a folder means all that is in it.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    languages: tuple[tuple[str, str], ...] = ()

    def wants(self, path: str) -> bool:
        """Return whether the document at ``path`` is read."""
        included = not self.include or _matches(path, self.include)
        return included and not _matches(path, self.exclude)

    def language(self, path: str) -> str | None:
        """Return the language that the folder of ``path`` stands for; None: none is said."""
        folder = self._folder_of(path)
        return dict(self.languages)[folder] if folder else None

    def neutral(self, path: str) -> str:
        """Return ``path`` without the folder that says its language."""
        folder = self._folder_of(path)
        return path.removeprefix(f"{folder}/") if folder else path

    def _folder_of(self, path: str) -> str:
        """Return the folder with a language that ``path`` lies in, the longest; "": in none."""
        folders = [folder for folder, _ in self.languages if path.startswith(f"{folder}/")]
        return max(folders, key=len, default="")


NO_RULES = PathRules()


def rules_from(include: str, exclude: str, languages: str) -> PathRules:
    """Return the rules that people wrote, one a line; a language as ``folder = code``."""
    pairs = (line.partition("=") for line in _lines(languages))
    return PathRules(
        tuple(_lines(include)),
        tuple(_lines(exclude)),
        tuple(
            (folder.strip().strip("/"), code.strip())
            for folder, _equals, code in pairs
            if folder.strip() and code.strip()
        ),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(_expression(pattern).fullmatch(path) for pattern in patterns)


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.strip("/"))
    forms = {"**/": r"(?:[^/]+/)*", "**": r".*", "*": r"[^/]*", "?": r"[^/]"}
    body = "".join(forms.get(part) or re.escape(part) for part in parts)
    return re.compile(f"{body}(?:/.*)?")
