"""Charts as geometry, shares of few answers, tables without formulas."""

import csv
import io
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.figures.rendering.charts import HEIGHT, WIDTH, bar_chart, ticks_for
from troubleshooting.figures.rendering.spreadsheets import MARK, defused, lines
from troubleshooting.figures.statistics import wilson_lower

PAIRS = st.lists(
    st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)).map(lambda p: (max(p), min(p))),
    max_size=120,
)


@given(PAIRS)
def test_bars_stand_side_by_side_inside_the_drawing(pairs):
    chart = bar_chart(pairs)
    top = chart.ticks[0]
    right = 0.0
    for bar, (whole, part) in zip(chart.bars, pairs, strict=True):
        assert bar.whole.x >= right - 0.02
        right = bar.whole.x + bar.whole.width
        for one, value in ((bar.whole, whole), (bar.part, part)):
            assert one.height == pytest.approx(HEIGHT * value / top, abs=0.01)
            assert one.y + one.height == pytest.approx(HEIGHT)
            assert one.y >= 0
    assert right <= WIDTH


@given(st.integers(0, 10**9))
def test_ticks_are_few_even_and_reach_the_highest(highest):
    ticks = ticks_for(highest)
    assert 3 <= len(ticks) <= 5
    assert ticks[-1] == 0
    assert ticks[0] >= highest
    assert len({high - low for high, low in pairwise(ticks)}) == 1
    assert ticks[-2] >= 1


def test_ticks_are_round():
    assert ticks_for(1130) == [1500, 1000, 500, 0]
    assert ticks_for(3) == [3, 2, 1, 0]
    assert bar_chart([(3, 1)]).lines == [0, 33.33, 66.67, 100]


@pytest.mark.parametrize("pair", [(1, 2), (-1, 0), (3, -1)])
def test_a_part_is_not_more_than_its_whole(pair):
    with pytest.raises(ValueError, match="part"):
        bar_chart([pair])


def test_certain_share_grows_with_the_number_of_answers():
    # Values of the score interval as Newcombe (1998) has them for 81 of 263.
    assert wilson_lower(81, 263) == pytest.approx(0.2553, abs=0.0001)
    assert wilson_lower(5, 6) < wilson_lower(80, 100) < 0.8
    assert wilson_lower(0, 10) == pytest.approx(0, abs=1e-12)
    assert wilson_lower(0, 0) == 0


@given(st.integers(0, 500), st.integers(0, 500))
def test_certain_share_is_below_the_share(successes, failures):
    total = successes + failures
    assert 0 <= wilson_lower(successes, total) <= (successes / total if total else 0) + 1e-12


CELLS = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n,;'\" ＝＋－＠"), st.characters(codec="utf-8")),
    max_size=12,
)


def begins_a_formula(text: str) -> bool:
    """Whether a spreadsheet would run ``text``."""
    start = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return start in tuple("=+-@") or text[:1] in tuple("\t\r\n")


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1), st.sampled_from(",;"))
def test_no_cell_of_a_file_is_a_formula_and_nothing_is_lost(rows, separator):
    text = "".join(lines(rows, separator))
    assert text.startswith(MARK)
    read = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator))
    assert len(read) == len(rows)
    for cells, before in zip(read, rows, strict=True):
        assert not any(begins_a_formula(cell) for cell in cells)
        bare = [cell.replace("'", "") for cell in cells]
        assert bare == [cell.replace("'", "") for cell in before]


@given(st.text(st.sampled_from("=+-@\"'a,;"), max_size=10))
def test_no_part_is_a_formula_where_another_separator_is_usual(text):
    """Another country's spreadsheet splits ``a;=1`` where commas separate the cells."""
    for separator in ",;":
        for part in str(defused(text)).split(separator)[1:]:
            assert not begins_a_formula(part.strip("\"'")) or part.startswith("'")


def test_what_is_no_formula_stays():
    assert defused("0x80070005, -2147024891") == "0x80070005, -2147024891"
    assert defused("-2147024891") == "'-2147024891"
    assert defused(-5) == -5
    assert defused("") == ""
