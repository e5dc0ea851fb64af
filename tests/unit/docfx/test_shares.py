"""What counts as most and as half of something."""

from __future__ import annotations

import pytest

from troubleshooting.texts.shares import half_of, most_of


@pytest.mark.parametrize(
    ("flags", "is_most", "is_half"),
    [
        ([], False, False),
        ([True], True, True),
        ([False], False, False),
        ([True, False], False, True),
        (["said", "", None], False, False),
        (["said", "said", None], True, True),
    ],
)
def test_most_is_more_than_half_and_of_nothing_there_is_neither(
    flags: list[object], is_most: bool, is_half: bool
):
    assert (most_of(flags), half_of(flags)) == (is_most, is_half)
