"""Whether an entry says so much of what was asked that it is an answer and no guess. Pure.

Chance brings words together, the more texts there are the more often. What tells a text about a
matter from one that merely has its words: a title or a message says them, they stand side by side,
or few texts have them at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..reading.plan import QueryPlan, Slot
from ..words.folding import words
from ..words.stemming import analyser
from .ranking import ALIKE, Score

#: The share of a query that an entry must hold if neither its title nor a message has any of it.
UNNAMED = 0.67
#: The share that it must hold if no words that stand together in the query do so there.
SCATTERED = 0.8
#: A word that no more entries hold picks them out, wherever in them it stands.
PICKED_OUT = 3
#: So few words that say something meet by chance in texts about other things.
FEW_WORDS = 3
#: The share of so short a query that the title or one message must say.
SAID_BY_NAME = 0.5


def holds_enough(score: Score, plan: QueryPlan) -> bool:
    """Return whether an entry holds so much of what was asked, and so near to each other.

    Half will do where its title or a message has a word of it, and two of them stand together as
    they do in the query: what merely stands somewhere in a text is there for other reasons more
    often, and words of which neither is true say nothing of one matter, be they all there. Words
    that name no problem are no answer to any.
    """
    is_named, is_together = _is_named(score), _is_together(score, plan)
    if not (is_named or is_together):
        return False
    needed = max(0.0 if is_named else UNNAMED, 0.0 if is_together else SCATTERED)
    return (
        score.names
        and plan.is_answered(score.evidence)
        and plan.is_confirmed(score.sure)
        and score.evidence >= needed * plan.information
    )


def is_about(score: Score, plan: QueryPlan, named: Callable[[], Sequence[str]]) -> bool:
    """Return whether an entry that holds enough is about it, and does not merely speak of it.

    It is where a word is so rare that it picks out this entry, where the reader quoted what has to
    be there, and where one word is all that was said. Else its title or a message, which ``named``
    returns, has a word of it, also where the other words say nothing; and of a query of few words
    that say something, these stand together, and title or message says half of them in the form
    typed.
    """
    if plan.conditions.phrases or score.rarest <= PICKED_OUT:
        return True
    if len(plan.telling) == 1:
        return " " not in plan.surface or _is_named(score)
    if len(plan.telling) > FEW_WORDS:
        return _is_named(score)
    if not (_is_named(score) and _is_together(score, plan)):
        return False
    needed = SAID_BY_NAME * plan.information
    return any(_said(text, plan) >= needed for text in named())


def _is_named(score: Score) -> bool:
    return score.title > 0 or score.message > 0


def _is_together(score: Score, plan: QueryPlan) -> bool:
    """Return whether words stand together as they do in the query.

    One word, and words that an editor says mean one thing together, have no neighbours.
    """
    return score.together > 0 or score.as_one or len({one.terms for one in plan.slots}) == 1


def _said(text: str, plan: QueryPlan) -> float:
    """Return what the words of ``text`` say of the query, in the unit of its ``information``.

    A word that merely shares its stem with one that was typed may mean something else.
    """
    make = analyser(plan.language).term
    held = {word: make(word) for word in words(text)}
    return sum(_share(slot, plan.language, held) * slot.evidence for slot in plan.telling)


def _share(slot: Slot, language: str, held: dict[str, str]) -> float:
    """Return which share of its evidence a slot has where the words ``held`` are."""
    if not slot.terms:
        return 0.0 if set(slot.alike).isdisjoint(held.values()) else ALIKE
    is_form = analyser(language).is_form
    is_exact = slot.is_typed and not (slot.corrected or slot.own)
    return float(
        any(
            term in slot.terms and (not is_exact or is_form(slot.word, word))
            for word, term in held.items()
        )
    )
