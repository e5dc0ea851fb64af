"""A text is made of what was chosen for each block in which two differ."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.unit.shapes_of_text import three
from troubleshooting.texts.comparing.merge import BlockChoice, Side, chosen_texts, open_blocks

_of = BlockChoice
BASE = {"title": "Lamp", "resolution": "Open it.\n\n1.  Turn.\n2.  Wait.\n\nClose it."}
OURS = {"title": "Lamp", "resolution": "Open it.\n\n1.  Turn left.\n2.  Wait.\n\nShut it."}
THEIRS = {"title": "Lamps", "resolution": "Open it.\n\n1.  Turn right.\n2.  Wait.\n\nClose it."}


def test_blocks_that_differ_are_counted_over_all_sections():
    found = [
        (block.number, block.section, block.region.kind)
        for block in open_blocks(BASE, OURS, THEIRS)
    ]
    assert found == [
        (1, "title", "theirs"), (2, "resolution", "conflict"), (3, "resolution", "ours"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("choices", "title", "step", "end"),
    [
        ({}, "Lamp", "Turn left.", "Shut it."),
        ({1: _of(Side.THEIRS), 2: _of(Side.OURS)}, "Lamps", "Turn left.", "Shut it."),
        ({2: _of(Side.THEIRS), 3: _of(Side.THEIRS)}, "Lamp", "Turn right.", "Close it."),
        (
            {1: _of(Side.WRITTEN, " All \n lamps "), 3: _of(Side.WRITTEN, "End.")},
            "All lamps", "Turn left.", "End.",
        ),
    ],
)  # fmt: skip
def test_each_block_says_what_was_chosen_for_it(choices, title: str, step: str, end: str):
    texts = chosen_texts(BASE, OURS, THEIRS, choices)
    assert texts["title"] == title
    assert texts["resolution"] == f"Open it.\n\n1.  {step}\n2.  Wait.\n\n{end}"


def test_where_no_ancestor_is_known_every_block_is_theirs_to_take():
    assert {block.region.kind for block in open_blocks({}, OURS, THEIRS)} == {"theirs"}
    every = {block.number: _of(Side.THEIRS) for block in open_blocks({}, OURS, THEIRS)}
    assert chosen_texts({}, OURS, THEIRS, every) == THEIRS


@settings(max_examples=60)
@given(three())
def test_one_side_chosen_everywhere_is_that_side(texts: tuple[str, str, str]):
    base, ours, theirs = ({"resolution": text} for text in texts)
    blocks = open_blocks(base, ours, theirs)
    for side, whole in ((Side.OURS, ours), (Side.THEIRS, theirs)):
        chosen = chosen_texts(base, ours, theirs, {b.number: BlockChoice(side) for b in blocks})
        assert chosen == whole or not blocks
