"""Which entry of a new document is which of the old one: one rule a row."""

from __future__ import annotations

import pytest

from troubleshooting.importing.planning.pairing import EntryKey, pair, pair_languages, pair_versions


def section(anchor: str) -> EntryKey:
    return EntryKey(anchor, title=anchor)


def row(number: int, *codes: str, title: str = "", anchor: str = "errors") -> EntryKey:
    return EntryKey(f"{anchor}#{number}", codes, title)


CASES = {
    "sections by anchor, in any order": (
        [section("a"), section("b")], [section("b"), section("a")], [1, 0],
    ),
    "a section of another anchor is new": ([section("a")], [section("b")], [None]),
    "sections that share an anchor keep their order": (
        [section("a"), section("a")], [section("a"), section("a")], [0, 1],
    ),
    "a third of two is new": (
        [section("a"), section("a")], [section("a"), section("a"), section("a")], [0, 1, None],
    ),
    "rows by code, though one was put before": (
        [row(1, "0x1"), row(2, "0x2")], [row(1, "0x9"), row(2, "0x1"), row(3, "0x2")], [None, 0, 1],
    ),
    "the order of the codes of a row does not matter": (
        [row(1, "0x1", "0x2")], [row(1, "0x2", "0x1")], [0],
    ),
    "a code beats a title": (
        [row(1, "0x1", title="A"), row(2, "0x2", title="B")],
        [row(1, "0x2", title="A"), row(2, "0x1", title="B")],
        [1, 0],
    ),
    "a row whose code was mended is known by its title": (
        [row(1, "0x1", title="Full")], [row(1, "0x11", title="Full")], [0],
    ),
    "rows without codes and of other titles keep their order": (
        [row(1, title="A"), row(2, title="B")], [row(1, title="C"), row(2, title="D")], [0, 1],
    ),
    "a row with another code and title is another row": (
        [row(1, "0x1", title="A")], [row(1, "0x2", title="B")], [None],
    ),
    "a row without a code does not become one with": (
        [row(1, title="A")], [row(1, "0x2", title="B")], [None],
    ),
    "rows of a table under another heading are known by code": (
        [row(1, "0x1", anchor="a")], [row(1, "0x1", anchor="b")], [0],
    ),
    "a code that stands in several tables tells nothing": (
        [row(1, "0x1", anchor="a")],
        [row(1, "0x1", anchor="b"), row(1, "0x1", anchor="c")],
        [None, None],
    ),
    "a renamed heading is known by an anchor that it keeps": (
        [EntryKey("a", aliases=("old",))], [EntryKey("b", aliases=("old",))], [0],
    ),
    "a heading that became a part of another is not that one": (
        [section("a"), section("b")], [EntryKey("b", aliases=("a",))], [1],
    ),
    "a section and a row of one anchor are two things": (
        [section("a")], [EntryKey("a#1", title="a")], [None],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES.keys())
def test_pairs(old: list[EntryKey], new: list[EntryKey], expected: list[int | None]):
    assert pair(old, new) == expected


WORDS = "Open the settings, choose the account, remove the profile and restart the phone"
VERSIONS = {
    "a renamed heading is known by its title, however it is written": (
        [EntryKey("a", title="The phone hangs")], [EntryKey("b", title="the Phone hangs")], [0],
    ),
    "or by what it says": (
        [EntryKey("a", title="A", text=f"A {WORDS}")],
        [EntryKey("b", title="B", text="Something else altogether stands here."),
         EntryKey("c", title="C", text=f"C {WORDS} now")],
        [None, 0],
    ),
    "the most alike first": (
        [EntryKey("a", text=WORDS), EntryKey("b", text=f"{WORDS} and wait for an hour")],
        [EntryKey("c", text=f"{WORDS} and wait for an hour then"), EntryKey("d", text=WORDS)],
        [1, 0],
    ),
    "of two that are alike the more alike": (
        [EntryKey("a", text=WORDS), EntryKey("b", text=f"{WORDS} and wait for an hour")],
        [EntryKey("c", text=WORDS)],
        [0],
    ),
    "one does not become two": (
        [EntryKey("a", text=WORDS)],
        [EntryKey("c", text=f"{WORDS} and wait for an hour"), EntryKey("d", text=WORDS)],
        [None, 0],
    ),
    "two of one title are told by what they say": (
        [EntryKey("a", title="T", text=WORDS), EntryKey("b", title="T", text="Ring the desk now.")],
        [EntryKey("c", title="T", text="Ring the desk now."), EntryKey("d", title="T", text=WORDS)],
        [1, 0],
    ),
    "five runs of thirteen in common are too few": (
        [EntryKey("a", text=WORDS)],
        [EntryKey("b", text="Open the settings, choose the account, remove it now")], [None],
    ),
    "six are enough": (
        [EntryKey("a", text=WORDS)],
        [EntryKey("b", text="Open the settings, choose the account, remove the app now")], [0],
    ),
    "what says nothing alike is new": (
        [EntryKey("a", title="A", text=WORDS)], [EntryKey("b", title="B", text="Never mind.")],
        [None],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), VERSIONS.values(), ids=VERSIONS.keys())
def test_pairs_of_two_versions(old, new, expected):
    assert pair_versions(old, new) == expected


def told(anchor: str, steps: int = 0, *codes: str) -> EntryKey:
    return EntryKey(anchor, codes, anchor, steps=steps)


LANGUAGES = {
    "translated headings keep their order": (
        [told("a", 2), told("b", 3)], [told("x", 2), told("y", 3)], [0, 1],
    ),
    "beside those whose anchor stayed": (
        [told("a"), told("b", 2), told("c")], [told("b", 2), told("x"), told("y")], [1, 0, 2],
    ),
    "another number of steps is another problem, and then nothing goes by order": (
        [told("a", 2), told("b", 3)], [told("x", 2), told("y", 4)], [None, None],
    ),
    "so are other codes": ([told("a", 2, "0x1")], [told("x", 2, "0x2")], [None]),
    "and a row where a section was": ([told("a")], [told("x#1")], [None]),
    "one more in a language tells nothing of the others": (
        [told("a"), told("b")], [told("x"), told("y"), told("z")], [None, None, None],
    ),
    "not even where it was paired": (
        [told("a"), told("b"), told("c")], [told("a"), told("x")], [0, None],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), LANGUAGES.values(), ids=LANGUAGES.keys())
def test_pairs_of_two_languages(old, new, expected):
    assert pair_languages(old, new) == expected


def test_two_versions_in_one_language_are_not_paired_by_order():
    assert pair_versions([told("a", 2)], [told("x", 2)]) == [None]


@pytest.mark.parametrize(
    ("anchor", "name", "is_row"), [("errors#12", "errors", True), ("errors", "errors", False)]
)
def test_a_key_names_its_section(anchor: str, name: str, is_row: bool):
    key = EntryKey(anchor)
    assert (key.section, key.is_row) == (name, is_row)
