"""A problem of several under one heading, told in an item of a list or below a line in bold."""

from __future__ import annotations

from dataclasses import dataclass

from ....markup import Block
from ....markup.blocks import Lines

LONGEST_TITLE = 160


@dataclass(slots=True)
class ListedProblem:
    """One of them: its title, the blocks under it, the lines of the title.

    ``told`` says that the title's own line says more, ``complete`` that it is the title.
    """

    title: str
    blocks: list[Block]
    lines: Lines
    told: bool = False
    complete: bool = False


def shortened(title: str) -> str:
    """Return a title that fits, cut between words."""
    if len(title) <= LONGEST_TITLE:
        return title
    return title[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
