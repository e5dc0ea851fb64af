"""What people write around a problem: who, when, which ticket."""

from __future__ import annotations

import pytest

from troubleshooting.search.reading.asides import asides, is_aside
from troubleshooting.search.words.folding import Word


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("mail to jane.doe@example.org now", "jane.doe@example.org"),
        ("call 01 23 45 67 89 back", "01 23 45 67 89"),
        ("call +33 1 23 45 67 89", "+33 1 23 45 67 89"),
        ("since 2024-01-31 it fails", "2024-01-31"),
        ("since 31/12/24 it fails", "31/12/24"),
        ("at 14h30 it fails", "14h30"),
        ("at 9:05:30 it fails", "9:05:30"),
        ("ticket INC0012345 again", "INC0012345"),
        ("#REQ-12345", "#REQ-12345"),
        ("a ticket for Jane Doe", "Jane Doe"),
        ("pour Anne-Marie L’Espérance", "Anne-Marie L’Espérance"),
        ("chez M. Dupont", "Dupont"),
        ("vu avec mme garnier hier", "garnier"),
        ("Mrs Anna Smith-Jones says", "Anna Smith-Jones"),
        ("depuis le 3 mars", "3 mars"),
        ("depuis le 1er août 2026 au soir", "1er août 2026"),
        ("since March 3rd, 2026", "March 3rd, 2026"),
        ("on the 12th of Feb", "12th of Feb"),
        ("version 3 may help", ""),
        ("KB4012345 fails", ""),  # texts are about it
        ("error 0x80070005", ""),
        ("for a phone", ""),
        ("version 10.0.19041.1", ""),
    ],
)
def test_asides_are_told_by_their_form(text: str, aside: str):
    assert [text[start:end] for start, end in asides(text)] == ([aside] if aside else [])


@pytest.mark.parametrize(
    ("start", "is_one"), [(3, False), (4, True), (8, True), (9, False), (12, True), (15, False)]
)
def test_a_word_is_an_aside_where_it_stands_in_one(start: int, is_one: bool):
    assert is_aside(Word("x", start, start + 1), [(4, 9), (12, 15)]) is is_one
