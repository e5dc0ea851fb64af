"""Finds the file that an export means by an address."""

from __future__ import annotations

import posixpath
from urllib.parse import unquote, urlsplit


def beside(page: str, target: str) -> str:
    """Return the path of ``target`` (in the same tree) from the place of ``page``."""
    return posixpath.relpath(target, posixpath.dirname(page) or ".")


def file_like(address: str, page: str, names: frozenset[str]) -> str | None:
    """Return the path of the file of the tree that has the end of ``address``, from ``page``.

    The longest end decides; where several files have it none is meant.
    """
    parts = [part for part in unquote(urlsplit(address).path).split("/") if part]
    for count in range(min(len(parts), 4), 0, -1):
        end = "/".join(parts[-count:])
        found = [name for name in names if name == end or name.endswith(f"/{end}")]
        if len(found) == 1:
            return beside(page, found[0])
        if found:
            return None
    return None
