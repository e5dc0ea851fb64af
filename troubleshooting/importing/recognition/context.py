"""What a run knows of the documents that were there before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...models import Source
from ..trees import SourceFile, read_redirections
from .orphans import Orphans
from .register import Register


@dataclass(frozen=True, slots=True)
class Recognition:
    """The source that the files of a run are from, if they have one, and what is known of it.

    ``needs_review``: what readers see is not to change before somebody has read it (four eyes).
    ``revision`` is that of the source, if it is a repository.
    """

    source: Source | None
    register: Register
    orphans: Orphans
    needs_review: bool
    revision: str = ""


def recognition_for(
    source: Source | None, files: Sequence[SourceFile], *, needs_review: bool, revision: str = ""
) -> Recognition:
    """Return what a run over ``files`` has to know."""
    register = Register(source, files, read_redirections(files))
    return Recognition(source, register, Orphans(source, register), needs_review, revision)
