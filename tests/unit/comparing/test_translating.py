"""Side by side: which row goes with which, what is kept, which terms are found."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings

from tests.unit.shapes_of_text import TEXT
from troubleshooting.texts.comparing.diffing import DiffPiece
from troubleshooting.texts.markup import canonical
from troubleshooting.texts.sections import TEXTS
from troubleshooting.texts.translating import (
    Glossary,
    Mark,
    Term,
    UnitPair,
    compose,
    kept_in,
    needs_of,
    occurs,
    omissions,
    rows_of,
)
from troubleshooting.texts.translating.keeping import are_kept
from troubleshooting.texts.translating.occurring import occurring

NONE = Glossary([])

KEPT = [
    ("Lancez `dsregcmd /status` puis 0x80cf0440.", ["dsregcmd /status", "0x80CF0440"]),
    ("```\nnet stop x\n```", ["net stop x"]),
    (
        r"Ouvrez HKLM\SOFTWARE\Microsoft et C:\Temp\a.log.",
        ["HKLM\\SOFTWARE\\Microsoft", "C:\\Temp\\a.log"],
    ),
    ("Le journal est dans /var/log/portail.log.", ["/var/log/portail.log"]),
    ("Le fichier %TEMP%\\a.txt", ["%TEMP%\\a.txt"]),
    ("`a`/var/log/b", ["a", "/var/log/b"]),  # nothing need stand between
    ("`0x80070005`", ["0x80070005"]),  # once, as a part of the command
    ("et/ou, 1/2, https://example.org/a/b", []),
]


@pytest.mark.parametrize(("text", "expected"), KEPT)
def test_what_is_kept(text: str, expected: list[str]):
    assert [kept.key for kept in kept_in(text)] == expected


@pytest.mark.parametrize(
    ("text", "translation", "is_there"),
    [
        ("Voir 0x80CF0440.", "See 0x80CF0440.", True),
        ("Voir 0x80CF0440.", "See 80cf0440.", True),  # in another of its spellings
        ("Voir 0x80CF0440.", "See 0x80CF0441.", False),
        ("Erreur 1603.", "Then 1603 is shown.", True),  # no word there makes it a code
        ("Erreur 1603.", "Then 1604 is shown.", False),
        ("Lancez `net  stop`.", "Run `net stop`.", True),  # blanks do not matter
        ("Lancez `net stop`.", "Run net start.", False),
    ],
)
def test_a_translation_repeats_what_is_kept(text: str, translation: str, is_there: bool):
    assert are_kept(kept_in(text), translation) == [is_there]


TERMS = [
    ("appareil", "Les appareils", True),
    ("appareil", "L’appareil", True),
    ("appareil", "appareillage", False),
    ("patch", "Two patches", True),
    ("réseau", "des RÉSEAUX", True),
    ("profil d’inscription", "les profils d'inscription", True),
    ("profil d'inscription", "un\nprofil\u00a0d’inscription", True),
    ("Company Portal", "the Company Portals", True),
    ("Company Portal", "the company portal", False),
    ("MDM", "mdm", False),
    ("C++", "en C++.", True),
    ("device", "![Screen](./media/device-list.png) https://example.org/device", False),
    ("device", "[the device](a.md)", True),
]


@pytest.mark.parametrize(("term", "text", "expected"), TERMS)
def test_terms_are_whole_words(term: str, text: str, expected: bool):
    assert occurs(term, text) is expected


def test_of_terms_that_overlap_the_longest_counts():
    glossary = Glossary(
        [Term("profil", "profile"), Term("profil de gestion", "management profile")]
    )
    uses = glossary.find("Le profil de gestion et le profil.")
    assert [use.term.translation for use in uses] == ["management profile", "profile"]


def test_needs_tell_what_is_met():
    glossary = Glossary([Term("appareil", "device"), Term("Intune")])
    needs = needs_of("Intune : `a b` sur l’appareil, 0x80070005.", "`a b`: devices", glossary)
    assert [(need.role, need.expected, need.is_met) for need in needs] == [
        ("keep", "Intune", False),
        ("keep", "a b", True),
        ("term", "device", True),
        ("keep", "0x80070005", False),
    ]


@pytest.mark.parametrize(
    ("source", "roles"),
    [
        ("`a`appareil", ["keep", "term"]),  # side by side
        ("appareil`a`", ["term", "keep"]),
        ("`un appareil`", ["keep"]),  # what is kept is not translated
    ],
)
def test_a_term_within_what_is_kept_is_none(source: str, roles: list[str]):
    needs = needs_of(source, "", Glossary([Term("appareil", "device")]))
    assert [need.role for need in needs] == roles


def test_a_code_may_be_spelt_otherwise():
    (need,) = needs_of("Erreur 0x80070005.", "Error 0x80070005 (-2147024891).", NONE)
    assert need.is_met
    (need,) = needs_of("Erreur 0x80CF0440.", "Error 0x80cf0440.", NONE)
    assert need.is_met


def rows(base: str, source: str, translation: str) -> list[tuple[str, str]]:
    return [(row.change, row.translation) for row in rows_of(base, source, translation, NONE)]


STEPS = "Avant.\n\n1.  Ouvrez `a`.\n2.  Supprimez `b`.\n3.  Fermez."
ENGLISH = "Before.\n\n1.  Open `a`.\n2.  Remove `b`.\n3.  Close."


def test_a_new_step_has_an_empty_row_and_a_lost_one_keeps_its_translation():
    source = canonical(STEPS + "\n4.  Réessayez.")
    assert rows(STEPS, source, ENGLISH)[-1] == ("added", "")
    source = canonical(STEPS.replace("2.  Supprimez `b`.\n", ""))
    assert rows(STEPS, source, ENGLISH)[2] == ("removed", "Remove `b`.")


def test_a_step_that_was_rewritten_keeps_its_translation():
    source = STEPS.replace("Supprimez `b`", "Attendez une minute")
    assert rows(STEPS, source, ENGLISH)[2] == ("changed", "Remove `b`.")


PAIRED = [
    # (base, source, translation, rows): why
    (
        "1.  Un.\n2.  Deux `b`.",
        "1.  Un.",
        "1.  Two `b`.",
        [("same", ""), ("removed", "Two `b`.")],
    ),  # a removed step is known by what it keeps
    (
        "1.  Un.\n2.  Deux.",
        "1.  Un.",
        "1.  Step.",
        [("same", "Step."), ("removed", "")],
    ),  # else a step that is still there is the likelier one
    (
        "1.  Un `x` et `y`.\n2.  Deux.",
        "1.  Un `x` et `y`.\n2.  Deux.",
        "1.  First.\n2.  Second `x`.",
        [("same", "First."), ("same", "Second `x`.")],
    ),  # the order counts more than a part of what is kept
    (
        "## Titre\n\nTexte.",
        "Texte.",
        "## Title\n\nText.",
        [("removed", "## Title"), ("same", "Text.")],
    ),  # what went first stands beside its translation too
    ("## Titre\n\nTexte.", "## Titre\n\nTexte.", "Text.", [("same", ""), ("same", "Text.")]),
    ("Texte.\n\n## Titre", "Texte.\n\n## Titre", "## Title", [("same", ""), ("same", "## Title")]),
    (
        "## Titre\n\n### Sous",
        "## Titre\n\n### Sous",
        "### Sub",
        [("same", ""), ("same", "### Sub")],
    ),
    ("- Un.\n\nTexte.", "- Un.\n\nTexte.", "Text.", [("same", ""), ("same", "Text.")]),
    ("Texte.", "Texte.", "1.  Step.", [("same", ""), ("same", "Step.")]),
    (
        "1.  ```\n    net stop\n    ```",
        "1.  ```\n    net stop\n    ```",
        "1.  Run the command.",
        [("same", "Run the command.")],
    ),  # a step is a step, whatever it begins with
]


@pytest.mark.parametrize(("base", "source", "translation", "expected"), PAIRED)
def test_rows_are_paired_by_kind_order_and_what_they_keep(
    base: str, source: str, translation: str, expected: list[tuple[str, str]]
):
    assert rows(canonical(base), canonical(source), canonical(translation)) == expected


def test_a_title_is_one_row_whatever_it_looks_like():
    (row,) = rows_of("# 1. Titre", "# 1. Titre", "# 1. Title", NONE, is_line=True)
    assert (row.change, row.translation) == ("same", "# 1. Title")


@pytest.mark.parametrize(
    ("number", "written"), [(0, "1.  Un."), (1, "1.  Un."), (12, "12. Un."), (150, "99. Un.")]
)
def test_a_step_is_written_with_its_number(number: int, written: str):
    assert compose([("ordered", number, "Un.")]) == written


def test_what_the_translation_has_more_stays():
    translation = canonical(ENGLISH + "\n\nMore.")
    assert rows(STEPS, STEPS, translation)[-1] == ("same", "More.")


def test_steps_are_paired_by_what_they_keep():
    source = "1.  Un `a`.\n2.  Deux `b`.\n3.  Trois `c`."
    translation = "1.  Two `b`.\n2.  Three `c`."
    assert [text for _, text in rows(source, source, translation)] == ["", "Two `b`.", "Three `c`."]


def test_marks_make_up_the_source():
    glossary = Glossary([Term("compte", "account")])
    source = STEPS.replace("`b`", "le compte `b`")
    row = rows_of(STEPS, source, "", glossary)[2]
    assert [(m.piece.kind, m.piece.text, m.role) for m in row.marks if m.role] == [
        ("added", "compte", "term"),
        ("same", "`b`", "keep"),
    ]


MARKED = [
    ("Un compte `a` et 0x80070005.", "Un compte `b` ou 0x80070005, le compte."),
    ("Le compte.", "Le nouveau compte de service `x y` du compte."),
]


@pytest.mark.parametrize(("base", "source"), MARKED)
def test_marks_cut_a_text_without_losing_any_of_it(base: str, source: str):
    (row,) = rows_of(base, source, "", Glossary([Term("compte", "account")]))
    there = [mark for mark in row.marks if mark.piece.kind != "removed"]
    assert "".join(mark.piece.text for mark in there) == source
    assert "".join(m.piece.text for m in row.marks if m.piece.kind != "added") == base
    terms = "".join(mark.piece.text for mark in there if mark.role == "term")
    assert terms == "compte" * source.count("compte")


def test_rows_without_a_text_are_left_out():
    written = compose(
        [("ordered", 1, "Un.\n\n1.  Sous."), ("ordered", 2, " "), ("block", 0, "Fin.")]
    )
    assert canonical(written) == "1.  Un.\n    1.  Sous.\n\nFin."


@settings(max_examples=60, deadline=None)
@given(TEXT)
def test_a_text_in_rows_is_the_text(text: str):
    parts = [(row.form, row.number, row.translation) for row in rows_of(text, text, text, NONE)]
    assert canonical(compose(parts)) == text


@settings(max_examples=40, deadline=None)
@given(TEXT, TEXT)
def test_no_translation_is_lost(source: str, translation: str):
    found = [row.translation for row in rows_of(source, source, translation, NONE)]
    alone = [row.translation for row in rows_of("", "", translation, NONE)]
    assert [text for text in found if text] == alone


@pytest.mark.parametrize(
    ("source", "translation", "lines"),
    [
        ("", "", 1),
        ("x" * 69, "", 1),
        ("x" * 70, "", 2),
        ("x" * 140, "", 3),
        ("a", "x" * 140, 3),  # the longer of the two counts
        ("a\nb\nc", "", 3),
        ("x" * 5000, "", 20),  # no field fills the screen
    ],
)
def test_a_field_is_as_high_as_its_text(source: str, translation: str, lines: int):
    row = UnitPair("same", "block", 0, [Mark(DiffPiece("same", source))], translation)
    assert row.lines == lines


@pytest.mark.parametrize(
    ("translation", "unmet"), [("", 0), ("Run `b`, then see 0x80CF0440.", 0), ("Run `b`.", 1)]
)
def test_what_a_translation_that_is_there_lacks_is_counted(translation: str, unmet: int):
    source = "Lancez `b`, puis voyez 0x80CF0440."
    assert rows_of(source, source, translation, NONE)[0].unmet == unmet


def test_what_a_translation_leaves_out_is_what_its_rows_show_empty():
    source = {**dict.fromkeys(TEXTS, ""), "title": "Échec", "resolution": STEPS_OUT,
              "internal": "Note."}  # fmt: skip
    target = {
        **dict.fromkeys(TEXTS, ""),
        "title": "Failed",
        "resolution": "1.  Open 5.\n2.  Remove 7.",
    }
    found = omissions(source, target)
    assert [(one.key, one.source) for one in found] == [("resolution-3", "Fin.")]
    assert omissions(source, {**target, "resolution": STEPS_OUT}) == []
    assert [one.key for one in omissions(source, dict.fromkeys(TEXTS, ""))] == [
        "title-1", "resolution-1", "resolution-2", "resolution-3",
    ]  # fmt: skip


STEPS_OUT = "1.  Ouvrez 5.\n2.  Supprimez 7.\n3.  Fin."


def test_many_phrases_are_found_as_each_would_be():
    """However they begin, end or stand in each other; one that says nothing stands in any text."""
    chance = random.Random(7)
    for number in range(500):
        phrases = {
            "".join(chance.choices("ab", k=chance.randint(0, 5))) for _ in range(number % 24)
        }
        text = "".join(chance.choices("abc", k=chance.randint(0, 30)))
        assert occurring(phrases, text) == {one for one in phrases if one in text}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("```a\nx\n```", ["x"]),
        ("```a\nx\n```b\ny\n```", ["x\n```b\ny"]),
        ("```\n```\n```", ["```"]),
        ("````\n```\nx\n````", ["```\nx"]),
        ("```a`b\nx\n```", ["a"]),
        ("``` a\nx", []),
        ("``a`b``", ["a`b"]),
        ("```a``", ["a"]),
        ("`a\nb`", []),
        ("`a` ``b`` `c", ["a", "b"]),
        ("a `` b ` c `", ["b"]),
    ],
)
def test_blocks_and_spans_end_at_their_own_marks(text: str, kept: list[str]):
    assert [one.key for one in kept_in(text)] == kept
