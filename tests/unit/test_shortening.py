"""Of a long log the lines that may say what failed are kept, the last of them first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.search.pasted.shortening import shortened

NOISE = ["nothing of interest"] * 50


@pytest.mark.parametrize(
    "line",
    [
        "ERROR failed with 0x80070005",
        "Échec de l’installation",
        "Fehler beim Anmelden",
        "result -2147023284",
        "says DeviceCapReached",
    ],
)
def test_a_line_that_says_something_is_kept_with_its_neighbours(line):
    text = "\n".join([*NOISE, "before", line, "after", *NOISE])
    assert shortened(text, 200).split("\n") == ["before", line, "after", "…"]


def test_of_too_many_the_last_are_kept():
    text = "\n".join(f"error {number}" for number in range(100))
    assert shortened(text, 50).split("\n") == [f"error {number}" for number in range(95, 100)]


def test_a_short_text_and_one_that_says_nothing_stay():
    assert shortened("error", 10) == "error"
    assert shortened("\n".join(NOISE), 10) == "\n".join(NOISE)


@given(st.lists(st.sampled_from(["error 1", "quiet", ""]), max_size=40), st.integers(10, 120))
def test_it_fits_and_invents_no_line(lines, most):
    text = "\n".join(lines)
    short = shortened(text, most)
    assert len(short) <= most or "error" not in text
    assert set(short.split("\n")) <= {*lines, "…", ""}


@pytest.mark.parametrize(
    ("room", "kept"), [(8, "error 2"), (15, "error 2"), (16, "error 1\nerror 2"), (7, "")]
)
def test_lines_are_kept_as_long_as_there_is_room(room: int, kept: str):
    assert shortened("error 0\nerror 1\nerror 2", room) == kept


def test_where_lines_were_left_out_a_mark_says_so():
    text = "\n".join(["error 0", *NOISE, "error 1"])
    quiet = NOISE[0]
    assert shortened(text, 90).split("\n") == ["error 0", quiet, "…", quiet, "error 1"]
