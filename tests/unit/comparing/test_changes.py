"""How large a change is: what a reader would do differently decides, then the number of words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.texts.comparing import size as comparing
from troubleshooting.texts.comparing.meaning import changes_meaning, typed
from troubleshooting.texts.comparing.size import changed_names, may_change_meaning, size_of

LONG = (
    "The device cannot be enrolled because the limit of devices for this account is reached. "
    "Remove a device that is no longer used, then try again from the application."
)

WORDS = [f"{a}{b}e" for a in "bcdfghjklmnpqr" for b in "aeiouyrltn"]
NEW = [f"z{word}ix" for word in WORDS]

CASES = [
    # name, before, after, size
    ("nothing", LONG, LONG, "typo"),
    ("a letter", LONG, LONG.replace("enrolled", "enroled"), "typo"),
    ("capitals", LONG, LONG.replace("Remove", "remove"), "typo"),
    ("punctuation alone", LONG, LONG.replace(", then", " then"), "typo"),
    ("three words more in a short text", "Open it.", "Open it all once again.", "minor"),
    ("four words more in a short text", "Open it.", "Open it all once again now.", "major"),
    ("a fifth of a long text", " ".join(WORDS[:100]), " ".join([*WORDS[:80], *NEW[:20]]), "minor"),
    ("more than a fifth", " ".join(WORDS[:100]), " ".join([*WORDS[:79], *NEW[:21]]), "major"),
    ("another word", LONG, LONG.replace("application", "portal"), "minor"),
    ("a word more", LONG, LONG.replace("no longer used", "no longer really used"), "minor"),
    ("another sentence", LONG, "Ask the administrator for a larger quota of machines.", "major"),
    ("a number", LONG + " Wait 5 minutes.", LONG + " Wait 50 minutes.", "major"),
    ("a code", LONG + " 0x80180014", LONG + " 0x80180018", "major"),
    ("a step more", "1.  Open.\n2.  Close.", "1.  Open.\n2.  Wait.\n3.  Close.", "major"),
    ("an item less", "- One.\n- Two.", "- One.", "major"),
    ("a section appears", "", "A cause.", "major"),
    ("a section vanishes", "A cause.", "", "major"),
    ("a step's number is none", "1.  Open it.", "1.  Opens it.", "typo"),
]


@pytest.mark.parametrize(("before", "after", "size"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])  # fmt: skip
def test_size(before: str, after: str, size: str):
    texts = {"title": "Limit", "problem": before}
    assert size_of(texts, {**texts, "problem": after}) == size


EXPECTED = {
    "reversed": {"major"},
    "looked-for": {"minor", "major"},
    "mended": {"typo"},
    "reworded": {"typo", "minor", "major"},
}


def _reversed() -> list[list[str]]:
    lines = Path(__file__).with_name("reversed_meaning.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("language", "before", "after", "what"), _reversed())
@pytest.mark.parametrize("around", ["{}", "Lead.\n\n1.  {}\n2.  Then wait.\n\nTail of it."])
def test_a_few_letters_may_change_the_meaning(
    language: str, before: str, after: str, what: str, around: str
):
    """Both ways: what is taken out changes as much as what is put in."""
    for one, other in ((before, after), (after, before)):
        texts = [{"problem": around.format(text)} for text in (one, other)]
        size = size_of(*texts, language)
        assert size in EXPECTED[what]
        assert may_change_meaning(*texts, language) == (what not in {"mended", "reworded"})


@pytest.mark.parametrize(
    ("before", "after", "is_told"),
    [
        ("Do not wait. Save it.", "Wait. Do not save it.", True),
        ("Do not wait.\n\nSave it.", "Wait.\n\nDo not save it.", True),
        ("Do not wait.\n\nThen:\n\nSave it.", "Wait.\n\nThen:\n\nDo not save it.", True),
        ("It does not wait. It sleeps.", "It does not wait, it sleeps.", False),
        ("- It is not on.\n- It blinks.", "- It blinks.\n- It is not on.", False),
        ("If it does not start, call.", "Call if it does not start.", False),
        # A clause is looked for at its own place in each text, however long what stands before is.
        (
            "Open it, it is not on, then go.",
            "Open the list of all of them, it is not on, then leave.",
            False,
        ),
    ],
)
def test_negations_are_counted_by_clause(before: str, after: str, is_told: bool):
    assert may_change_meaning({"problem": before}, {"problem": after}, "en") is is_told


def test_what_is_typed_stands_in_code_whatever_its_form():
    assert typed("Run `a  b`.\n\n```powershell\nGet-X\n  -All\n```\n\n~~~\nc\n~~~").commands == (
        *("Get-X -All", "c", "a b"),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A title", "A title\n=========="),
        ("Open Settings.", "Open Settings.\n\n---"),
        ("Choose A for 5 -6.", "Choose A for 5 –6."),
        ("Then A window opens.", "Then A window opens."),
        ("Say it.", "> Say it."),
        ("It is 5% of it.", "It is 5 % of it."),
    ],
)
def test_marks_that_compare_nothing_are_no_signs(before: str, after: str):
    assert not may_change_meaning({"problem": before}, {"problem": after}, "en")


def test_the_largest_of_several_changes_counts():
    before = {"title": "Limit", "problem": LONG, "cause": ""}
    after = {"title": "Limits", "problem": LONG.replace("portal", "site"), "cause": "New."}
    assert size_of(before, after) == "major"
    assert changed_names(before, after) == ["title", "cause"]


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [("limit", "limti", "typo"), ("limit", "bound", "minor"), ("8", "9", "major")],
)
@pytest.mark.parametrize("place", [0, 250, 499])
def test_the_length_of_a_text_does_not_matter(old: str, new: str, size: str, place: int):
    lines = [f"Step {n % 7} is about the limit 8 of device {n}." for n in range(500)]
    changed = [*lines[:place], lines[place].replace(old, new), *lines[place + 1 :]]
    texts = ("\n\n".join(lines), "\n\n".join(changed))
    assert size_of({"other": texts[0]}, {"other": texts[1]}) == size


@pytest.mark.parametrize(("words", "is_compared"), [(20, True), (21, False)])
def test_a_sentence_that_is_another_is_not_compared_word_by_word(words: int, is_compared: bool):
    gone, come = (["word"] * (words - 1) + [last] for last in ("enabled", "disabled"))
    assert changes_meaning([], [(gone, come)], "en") is is_compared


def test_few_words_over_and_over_take_no_time():
    """All pairs of equal words, compared one by one, would take hours."""
    text = "a b " * 25_000
    assert size_of({"other": text + text}, {"other": f"{text}c {text}"}) == "minor"
    assert size_of({"other": text}, {"other": f"c {text} c"}) == "major"  # nobody compared them


@pytest.mark.parametrize("line", ["Ligne 500 : 6 ms.", "Ligne cinq cents : 5 ms.", ""])
def test_figures_are_looked_for_in_what_changed_alone(monkeypatch, line: str):
    searched: list[str] = []
    figures = comparing._figures
    monkeypatch.setattr(
        comparing, "_figures", lambda lines: searched.extend(lines) or figures(lines)
    )
    lines = [f"Ligne {number} : 5 ms." for number in range(1000)]
    changed = [*lines[:500], line, *lines[501:]]
    texts = [{"resolution": "\n".join(one)} for one in (lines, changed)]
    assert may_change_meaning(*texts, "fr")
    assert searched == [one for one in (lines[500], line) if one]


def test_what_is_too_long_for_a_word_is_not_compared_letter_by_letter():
    word = "".join(map(chr, range(0x4E00, 0x9000))) * 3
    assert size_of({"other": word}, {"other": f"{word[:-9]}{word[-8:]}"}) == "minor"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_have_a_size(before: str, after: str):
    size = size_of({"problem": before}, {"problem": after})
    assert size in {"typo", "minor", "major"}
    if before == after:
        assert size == "typo"
