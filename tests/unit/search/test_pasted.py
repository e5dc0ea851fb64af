"""Lines, names and messages in a pasted text."""

from __future__ import annotations

import pytest

from troubleshooting.search.index.document import gram
from troubleshooting.search.pasted.mentions import (
    LineNumbers,
    best_place,
    grams,
    names,
    text_words,
)
from troubleshooting.search.pasted.prominence import Prominence
from troubleshooting.search.words.folding import words


class TestLog:
    def test_lines(self):
        lines = LineNumbers("a\nbc\n\nd")
        assert [lines.of(place) for place in (0, 1, 2, 4, 5, 6)] == [1, 1, 2, 2, 3, 4]

    def test_names(self):
        assert names("ERROR_X DeviceCapReached word CONTOSO\\Jean iPhone") == [
            "ERROR_X",
            "DeviceCapReached",
        ]

    @pytest.mark.parametrize(
        ("text", "runs"),
        [
            ("", []),
            ("one", []),  # no run, so that no word alone leads to a message
            ("one two", ["one two"]),
            ("one two three", ["one two", "two three", "one two three"]),
            (
                "one two three four five",  # a run of five would be looked for in no message
                [
                    *("one two", "two three", "three four", "four five"),
                    *("one two three", "two three four", "three four five"),
                    *("one two three four", "two three four five"),
                ],
            ),
        ],
    )
    def test_runs_of_words_lead_to_messages(self, text, runs):
        found = grams(text_words(text))
        assert found == {gram(run.split()): [text.split().index(run.split()[0])] for run in runs}

    @pytest.mark.parametrize(
        ("text", "share"),
        [
            ("le profil n’a pas pu être installé", 1.0),
            ("2026 : le profil « X » n’a pas pu être installé !", 1.0),
            ("le profil n’a pas pu vraiment installé", None),
            ("pas installé le profil", None),
        ],
    )
    def test_where_a_message_stands(self, text, share):
        message = words("le profil n’a pas pu être installé")
        listed = text_words(text)
        starts = [place for place, word in enumerate(listed) if word.folded == "profil"]
        place = best_place(listed, message, starts)
        if share is None:
            assert place is None or place[2] < 1
        else:
            assert place[2] == share
            assert text[place[0] : place[1]].startswith("le profil")

    @pytest.mark.parametrize(
        ("message", "text", "place"),
        [
            ("the disk is full", "so the disk is full now", (3, 19)),
            ("the disk is full", "the disk is full and the disk is full", (0, 16)),  # the first
            ("the disk is full", "the disk was full, now the disk is full", (23, 39)),  # the best
            ("the disk is full", "the disk was full", (0, 17)),  # three of four words
            ("the disk is full", "the disk was empty", None),
            ("the disk fails", "the disk works", None),  # two of three
            ("a b c d e f g h i j", "a b c d e f then all else", (0, 11)),  # six of many will do
            ("a b c d e f g h i j", "a b c d e then all else", None),
            ("the disk is full", "full is disk the", None),
            ("the disk is full", "the one two three four five disk is full", None),  # too far
        ],
    )
    def test_how_much_of_a_message_is_enough(self, message, text, place):
        listed, sought = text_words(text), words(message)
        starts = [at for at, word in enumerate(listed) if word.folded == sought[0]]
        found = best_place(listed, sought, starts)
        assert (found and found[:2]) == place


LONG = "x\n" * 50


@pytest.mark.parametrize(
    ("less", "more"),
    [
        # What a log says last is what the caller is left with.
        ("HERE starting\nx\nx", "x\nx\nHERE starting"),
        # A failure counts more than what merely stands at the end, a final one more than both.
        (f"{LONG}HERE done", f"HERE failed\n{LONG}"),
        (f"{LONG}HERE failed", f"HERE fatal: failed\n{LONG}"),
        # What a reply quotes was said before.
        ("x\n> HERE fatal: failed", "HERE starting\n> x"),
        # The line decides, not the one before or after it.
        ("x failed\nHERE done\nx failed", "x done\nHERE failed\nx done"),
    ],
)
def test_a_place_counts_by_its_failure_and_by_how_late_it_stands(less: str, more: str):
    def worth(text: str) -> float:
        return Prominence(text).of(text.index("HERE"))

    assert 0 <= worth(less) <= worth(more) <= 1
    assert worth(less) < worth(more) or worth(less) == 0


@pytest.mark.parametrize(
    ("text", "is_older"),
    [
        ("Still HERE\n\n-----Original Message-----\nFrom: A\nx", False),
        ("Still\n\n-----Original Message-----\nFrom: A\nHERE", True),
        ("Bonjour\n\n-------- Message transféré --------\nHERE", True),
        ("Hi\n\nOn Tue, 17 Nov 2026 at 09:12, A <a@contoso.example> wrote:\nHERE", True),
        ("Merci\n\nLe mar. 17 nov. 2026 à 09:12, A <a@contoso.example> a écrit\u00a0:\nHERE", True),
        ("Danke\n\nAm 17.11.2026 um 09:12 schrieb A:\nHERE", True),
        ("x\nFrom: A\nSent: Monday\nTo: B\n\nHERE", True),
        ("x\n\nDe : A\nEnvoyé : lundi\nÀ : B\n\nHERE", True),
        ("x\n> HERE", True),
        # The head of the newest mail itself, and lines of a log that look a little like one.
        ("From: A\nSent: Monday\nTo: B\n\nHERE", False),
        ("\nDe : A\nDate : lundi\nHERE", False),
        ("x\nFrom: 10.0.0.1\nretry\nretry\nDate: today\nHERE", False),
        ("x\n-----begin-----\nHERE", False),
        ("x\nhe wrote:\nHERE", False),
    ],
)
def test_what_stands_below_the_head_of_an_older_mail_was_said_before(text: str, is_older: bool):
    assert Prominence(text).is_older(text.index("HERE")) is is_older
