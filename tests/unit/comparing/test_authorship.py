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
    ],
)
def test_whose_words_a_text_still_says(before: str, written: str, now: str, expected: bool):
    texts = ({"title": "T", "cause": text} for text in (before, written, now))
    assert still_says(*texts) is expected
