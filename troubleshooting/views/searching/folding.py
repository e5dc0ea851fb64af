"""Hits that look alike: told apart by where they come from, or folded where they say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils.html import strip_tags
from django.utils.translation import get_language

from .cards import HitCard
from .origins import origins


def told_apart(cards: Sequence[HitCard]) -> list[HitCard]:
    """Return ``cards`` in their order, with their origin where several have one title.

    Of cards that say the same (title and snippet) only the first is returned; the others are added
    to its ``alike``. One query where titles are alike, else none.
    """
    groups: dict[str, list[HitCard]] = {}
    for card in cards:
        groups.setdefault(" ".join(card.hit.title.casefold().split()), []).append(card)
    same = [card for group in groups.values() if len(group) > 1 for card in group]
    if not same:
        return list(cards)
    known = origins([card.hit.article_id for card in same], get_language())
    told = {
        card.hit.article_id: replace(card, origin=known.get(card.hit.article_id)) for card in same
    }
    kept: list[HitCard] = []
    first: dict[tuple[str, str], HitCard] = {}
    for card in cards:
        shown = told.get(card.hit.article_id, card)
        says = (" ".join(card.hit.title.casefold().split()), strip_tags(card.snippet))
        if shown is not card and says in first:
            first[says].alike.append(shown)
        else:
            first.setdefault(says, shown)
            kept.append(shown)
    return kept
