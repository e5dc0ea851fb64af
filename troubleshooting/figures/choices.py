"""What the search learned, as editors read it."""

from __future__ import annotations

from datetime import date

from ..models import LearnedChoice
from ..search.learning.weights import ENOUGH, aged

__all__ = ["ENOUGH", "day_of", "weight_of"]


def day_of(choice: LearnedChoice) -> date:
    """Return when readers last made the choice."""
    return date.fromordinal(choice.day)


def weight_of(choice: LearnedChoice, today: date) -> float:
    """Return what the choice is worth today, in hundredths; below ``ENOUGH`` it has no effect."""
    return aged(choice.weight, today.toordinal() - choice.day)
