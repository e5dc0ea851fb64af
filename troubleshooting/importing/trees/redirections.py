"""Where a publisher says that its files went: ``.openpublishing.redirection*.json``.

Source: https://learn.microsoft.com/en-us/contribute/content/redirects. A list of
``{"source_path": "intune/old.md", "redirect_url": "/mem/intune/new"}`` under ``redirections``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from ...texts.docfx.source import MAX_BYTES
from .archives import REDIRECTIONS
from .source_files import SourceFile

_MOST_HOPS = 20
_ENDINGS = {"md", "markdown", "yml"}


class Redirections:
    """Former paths of files -> the addresses of the pages that replaced them."""

    def __init__(self, targets: dict[str, str]) -> None:
        self._by_name: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for source, target in targets.items():
            for name in _tail(source)[-1:]:
                self._by_name[name].append((source, target))

    def __bool__(self) -> bool:
        return bool(self._by_name)

    def leads(self, former: str, now: str) -> bool:
        """Return whether the file at ``former`` is said to be at ``now``, by any number of hops.

        Paths are relative to some folder above; addresses lack the ending of files.
        """
        place = former
        for _hop in range(_MOST_HOPS):
            target = self._target(place)
            if target is None:
                return False
            place = target
            # One name tells little: the folder has to agree too, where both have one.
            needed = min(2, len(_tail(place)), len(_tail(now)))
            if needed and _common(place, now) >= needed:
                return True
        return False

    def _target(self, path: str) -> str | None:
        """Return the address that replaced ``path``, if there is one."""
        found = {
            target
            for name in _tail(path)[-1:]
            for source, target in self._by_name.get(name, ())
            if _common(source, path) == min(len(_tail(source)), len(_tail(path)))
        }
        return found.pop() if len(found) == 1 else None


def read_redirections(files: Iterable[SourceFile]) -> Redirections:
    """Return what the trees of ``files`` say; a file that is no such list says nothing."""
    folders = {folder for file in files for folder in (file.top, file.root)}
    targets: dict[str, str] = {}
    for path in sorted(
        p for folder in folders if folder.is_dir() for p in folder.glob(REDIRECTIONS)
    ):
        targets.update(_read(path))
    return Redirections(targets)


def _read(path: Path) -> dict[str, str]:
    try:
        if path.stat().st_size > MAX_BYTES:
            return {}
        rows = json.loads(path.read_text("utf-8-sig"))["redirections"]
        pairs = [(row.get("source_path"), row.get("redirect_url")) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return {
        source: target
        for source, target in pairs
        if isinstance(source, str) and isinstance(target, str)
    }


def _tail(path: str) -> tuple[str, ...]:
    """Return the parts of a path or address in small letters, without the file's ending."""
    parts = PurePosixPath(urlsplit(path).path.strip("/").lower()).parts
    if not parts:
        return ()
    stem, dot, ending = parts[-1].rpartition(".")
    return (*parts[:-1], stem if dot and ending in _ENDINGS else parts[-1])


def _common(left: str, right: str) -> int:
    """Return how many parts the ends of both have in common."""
    pairs = zip(reversed(_tail(left)), reversed(_tail(right)), strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
