"""What somebody wrote into a text, and whether it still says so."""

from __future__ import annotations

import pytest

from troubleshooting.texts.comparing.authorship import still_says


@pytest.mark.parametrize(
    ("before", "written", "now", "expected"),
    [
        ("", "Restart the server.", "Restart the server.", True),
        ("", "Restart the server.", "Restart the machine.", True),  # one word of it is another's
        ("", "Restart the server.", "Call somebody now!", False),
        ("", "Restart the server.", "", False),
        ("Wait.", "Wait. Restart it.", "Wait.", False),  # taken back
        ("Wait.", "Wait. Restart it.", "Wait. Then restart it.", True),
        ("Wait.", "Wait. Restart it.", "Wait a while", False),  # another's words stand alone
        ("Do not wait.", "Do wait.", "Do wait, then go.", True),  # what was taken out is out
        ("Do not wait.", "Do wait.", "Do not wait, then go.", False),
        ("Wait.", "Wait.", "Wait for it.", False),  # nothing was written
        ("Wait now.", "Wait  now.", "Wait  now.", False),  # blanks say nothing
        ("", "1.  Wait.", "1.  Format the disk.", False),  # signs and numbers of items are no words
        ("It is 5 ms.", "It is 5 min.", "It was 5 min.", True),
        ("Wait for it.", "Restart. Wait for it.", "Wait for it. Restart.", True),  # moved
    ],
)
def test_whose_words_a_text_still_says(before: str, written: str, now: str, expected: bool):
    texts = ({"title": "T", "cause": text} for text in (before, written, now))
    assert still_says(*texts) is expected


MOVED = [
    ("Restart the server.", "", "Restart the server.", True),
    ("Restart the server.", "", "Then restart the machine.", True),  # one word of it came along
    ("Restart the server.", "Dust.", "Call somebody now!", False),
    (
        "Restart the server.",
        "",
        "Wait for the lamp.",
        False,
    ),  # what stood there before says nothing
    ("Restart the server.", "", "Wait for the lamp on the server.", True),
]


@pytest.mark.parametrize(("written", "cause", "resolution", "expected"), MOVED)
def test_words_that_were_moved_into_another_text(
    written: str, cause: str, resolution: str, expected: bool
):
    before = {"cause": "", "resolution": "Wait for the lamp."}
    now = {"cause": cause, "resolution": resolution}
    assert still_says(before, {**before, "cause": written}, now) is expected


def test_a_word_that_stood_there_all_along_was_not_moved():
    before = {"cause": "", "resolution": "Wait."}
    written = {"cause": "Wait.", "resolution": "Wait."}
    assert still_says(before, written, {"cause": "", "resolution": "Wait."}) is False
    assert still_says(before, written, {"cause": "", "resolution": "Wait. Wait."}) is True


#: Few words over and over: more equal pairs than are compared.
LONG = " ".join(["wait", "for", "it"] * 800)


@pytest.mark.parametrize(
    ("written", "now", "expected"),
    [
        (f"{LONG} again", f"Now {LONG} soon", False),  # no word of it stands anywhere
        (f"{LONG} again", f"Now {LONG} again, I say", True),
        (f"{LONG} again", "Call somebody.", False),
    ],
)
def test_a_text_that_is_too_long_to_compare_still_says_it(written: str, now: str, expected: bool):
    assert still_says({"cause": LONG}, {"cause": written}, {"cause": now}) is expected


def test_one_that_is_changed_at_both_ends_still_says_it():
    assert still_says({"cause": ""}, {"cause": LONG}, {"cause": f"Now {LONG} soon"})
    assert still_says({"cause": ""}, {"cause": f"Oh {LONG} again"}, {"cause": f"Now {LONG} soon"})


@pytest.mark.parametrize(
    ("language", "before", "written", "now", "expected"),
    [
        # The words that came are all others' by now; the negation is still out.
        ("en", "Do not restart it.", "Restart it.", "Start the server again.", True),
        ("en", "Do not restart it. Wait.", "Restart it. Wait.", "Wait.", True),
        ("en", "1.  A.\n2.  Do not restart it.", "1.  A.\n2.  Restart it.", "1.  A.", True),
        ("fr", "Ne le redémarrez pas.", "Redémarrez-le.", "Relancez le serveur.", True),
        # Somebody says no again.
        ("en", "Do not restart it.", "Restart it.", "Never start the server again.", False),
        ("fr", "Ne le redémarrez pas.", "Redémarrez-le.", "Ne relancez jamais le serveur.", False),
        # It was another who took it out: what was written here said no.
        ("en", "Do not restart it.", "Never start it.", "Wait.", False),
        ("en", "Wait.", "Do not restart it.", "Wait.", False),
        # A line that was moved says what it said.
        ("en", "Do not restart it.\n\nWait.", "Wait.\n\nDo not restart it.", "Call.", False),
        # Words that say no in another language, or that of none.
        ("fr", "Do not restart it.", "Restart it.", "Start the server again.", False),
    ],
)  # fmt: skip
def test_whoever_took_out_a_negation_is_its_author(
    language: str, before: str, written: str, now: str, expected: bool
):
    texts = ({"resolution": text} for text in (before, written, now))
    assert still_says(*texts, language) is expected
    assert still_says(*({language: text} for text in (before, written, now))) is expected
