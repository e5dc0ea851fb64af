"""What to do in a text without labels: where it begins, and the ways out it offers."""

from __future__ import annotations

from pathlib import Path

import pytest

from troubleshooting.texts.docfx.articles.alternatives import alternatives_in
from troubleshooting.texts.docfx.articles.causes import part_listed
from troubleshooting.texts.docfx.articles.instructions import (
    announces_ways,
    instructs,
    names_problem,
    split_instructions,
)
from troubleshooting.texts.languages import labels_for
from troubleshooting.texts.markup import Paragraph, read_blocks, to_markdown

#: Instructions begin at the arrow.
TEXTS = [
    "Phones stay dark.",
    "=> Restart the phone. It may help.",
    "Phones stay dark. The screen is black. => Restart the phone. It may help.",
    "Phones stay dark. => Our recommendation is to restart the phone.",
    # A list of facts is none of instructions, even one with numbers; its announcement says so.
    "Phones stay dark.\n\nThis can have these causes:\n\n1.  Heat\n\n=> Restart the phone.",
    # A list goes with the sentence that announces it, the nearest one alone.
    "Phones stay dark.\n\n=> For example:\n\n-   Restart the phone.\n-   The battery.",
    "Phones stay dark.\n\nAll of them.\n\n=> -   Restart the phone.\n-   Wait.",
    "Phones stay dark:\n\nAll of them.\n\n=> 1.  Restart the phone.",
    "Phones stay dark.\n\n=> For example:\n\n-   The battery.\n\n    Restart the phone.",
    "Phones stay dark.\n\n```\ncode\n```\n\n=> Restart it.",
    # Numbers make instructions of a list; without them most of its items have to tell what to do.
    "Phones stay dark.\n\n=> 1.  The battery.\n2.  The screen.",
    "Phones stay dark.\n\n-   The battery.\n-   Restart the phone.\n\n=> Wait.",
]


#: Sentences that tell what to do without an imperative, and such as do not.
TELLING = [
    ("en", "A possible solution is to restart the lamp."),
    ("en", "The simplest fix is replacing the lamp."),
    ("en", "You can work around this by turning the lamp."),
    ("en", "This can be resolved by turning the lamp."),
    ("en", "Turning the lamp usually fixes the problem."),
    ("en", "You may need to replace the lamp."),
    ("en", "We suggest another lamp."),
    ("en", "In that case you can try another lamp."),
    ("en", "You can then try turning the lamp."),
    ("en", "You might want to replace the lamp."),
    ("fr", "Une solution possible consiste à remplacer la lampe."),
    ("fr", "Ce problème peut être résolu en remplaçant la lampe."),
    ("fr", "Vous pouvez contourner ce problème en tournant la lampe."),
    ("fr", "Il est recommandé de remplacer la lampe."),
    ("fr", "Il suffit de remplacer la lampe."),
    ("fr", "Dans ce cas, il vous faut remplacer la lampe."),
    ("fr", "Il vous suffira de tourner la lampe."),
    ("fr", "Vous allez devoir remplacer la lampe."),
    ("fr", "Vous pouvez alors tenter de tourner la lampe."),
    ("fr", "Vous pouvez aussi essayer avec une autre lampe."),
]
SAYING = [
    ("en", "The lamp is in a solution of salt."),
    ("en", "Turning the lamp makes noise."),
    ("en", "This can be a defect of the lamp."),
    ("fr", "La lampe est dans une solution de sel."),
    ("fr", "Ce problème peut être ancien."),
    ("fr", "Vous pouvez alors voir la lampe."),
    ("en", "You can then see the lamp."),
]


@pytest.mark.parametrize(("language", "text"), TELLING)
def test_a_sentence_tells_what_to_do_in_other_words_than_an_imperative(language: str, text: str):
    assert instructs(Paragraph(text), labels_for(language))


