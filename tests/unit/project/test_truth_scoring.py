"""How what was read is scored against what an editor would make of a document."""

from __future__ import annotations

import pytest

from scripts.truth.scoring import Expected, Made, code_key, expected_of, mean, score


def row(**values: str) -> dict[str, str]:
    """Return a row of the table with empty columns but for ``values``."""
    columns = ("title", "codes", "platforms", "resolutions", "note")
    return {**dict.fromkeys(columns, ""), **values}


def article(title: str, codes: str = "", steps: str = "", **more: str) -> Expected:
    return expected_of(row(title=title, codes=codes, resolutions=steps, **more))


def made(title: str, codes: str = "", steps: tuple[int, ...] = (), *, problem: bool = True) -> Made:
    return Made(title, frozenset(map(code_key, codes.split())), frozenset(), steps, problem)


SAME_CODES = [
    ("Event 7000", "7000"),
    ("HTTP 403", "403"),
    ("0x80070005", "-2147024891"),
    ("NoSuchFolder", "nosuchfolder"),
    ("btm77", "BTM77"),
]


@pytest.mark.parametrize(("left", "right"), SAME_CODES)
def test_spellings_of_a_code_are_one(left: str, right: str):
    assert code_key(left) == code_key(right)


NOTES = [
    ("two lists, counted together; 5,3,7 also acceptable", ((8, 7), (5, 3, 7))),
    ("steps are bold; one resolution of 4 steps also acceptable", ((8, 7), (4,))),
    ("the second only verifies (13 acceptable)", ((8, 7), (8, 13))),
    ("one resolution of their 17 or 21 steps also good", ((8, 7), (17,), (21,))),
    ("one resolution (0) also good", ((8, 7), (0,))),
    ("the H1 also acceptable as title; only the first (5) also good", ((8, 7), (5,))),
    ("the steps are a test; 0,3 or 5 also good", ((8, 7), (0, 3), (8, 5))),
    ("two ways in prose; 7 also good", ((8, 7), (7,))),
    ("a link only, empty also acceptable (doc 3)", ((8, 7), ())),
    ("windows through a path only, empty also acceptable", ((8, 7),)),
    ("empty platforms also acceptable", ((8, 7),)),
    ("a matter of taste", ((8, 7),)),
]


@pytest.mark.parametrize(("note", "resolutions"), NOTES)
def test_a_note_names_counts_that_are_as_good(note: str, resolutions: tuple[tuple[int, ...], ...]):
    assert article("Title", steps="8,7", note=note).resolutions == resolutions


TITLES = [
    ("alt title: The lid is open; windows also acceptable", "The lid is open"),
    ("or titled with its parent, The lid is open; one article", "The lid is open"),
    ("or titled The lid is open; a remark", "The lid is open"),
]


@pytest.mark.parametrize(("note", "title"), TITLES)
def test_a_note_names_titles_that_are_as_good(note: str, title: str):
    assert article("No scan", note=note).titles == ("No scan", title)


OPTIONAL = [
    ("windows also acceptable", {"windows"}),
    ("0x300000 is a value; 0x8007000E only in a link, also acceptable", {"2147942414"}),
    ("the name SlotLostException also acceptable as a code", {"slotlostexception"}),
    ("Event 824 and 5.4.20 may be codes too; 823 is another", {"824", "5.4.20"}),
    ("one resolution (0) also good; HY000 also acceptable", {"hy000"}),
    ("a list; the code as 18, or none, also acceptable", {"18", ""}),
    ("windows only by the steps; 5,3,7 also acceptable", set()),
]


@pytest.mark.parametrize(("note", "optional"), OPTIONAL)
def test_a_note_names_codes_and_platforms_that_may_be_left_out(note: str, optional: set[str]):
    assert article("Title", note=note).optional == optional


def test_what_may_be_left_out_is_neither_missing_nor_too_much():
    wanted = article("A", "0x1A2B3C4D; 1242", note="1242 and 0x8007000E also acceptable")
    found = [score([wanted], [made("A", codes)]) for codes in ("0x1A2B3C4D", "0x8007000E", "1242")]
    shares = [(each.values["codes found"], each.values["codes right"]) for each in found]
    assert shares == [(1.0, 1.0), (0.0, None), (0.5, 1.0)]


# What is expected, what was made, and the measures that are not 1.
SCORES = [
    ([article("A", "0x1A2B3C4D", "3")], [made("A", "0x1A2B3C4D", (3,))], {}),
    ([article("A", "", "3,2")], [made("A", "", (3,))], {"pairs": 0.5, "steps": 0.6}),
    ([article("A", "", "0")], [made("A")], {"pairs": 0.0}),
    ([article("A", "0x1A2B3C4D")], [made("A")], {"codes found": 0.0, "codes right": None}),
    ([article("A")], [made("A", "0x1A2B3C4D")], {"codes found": None, "codes right": 0.0}),
    ([article("A")], [made("A"), made("Another one")], {"articles right": 0.5}),
    ([article("A")], [made("A"), made("Advice", problem=False)], {}),
    ([article("A", platforms="ios")], [made("A")], {"platforms": 0.0}),
    ([article("A", platforms="linux")], [made("A")], {}),
    ([article("0x1A2B3C4D", "0x1A2B3C4D")], [made("Nothing works", "0x1A2B3C4D")],
     {"titles": 0.0}),
    ([article("A"), article("B c d", note="borderline: no problem")], [made("A"), made("B c d")],
     {}),
]  # fmt: skip


@pytest.mark.parametrize(("expected", "found", "below"), SCORES)
def test_measures(expected: list[Expected], found: list[Made], below: dict[str, float | None]):
    values = score(expected, found).values
    without = {"codes found", "codes right"} - below.keys()
    assert {n: v for n, v in values.items() if v != 1.0 and not (n in without and v is None)} == (
        pytest.approx(below)
    )


def test_an_article_that_is_missing_counts_as_nothing():
    values = score([article("A", steps="2"), article("Zero")], [made("A", steps=(2,))]).values
    assert values["articles found"] == values["pairs"] == values["steps"] == 0.5


@pytest.mark.parametrize(("problem", "right"), [(True, 0.0), (False, 1.0)])
def test_a_document_without_a_problem_wants_no_article_about_one(problem: bool, right: float):
    values = score([], [made("A", problem=problem)]).values
    assert values["articles right"] == right
    assert values["pairs"] is None


def test_articles_are_matched_by_their_codes_and_the_nearest_title():
    expected = [article("Setup fails", "0x1A2B3C4D"), article("Setup fails", "0x1A2B3C4E")]
    found = [made("Setup fails", "0x1A2B3C4E"), made("Setup fails", "0x1A2B3C4D")]
    assert score(expected, found).values["codes found"] == 1.0


def test_documents_without_a_measure_do_not_count_in_its_mean():
    assert mean([1.0, None, 0.5]) == 0.75
    assert mean([None]) is None
