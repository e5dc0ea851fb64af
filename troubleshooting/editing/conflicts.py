"""Two people saved different texts from the same beginning."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(eq=False)
class EditConflict(Exception):  # noqa: N818 (a state that the editor resolves, not an error)
    """What a save met: ``stored`` is there as ``revision``, ``typed`` was not stored.

    ``base``, from which both began, ``typed`` and ``stored`` map the names of the texts to the
    texts; ``author`` (None: unknown) wrote ``stored`` at the time ``saved``.
    """

    base: dict[str, str]
    typed: dict[str, str]
    stored: dict[str, str]
    revision: int
    author: User | None
    saved: datetime