@pytest.mark.parametrize(("language", "text"), SAYING)
def test_a_sentence_that_says_how_things_are_tells_nothing_to_do(language: str, text: str):
    assert not instructs(Paragraph(text), labels_for(language))


@pytest.mark.parametrize("text", TEXTS)
def test_instructions_begin_at_the_first_that_tells_what_to_do(text: str):
    said, told = split_instructions(read_blocks(text.replace("=> ", "")), labels_for("en"))
    before, _, after = text.partition("=> ")
    assert [to_markdown(said), to_markdown(told)] == [before.strip(), after]


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("**Restart**\n\n1. a\n\n**Reset**\n\n1. b", {0: "Restart", 2: "Reset"}),
        ("Try these.\n\n**Restart**\n\n1. a\n\nx\n\n**Reset**\n\n1. b", {1: "Restart", 4: "Reset"}),
        ("**Restart**\n\n1. a\n\nx\n\n1. b", {}),  # one line in bold is no choice
        ("**Restart**\n\n1. a\n\n1) b\n\n**Reset**\n\n- c", {}),  # nor is a list without one
        ("**Restart**\n\n**Reset**\n\n1. a", {}),
    ],
)
def test_lines_in_bold_before_lists_of_steps_are_ways_out(text: str, ways: dict[int, str]):
    assert alternatives_in(read_blocks(text), labels_for("en")) == ways


@pytest.mark.parametrize(
    ("words", "announce"),
    [
        ("Use one of the following methods.", True),
        ("Any of these solutions may help.", True),
        ("Restart the lift.", True),
        ("The lift is old.\n\nRestart the lift.", True),
        ("The lift is old.", False),
        ("", False),
    ],
)
def test_words_above_headings_announce_ways_by_their_name_or_by_telling_what_to_do(
    words: str, announce: bool
):
    assert announces_ways(read_blocks(words), labels_for("en")) == announce


MENDED = ["The lamp is old. Replace it.", "The door is open. Close it."]


@pytest.mark.parametrize(
    ("items", "causes", "ways"),
    [
        (MENDED, ["The lamp is old.", "The door is open."], ["Replace it.", "Close it."]),
        (
            ["The cable is loose: plug it in.", *MENDED],
            ["The cable is loose", "The lamp is old.", "The door is open."],
            ["plug it in.", "Replace it.", "Close it."],
        ),
        (
            ["The cable is loose: plug it in. Then it works.", *MENDED],
            ["The cable is loose", "The lamp is old.", "The door is open."],
            ["plug it in. Then it works.", "Replace it.", "Close it."],
        ),
        # A cause without a way, where most have one.
        ([*MENDED, "Heat"], ["The lamp is old.", "The door is open.", "Heat"],
         ["Replace it.", "Close it."]),
        ([*MENDED, "Heat", "Dust"], None, None),
        (MENDED[:1], None, None),
        # An item that begins with what to do tells no cause, whatever stands before its colon.
        ([*MENDED, "Replace the cable."], None, None),
        ([*MENDED, "Check the cable: plug it in."], None, None),
    ],
)  # fmt: skip
def test_a_list_of_causes_with_what_mends_each_is_parted_into_both(
    items: list[str], causes: list[str] | None, ways: list[str] | None
):
    written = "\n".join(f"-   {item}" for item in items)
    parts = {"problem": [], "cause": read_blocks(written), "resolution": []}
    part_listed(parts, labels_for("en"))
    told = [line for line in to_markdown(parts["resolution"]).split("\n") if line]
    assert told == (ways or [])
    assert to_markdown(parts["cause"]) == "\n".join(f"-   {one}" for one in causes or items)


def test_titles_name_a_problem_or_do_not():
    lines = Path(__file__).with_name("cases").joinpath("titles.tsv").read_text("utf-8").splitlines()
    titles = [line.split("\t") for line in lines]
    wrong = [
        title
        for language, named, title in titles
        if names_problem(title, labels_for(language)) != (named == "problem")
    ]
    assert not wrong
