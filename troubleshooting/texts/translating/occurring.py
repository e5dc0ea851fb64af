"""Which of many phrases a text holds, in one pass over it.

Source: Aho and Corasick, "Efficient string matching: an aid to bibliographic search" (1975).
"""

from __future__ import annotations

from collections.abc import Collection

#: So few phrases are looked for one after the other.
_FEW = 8
#: The state in which nothing of any phrase has been read.
_START = 0


def occurring(phrases: Collection[str], text: str) -> set[str]:
    """Return which of the ``phrases`` stand in ``text``, wherever in a word.

    The work grows with the length of the text, and with that of all phrases together.
    """
    if len(phrases) <= _FEW:
        return {phrase for phrase in phrases if phrase in text}
    steps: dict[tuple[int, str], int] = {}
    ends = {phrase: _state_of(phrase, steps) for phrase in phrases}
    shorter = _shorter(steps)
    reached = {_START}
    state = _START
    for letter in text:
        state = _next(state, letter, steps, shorter)
        reached.add(state)
    # What ends another phrase has been read with it; later states are of longer beginnings.
    for state in reversed(shorter):
        if state in reached:
            reached.add(shorter[state])
    return {phrase for phrase, end in ends.items() if end in reached}


def _state_of(phrase: str, steps: dict[tuple[int, str], int]) -> int:
    """Return the state in which ``phrase`` has been read, with the steps that lead there."""
    state = _START
    for letter in phrase:
        state = steps.setdefault((state, letter), len(steps) + 1)
    return state


def _shorter(steps: dict[tuple[int, str], int]) -> dict[int, int]:
    """Return for each state that of the longest beginning which ends it, by rising length."""
    below: dict[int, list[tuple[str, int]]] = {}
    for (state, letter), follower in steps.items():
        below.setdefault(state, []).append((letter, follower))
    shorter: dict[int, int] = {}
    states = [_START]
    for state in states:
        for letter, follower in below.get(state, ()):
            is_first = state == _START
            shorter[follower] = (
                _START if is_first else _next(shorter[state], letter, steps, shorter)
            )
            states.append(follower)
    return shorter


def _next(
    state: int, letter: str, steps: dict[tuple[int, str], int], shorter: dict[int, int]
) -> int:
    """Return the state after ``letter``: of the longest beginning that has been read."""
    while (follower := steps.get((state, letter))) is None:
        if state == _START:
            return _START
        state = shorter[state]
    return follower
