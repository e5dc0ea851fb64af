"""What a document in the dialect becomes, as plain-text cases.

An entry is written as its anchor, kind and platforms, then each part that is not empty.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.cases import read_cases
from troubleshooting.texts.docfx import DocfxDocument, read_document

HERE = Path(__file__).parent / "cases"


def written(document: DocfxDocument) -> str:
    lines = []
    for entry in document.entries:
        lines.append(" ".join([entry.anchor, f"[{entry.kind}]", *entry.platforms]))
        lines.append(f"= {entry.title}")
        for part in ("problem", "cause", "resolution", "other"):
            if entry.texts[part]:
                text = entry.texts[part].replace("\n", "\n  ").replace("\n  \n", "\n\n")
                lines.append(f"{part}:\n  {text}")
    if document.preamble:
        lines.append(
            f"preamble:\n  {document.preamble}".replace("\n", "\n  ").replace("    ", "  ")
        )
    return "\n".join(line.rstrip() for line in "\n".join(lines).splitlines())


@pytest.mark.parametrize(("text", "expected"), read_cases(HERE / "english.txt"))
def test_english(text: str, expected: str):
    assert written(read_document(text.encode(), language="en")) == expected


@pytest.mark.parametrize(("text", "expected"), read_cases(HERE / "french.txt"))
def test_french(text: str, expected: str):
    assert written(read_document(text.encode(), language="fr")) == expected


TABLE = """# T

<table>
<tr><th>Error code</th><th>Description</th></tr>
<tr><td>0x80180014</td><td>Not allowed.</td></tr>
<tr><td>0x80180018</td><td>No licence.</td></tr>
</table>
"""


def test_rows_of_an_html_table_know_their_lines():
    document = read_document(TABLE.encode(), language="en")
    assert [(entry.row, entry.lines) for entry in document.entries] == [(1, (5, 5)), (2, (6, 6))]


def test_every_line_is_accounted_for_once_by_what_became_of_it():
    document = read_document(f"{TABLE}\nThat is all.\n".encode(), language="en")
    became = {
        line: placement.section
        for placement in document.structure
        for line in range(placement.lines[0], placement.lines[1] + 1)
    }
    assert became == {
        **{1: "heading", 2: "blank", 3: "directive", 4: "directive", 7: "directive"},
        **{8: "blank", 9: "document"},
    }


HELD = """# T

Said before anything.

<!-- A comment
of two lines -->
[//]: # (another)

[unused]: https://example.org/
"""


def test_a_definition_is_structure_and_a_comment_goes_with_its_text():
    document = read_document(HELD.encode(), language="en")
    became = {
        line: placement.section
        for placement in document.structure
        for line in range(placement.lines[0], placement.lines[1] + 1)
    }
    assert became == {2: "blank", 4: "blank", 7: "link definition", 8: "blank"}


SPANS = """# T

<table>
<tr><th>Error code</th><th>Description</th><th>Resolution</th></tr>
<tr><td rowspan="2">0x80180014</td><td>Not allowed.</td><td>Ask.</td></tr>
<tr><td>Nor there.</td><td>Wait.</td></tr>
<tr><td>0x80180018</td><td colspan="2">Alone.</td></tr>
</table>
"""


def test_a_cell_of_several_rows_stands_in_each_and_one_of_several_columns_in_the_first():
    document = read_document(SPANS.encode(), language="en")
    assert [
        (entry.title, entry.texts["problem"].split("\n")[-1], entry.texts["resolution"])
        for entry in document.entries
    ] == [
        ("0x80180014: Not allowed", "Not allowed.", "Ask."),
        ("0x80180014: Nor there", "Nor there.", "Wait."),
        ("0x80180018: Alone", "Alone.", ""),
    ]


def test_a_table_that_holds_another_stays_as_it_is_written():
    cell = "<table><tr><td>a</td></tr></table>"
    text = SPANS.replace("Not allowed.", cell)
    document = read_document(text.encode(), language="en")
    assert document.entries[0].row is None
    assert cell in "".join(document.entries[0].texts.values()) + document.preamble


def test_a_heading_above_problems_that_labels_name_stays_in_the_outline():
    """A resolution beside the last of them makes all of them parts of the heading above."""
    text = """# Troubleshoot the yard

## Yard errors

### Scenario: The gate stays shut

#### Issue

It beeps.

#### Resolution

Oil it.

### Scenario: The lamp is dark

#### Issue

There is no light.

### Resolution

Clean the lamp.
"""
    document = read_document(text.encode(), language="en")
    titles = [entry.title for entry in document.entries]
    assert titles == ["The gate stays shut", "The lamp is dark"]
    assert [(each.title, each.entries) for each in document.outline][-1] == ("Yard errors", [0, 1])
