"""Whatever editors and imports do, in any order: what is derived equals a rebuild from the texts.

A state machine makes 1,000 random moves on each engine, 2,000 where a run has both (MOVES=5000: so
many): edits, changes of state by hand and by themselves, splits, merges, words replaced and put
back, what is proposed and approved, restored revisions, imports, deletions, and any of them rolled
back. Between them somebody who is responsible for nothing tries the same, and changes nothing.
"""

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.editing.any_order.choices import KINDS
from tests.editing.any_order.editors import Editors

pytestmark = pytest.mark.django_db
#: On each engine; they are other ones in every run.
MOVES = int(os.environ.get("MOVES", "1000"))
#: For as many workers; together they make all moves.
PARTS = 2
#: Where a kind of move went through in none of them: as many times more, until it has. Each example
#: leaves some kinds out, so one may be missing from a thousand moves, and hardly from ten thousand.
PATIENCE = 20


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("same_process")
def test_any_order_of_many_moves(part, tmp_path):
    class Here(Editors):
        folder = tmp_path
        done: Counter[str] = Counter()

    while PARTS * Here.moves < MOVES or (
        KINDS - set(Here.done) and PARTS * Here.moves < PATIENCE * MOVES
    ):
        run_state_machine_as_test(
            Here,
            settings=settings(
                max_examples=5,
                derandomize=False,  # where CI makes it so, each round would make the same moves
                database=None,
                phases=[Phase.generate],
                stateful_step_count=50,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    print(Here.moves, dict(Here.done.most_common()))
    assert not KINDS - set(Here.done), "it was refused each time, so nothing was tried"
