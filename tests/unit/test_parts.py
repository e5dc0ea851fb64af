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


COUNTED = "1.  A.\n\n### Résolution 2\n\n1.  B.\n\n### Résolution 3 : Titre\n\n1.  C."
METHODS = "### Method 1: Restart\n\nA.\n\n### Method 2: Reset\n\nB.\n\n### Method 3\n\nC."


@pytest.mark.parametrize(
    ("language", "section", "text", "chosen", "leaving", "staying"),
    [
        ("fr", "resolution", COUNTED, "3", "### Résolution : Titre\n\n1.  C.",
         "1.  A.\n\n### Résolution 2\n\n1.  B."),
        ("fr", "resolution", COUNTED, "2", "1.  B.",
         "1.  A.\n\n### Résolution 2 : Titre\n\n1.  C."),
        ("fr", "resolution", COUNTED, "23",
         "### Résolution 1\n\n1.  B.\n\n### Résolution 2 : Titre\n\n1.  C.", "1.  A."),
        ("en", "resolution", METHODS, "1", "### Method: Restart\n\nA.",
         "### Method 1: Reset\n\nB.\n\n### Method 2\n\nC."),
        ("en", "cause", "### Cause 1\n\nA.\n\n### Cause 2\n\nB.\n\n### Cause 3\n\nC.", "2", "B.",
         "### Cause 1\n\nA.\n\n### Cause 2\n\nC."),
        ("fr", "cause", "**Cause 1 :** Un.\n\n**Cause 2 :** Deux.", "2", "**Cause :** Deux.",
         "**Cause :** Un."),
        ("en", "resolution",
         "### Approach A\n\nA.\n\n### Approach B: go\n\nB.\n\n### Approach C\n\nC.", "23",
         "### Approach A: go\n\nB.\n\n### Approach B\n\nC.", "A."),
        ("en", "resolution", "### **Solution #1**\n\nA.\n\n### Solution #2 - Go\n\nB.", "2",
         "### Solution - Go\n\nB.", "A."),
        # What only looks like a number of its own.
        ("en", "resolution", "### Resolution for Error 1\n\nA.\n\n### Resolution for Error 2\n\nB.",
         "2", "### Resolution for Error 2\n\nB.", "### Resolution for Error 1\n\nA."),
        ("en", "resolution", "### Windows 10\n\nA.\n\n### Windows 11\n\nB.", "2",
         "### Windows 11\n\nB.", "### Windows 10\n\nA."),
        # Parts that were not counted one by one.
        ("en", "resolution", "### Method 4\n\nA.\n\n### Method 4\n\nB.\n\n### Method 9\n\nC.", "23",
         "### Method 4\n\nB.\n\n### Method 9\n\nC.", "A."),
    ],
)  # fmt: skip
def test_what_is_left_of_counted_parts_is_counted_anew(
    language: str, section: str, text: str, chosen: str, leaving: str, staying: str
):
    keys = {f"{section}-{place}" for place in chosen}
    parted = split({language: texts(**{section: text})}, keys, {})
    assert parted.leaving[language][section] == leaving
    assert parted.staying[language][section] == staying


def test_parts_keep_their_numbers_where_none_left_or_a_pointer_is_in_its_place():
    both = {"fr": texts(problem="Un.", cause="### Cause 2\n\nA.", resolution=COUNTED)}
    parted = split(both, {"resolution-2"}, {"fr": "Voir."})
    assert parted.staying["fr"]["resolution"] == COUNTED.replace("1.  B.", "Voir.")
    assert parted.staying["fr"]["cause"] == both["fr"]["cause"]
    assert split(both, {"cause-1"}, {}).leaving["fr"]["cause"] == "A."
