"""The addresses of resolutions and steps inside an article. Pure.

They count, so that they are the same in every language: ``resolution-2-step-3-1`` is the first
sub-step of the third step of the second resolution.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: The whole address of a step; the groups are the number of its resolution and its own.
STEP = re.compile(r"resolution-(\d+)-step-(\d+(?:-\d+)*)")
#: What a reader may send for the address of a step, in the words that all regular expressions share
#: (a JSON Schema holds it, too), and that as the whole of a text.
SENDABLE_STEP = r"resolution-\d{1,4}-step-\d{1,4}(-\d{1,4})*"
SENT_STEP = rf"^{SENDABLE_STEP}\Z"
_PLACE = re.compile(r"resolution-(\d+)(?:-step-(\d+(?:-\d+)*))?")


class Place(NamedTuple):
    """A resolution by its number, or a step of it by the numbers of it and of what it is in."""

    resolution: int
    steps: tuple[int, ...] = ()

    @property
    def step_number(self) -> str:
        """Return the number of the step as a person writes it, such as ``3.1``; empty for none."""
        return ".".join(map(str, self.steps))


def resolution_anchor(number: int) -> str:
    """Return the address of the resolution with that number, which begins at 1."""
    return f"resolution-{number}"


def step_anchor(resolution: str, number: int) -> str:
    """Return the address of a step of the resolution at the address ``resolution``."""
    return f"{resolution}-step-{number}"


def substep_anchor(step: str, number: int) -> str:
    """Return the address of a step that belongs to the step at the address ``step``."""
    return f"{step}-{number}"


def place_at(anchor: str) -> Place | None:
    """Return the resolution or step at an address; None for the address of anything else."""
    match = _PLACE.fullmatch(anchor)
    if match is None:
        return None
    steps = tuple(map(int, match[2].split("-"))) if match[2] else ()
    return Place(int(match[1]), steps)


def is_step(anchor: str) -> bool:
    """Return whether an address is that of a step."""
    return STEP.fullmatch(anchor) is not None
