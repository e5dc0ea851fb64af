"""Two people saved different texts from the same beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(eq=False)
class EditConflict(Exception):  # noqa: N818 (a state that the editor resolves, not an error)
    """What a save met: ``theirs`` is stored as ``revision``, ``ours`` was not stored.

    ``base``, ``ours`` and ``theirs`` map the names of the texts to the texts; ``author`` (None:
    unknown) wrote ``theirs`` at the time ``saved``.
    """

    base: dict[str, str]
    ours: dict[str, str]
    theirs: dict[str, str]
    revision: int
    author: User | None
    saved: datetime
