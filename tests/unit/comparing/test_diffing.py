"""What a reader of a diff sees: units that came, went or were rewritten, and their words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.growth.measure import MOST, growth, pieces
from tests.unit.shapes_of_text import three
from troubleshooting.texts.comparing.aligning import MOST_CELLS, likeness, pair
from troubleshooting.texts.comparing.diffing import (
    diff_line,
    diff_texts,
    without_unchanged,
    words_changed,
)
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.markup.units import units_of

STEPS = "1.  Ouvrez **Paramètres**.\n2.  Lancez `dsregcmd /status`.\n3.  Voir [l’aide](a.md)."


def told(before: str, after: str) -> list[str]:
    """Each unit that changed in a line: ``2! Lancez [-`a`-] [+`b`+] .``"""
    marks = {"same": "{}", "added": "[+{}+]", "removed": "[-{}-]"}
    signs = {"added": "+", "removed": "-", "changed": "!"}
    return [
        f"{change.number}{signs[change.kind]} "
        + "".join(marks[piece.kind].format(piece.text.strip(" ")) for piece in change.pieces)
        for change in diff_texts(before, after)
        if change.kind != "same"
    ]


CASES = [
    (STEPS, STEPS, []),
    ("", "Un.", ["0+ [+Un.+]"]),
    ("Un.", "", ["0- [-Un.-]"]),
    (STEPS, STEPS.replace("Paramètres", "Réglages"), ["1! Ouvrez **[-Paramètres-][+Réglages+]**."]),
    (
        STEPS,
        STEPS.replace("dsregcmd /status", "dsregcmd /leave"),
        ["2! Lancez[-`dsregcmd /status`-][+`dsregcmd /leave`+]."],
    ),
    (STEPS, STEPS.replace("a.md", "b.md"), ["3! Voir[-[l’aide](a.md)-][+[l’aide](b.md)+]."]),
    # A step that goes does not make those after it new ones.
    (
        STEPS,
        canonical(STEPS.replace("1.  Ouvrez **Paramètres**.\n2", "1")),
        ["1- [-Ouvrez **Paramètres**.-]"],
    ),
    ("Un mot.", "Un\u00a0mot.", ["0! Un[+\u00a0+]mot."]),
    ("```\na\nb\n```", "```\na\nc\n```", ["0! ```\na\n[-b\n-][+c\n+]```"]),
    ("Le chat dort.", "Aucun rapport ici.", ["0! [-Le chat dort-][+Aucun rapport ici+]."]),
    # A few letters between two changes are no island: what is gone stands in one piece.
    ("Ouvrez la porte.", "Fermez la fenêtre.", ["0! [-Ouvrez la porte-][+Fermez la fenêtre+]."]),
    (
        "1.  Un.\n    1.  Deux.\n    2.  Trois.",
        "1.  Un.\n    1.  Trois.",
        ["1! Un.\n\n1.[-Deux.\n2.-]Trois."],
    ),
]

OLD_WORDS = "The phone shows a grey page after the last update."
NEW_WORDS = "Since Monday any update of the phone goes blank."  # three of its words are those


@pytest.mark.parametrize(
    ("after", "kinds"),
    [
        (f"-   {NEW_WORDS}", ["changed", "removed"]),
        (NEW_WORDS, ["removed", "removed", "added"]),
        (f"1.  {NEW_WORDS}", ["removed", "removed", "added"]),
    ],
)
def test_an_item_that_says_it_otherwise_is_rather_the_same_than_a_paragraph(
    after: str, kinds: list[str]
):
    before = f"-   {OLD_WORDS}\n-   Ring nobody."
    assert [change.kind for change in diff_texts(before, after)] == kinds


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_what_is_told(before: str, after: str, expected: list[str]):
    assert told(before, after) == expected


def test_markup_of_a_text_stays_text():
    (change,) = diff_texts("Un.", "Un. <b onclick=x>gras</b>")
    assert "".join(piece.text for piece in change.pieces if piece.kind == "added") == (
        "<b onclick=x>gras</b>"
    )


def test_unchanged_units_are_counted():
    before = "\n\n".join(f"Alinéa {word}." for word in ("un", "deux", "trois", "quatre", "cinq"))
    shown = without_unchanged(diff_texts(before, before.replace("cinq", "six")))
    assert [change.kind for change in shown] == ["skipped", "same", "changed"]
    assert shown[0].count == 3


def test_words_changed():
    assert words_changed("Ouvrez le menu.", "Ouvrez la page.") == 4


def test_a_line():
    pieces = [(piece.kind, piece.text) for piece in diff_line("Plafond atteint", "Plafond dépassé")]
    assert pieces == [("same", "Plafond "), ("removed", "atteint"), ("added", "dépassé")]


@settings(max_examples=40, deadline=None)
@given(three())
def test_both_texts_can_be_read_off(texts: tuple[str, str, str]):
    _, before, after = texts
    changes = diff_texts(before, after)
    for text, other in ((before, "added"), (after, "removed")):
        read = [
            "".join(piece.text for piece in change.pieces if piece.kind != other)
            for change in changes
            if change.kind != other
        ]
        assert [_plain(line) for line in read] == [_plain(unit.text) for unit in units_of(text)]


def _plain(text: str) -> list[str]:
    """The words of a text; numbers of sub-steps may be those of the other side."""
    return [word for word in text.split() if not word.rstrip(".").isdigit()]


@pytest.mark.parametrize("part", ["a ", "a\n\n", "1. a\n"])
def test_monotonous_texts_take_no_longer_than_their_length(part: str):
    def work(text: str) -> None:
        diff_texts(text, "b " + text[: len(text) // 2] + "c" + text[len(text) // 2 :])

    assert growth(work, pieces(lambda _: part), 2_000) <= MOST


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [("", "", 1), ("ab", "ba", 1), ("ab", "bc", 0.5), ("a", "b", 0), ("a", "", 0)],
)
def test_likeness_is_the_share_of_what_both_have(a: str, b: str, share: float):
    assert likeness(a, b) == share


def test_where_too_many_could_be_partners_nobody_is_asked():
    """Else a text of thousands of lines would be compared for minutes."""

    def never(one: int, other: int) -> float:
        raise AssertionError("asked")

    many = range(MOST_CELLS // 10 + 1)
    pairs = pair(many, range(10), never)
    assert pairs == [*((one, None) for one in many), *((None, other) for other in range(10))]
