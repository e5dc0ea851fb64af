"""What decides between two readings of a shape, a document on each side of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cases import read_cases
from troubleshooting.texts.docfx import Entry, read_document
from troubleshooting.texts.docfx.articles.tables.keys import read_key

LIFT = "# Lifts\n\n## The lift does not move\n\n**Problem:** It stands.\n\n**Resolution:**\n\n{}\n"


def entries(text: str) -> list[Entry]:
    return read_document(text.encode(), "page.md", language="en").entries


def resolution(text: str) -> str:
    (entry,) = entries(LIFT.format(text))
    return entry.texts["resolution"]


@pytest.mark.parametrize(
    "code",
    [
        "[!INCLUDE [note](note.md)]",
        "<table><tr><td>a</td><td>b</td></tr></table>",
        "#Not a title",
        ":::zone pivot=x",
        ":::image type=x:::",
        "```not a fence's end\n#Not a title",
        "~~~\n#Not a title",
    ],
)
def test_what_stands_in_a_fence_is_code_whatever_it_would_mean_outside(code: str):
    fence = "````" if "```" in code or "~~~" in code else "```"
    assert resolution(f"```\n{code}\n```") == f"{fence}\n{code}\n{fence}"


@pytest.mark.parametrize(
    ("text", "expected"), read_cases(Path(__file__).parent / "cases/resolutions.txt")
)
def test_steps_and_ways_in_their_other_forms(text: str, expected: str):
    assert resolution(text) == expected


@pytest.mark.parametrize(
    ("rows", "platforms"),
    [(3, [["ios"], ["ios"], ["ios"]]), (4, [[], [], [], []])],
)
def test_a_platform_is_a_tables_where_a_third_of_its_rows_names_it(
    rows: int, platforms: list[list[str]]
):
    told = ["Restart it on iOS.", *["Restart it."] * (rows - 1)]
    lines = [f"| 0x8018000{number} | {text} |" for number, text in enumerate(told)]
    table = "\n".join(["# Errors\n", "| Code | Resolution |", "|---|---|", *lines])
    assert [list(entry.platforms) for entry in entries(table)] == platforms


@pytest.mark.parametrize(
    ("facts", "texts"),
    [
        (  # two are enough
            ["Problem | It stands still.", "Resolution | Restart it."],
            {"problem": "It stands still.", "resolution": "Restart it."},
        ),
        (  # a cell that begins with a list has its name before it
            ["Cause | It is cold.", "Resolution | <ol><li>Open it.</li><li>Close it.</li></ol>"],
            {"cause": "It is cold.", "resolution": "1.  Open it.\n2.  Close it."},
        ),
    ],
)
def test_rows_that_name_parts_are_these_parts(facts: list[str], texts: dict[str, str]):
    rows = "\n".join(f"| {fact} |" for fact in facts[1:])
    (entry,) = entries(
        f"# Lifts\n\n## The lift does not move\n\n| {facts[0]} |\n|---|---|\n{rows}\n"
    )
    assert {name: text for name, text in entry.texts.items() if name in texts} == texts


@pytest.mark.parametrize(
    ("numbers", "are_steps"), [((1, 2), True), ((1, 3), False), ((2, 3), False), ((1,), False)]
)
def test_lines_of_a_column_are_steps_where_they_are_counted(
    numbers: tuple[int, ...], are_steps: bool
):
    lines = [f"| {number}. Open door {number}. |" for number in numbers]
    text = resolution("\n".join(["| Steps |", "|---|", *lines]))
    assert text.startswith("1.  Open door 1.") == are_steps


def test_a_row_that_ends_before_a_column_has_nothing_there():
    rows = ["| Gone | 404 | Look again. |", "| Refused | 403 | Sign in. |", "| Only this |"]
    table = "\n".join(["# Errors\n", "| Message | Status | Resolution |", "|---|---|---|", *rows])
    problems = [entry.texts["problem"] for entry in entries(table)]
    assert problems == ["> Gone\n\n`HTTP 404`", "> Refused\n\n`HTTP 403`", "> Only this"]


@pytest.mark.parametrize("before", ["", "\n", "\n\n"])
def test_the_first_line_is_a_title_without_its_blank_and_no_later_one(before: str):
    (entry,) = entries(
        f"{before}#Lifts stop\n\n**Problem:** No.\n\n#4711 is it.\n\n**Fix:** Wait.\n"
    )
    assert entry.title == "Lifts stop"
    assert "#4711 is it." in entry.texts["problem"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("**The lift does not move**\n\nRestart it.", "The lift does not move"),
        ("**The lift does not move**", "page"),  # the only line is what the document says
        ("**The lift**\n\nRestart it.", "page"),  # two words name nothing
    ],
)
def test_a_first_line_in_bold_is_the_title_of_what_stands_below_it(text: str, title: str):
    assert read_document(text.encode(), "page.md", language="en").title == title


LABELLED = "### The {}\n\n**Cause:** Old.\n\n**Fix:** Wait.\n\n"


@pytest.mark.parametrize(
    ("names", "titles"),
    [
        (["lift stands", "door is open"], ["The lift stands", "The door is open"]),
        (["lift stands"], ["Lifts"]),  # one below is told by what stands above
    ],
)
def test_problems_above_several_with_labels_is_the_name_of_a_group(
    names: list[str], titles: list[str]
):
    text = "# Lifts\n\n## Problems\n\n" + "".join(map(LABELLED.format, names))
    assert [entry.title for entry in entries(text)] == titles


@pytest.mark.parametrize(
    ("cell", "codes", "listed", "rest"),
    [
        ("500", ["500"], ["500"], ""),
        ("500 or 0x80180014", ["500", "0x80180014"], ["500", "0x80180014"], ""),
        ("500 or 0x80180014<br>Refused", ["500", "0x80180014"], ["500", "0x80180014"], "Refused"),
        # A number before words is the code where it stands alone with them, no other.
        ("500 Internal server error", ["500"], ["500"], "500 Internal server error"),
        ("404<br>500 Gone", ["404"], ["404"], "500 Gone"),
        ("418 (Exists already)", ["418"], ["418"], "418 (Exists already)"),
        ("(507) Failed", ["507"], ["507"], "(507) Failed"),
        ("404 (Not found)", ["404"], [], "404 (Not found)"),
        ("See 0x80180014", ["0x80180014"], [], "See 0x80180014"),
        ("Refused (500)", [], [], "Refused (500)"),
        ("500<br>&nbsp;", ["500"], ["500"], ""),
    ],
)
def test_a_cell_of_a_column_of_codes_says_them_and_what_else_stands_there(
    cell: str, codes: list[str], listed: list[str], rest: str
):
    key = read_key(cell, sure=True)
    assert (key.codes, key.alone, key.rest) == (codes, listed, rest)


def test_a_number_is_no_code_outside_such_a_column():
    assert read_key("500 Internal server error").alone == []


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ("0x80180014 | It is cold. | Wait.", "0x80180014: It is cold"),
        ("0x80180014 | 500 | Wait.", "0x80180014: Wait"),  # a number says nothing of it
        ("0x80180014 | 500 Gone | Wait.", "0x80180014: 500 Gone"),
        ("0x80180014 | | Wait.", "0x80180014: Wait"),
    ],
)
def test_a_row_is_titled_by_its_code_and_the_first_that_is_said_of_it(row: str, title: str):
    table = f"# Errors\n\n| Code | Cause | Resolution |\n|---|---|---|\n| {row} |"
    assert [entry.title for entry in entries(table)] == [title]


def test_a_heading_that_is_a_number_is_said_before_what_it_means():
    text = "# Error codes\n\n## 500\n\nIt fails.\n\n## 404\n\nIt is gone.\n"
    assert [entry.texts["problem"] for entry in entries(text)] == [
        "`500`\n\nIt fails.",
        "`404`\n\nIt is gone.",
    ]


def test_what_stands_behind_a_list_is_said_once_although_its_items_are_no_problems():
    (entry,) = entries(
        "# Known issues of lifts\n\n## The yard\n\n- Lifts are tall.\n\n  They are heavy.\n"
        "- Lorries come early.\n\nBehind the list.\n"
    )
    assert "\n".join(entry.texts.values()).count("Behind the list") == 1
