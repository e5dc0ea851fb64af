"""What an article can be split into, and that nothing is lost or said twice by it."""

import pytest

from troubleshooting.texts.comparing.parts import aligned_parts, parts_of, split
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.sections import SECTIONS

WAYS = "1.  A.\n2.  B.\n\nNote.\n\n### Second\n\n1.  C.\n\n#### Detail\n\nD.\n\n### Third\n\n1.  E."


@pytest.mark.parametrize(
    ("section", "text", "expected"),
    [
        ("problem", "", []),
        ("problem", "One.\n\nTwo.", ["One.", "Two."]),
        ("problem", "One.\n\n## A\n\nTwo.\n\nThree.", ["One.", "## A\n\nTwo.\n\nThree."]),
        ("problem", "-   a\n\n    b\n-   c", ["-   a\n\n    b\n-   c"]),
        ("problem", "```\n# no\n\n# heading\n```", ["```\n# no\n\n# heading\n```"]),
        ("resolution", "1.  A.\n\nNote.\n\n2.  B.", ["1.  A.\n\nNote.\n\n2.  B."]),
        ("resolution", WAYS, ["1.  A.\n2.  B.\n\nNote.",
                              "### Second\n\n1.  C.\n\n#### Detail\n\nD.", "### Third\n\n1.  E."]),
        ("resolution", "### Only\n\n1.  A.", ["### Only\n\n1.  A."]),
    ],
)  # fmt: skip
def test_the_parts_of_a_section(section: str, text: str, expected: list[str]):
    assert [part.text for part in parts_of(section, text)] == expected


def texts(**sections: str) -> dict[str, str]:
    return {**dict.fromkeys(SECTIONS, ""), **sections}


BOTH = {
    "fr": texts(problem="Un.\n\nDeux.", resolution=WAYS),
    "en": texts(problem="One.", resolution=WAYS.replace("Second", "Other")),
}


def test_languages_are_aligned_where_they_have_as_many_parts():
    keys = [(row.key, sorted(row.parts)) for row in aligned_parts(BOTH)]
    assert keys == [
        ("fr-problem-1", ["fr"]), ("fr-problem-2", ["fr"]), ("en-problem-1", ["en"]),
        *((f"resolution-{n}", ["en", "fr"]) for n in (1, 2, 3)),
    ]  # fmt: skip
    one_side = {"fr": BOTH["fr"], "en": texts()}
    assert all(sorted(row.parts) == ["fr"] for row in aligned_parts(one_side))


@pytest.mark.parametrize(
    "chosen", [set(), {"resolution-1"}, {"resolution-3", "fr-problem-2"}, {"nothing"}]
)
def test_every_line_is_on_one_side(chosen: set[str]):
    parted = split(BOTH, chosen, {})
    for language, sections in BOTH.items():
        for name in SECTIONS:
            sides = parted.staying[language][name], parted.leaving[language][name]
            lines = [line for side in sides for line in side.split("\n") if line]
            assert sorted(lines) == sorted(line for line in sections[name].split("\n") if line)


def test_a_pointer_keeps_the_numbers_of_the_other_ways_out():
    parted = split(BOTH, {"resolution-1", "resolution-2"}, {"fr": "Voir.", "en": "See."})
    assert (
        parted.staying["fr"]["resolution"] == "Voir.\n\n### Second\n\nVoir.\n\n### Third\n\n1.  E."
    )
    assert parted.staying["en"]["resolution"].startswith("See.\n\n### Other\n\nSee.")
    assert parted.leaving["en"]["resolution"] == (
        "1.  A.\n2.  B.\n\nNote.\n\n### Other\n\n1.  C.\n\n#### Detail\n\nD."
    )


def test_both_sides_are_as_the_portal_writes_them():
    parted = split(BOTH, {"resolution-2"}, {"fr": "Voir."})
    for side in parted:
        for sections in side.values():
            for text in filter(None, sections.values()):
                assert canonical(text).strip() == text
