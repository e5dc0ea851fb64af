"""What a search says that it understood, marks in texts and remembers of words."""

from __future__ import annotations

from dataclasses import MISSING, fields

import pytest

from troubleshooting.search.codes.answers import CodeAnswer
from troubleshooting.search.fulltext.weights import code_words, term_weights
from troubleshooting.search.reading.plan import QueryPlan, Slot
from troubleshooting.search.reading.query import parse
from troubleshooting.search.reading.understood import words
from troubleshooting.search.result import Hit
from troubleshooting.search.words.frequencies import ALL, SHARES, Frequencies
from troubleshooting.search.words.stemming import analyser


def plan(*slots: Slot, surface: str, meanings: tuple[tuple[str, str], ...] = ()) -> QueryPlan:
    return QueryPlan("en", slots, "", surface, 1.0, meanings=meanings)


PHONE = Slot("phone", ("phone",), 3, 1.0)
SLIP = Slot("phnoe", ("phone",), 3, 1.0, corrected=("phone",))
OWN = Slot("handset", ("phone",), 3, 1.0, own=("phone",))


@pytest.mark.parametrize(
    ("slots", "surface", "found", "said"),
    [
        ((PHONE,), "phone", True, [("word", "phone")]),
        ((SLIP,), "phone", True, [("word", "phnoe"), ("correction", "phone")]),
        ((SLIP,), "phone", False, [("word", "phnoe")]),  # a correction would tell of a draft
        ((OWN,), "handset", True, [("word", "handset")]),  # typed, and means another to editors
        ((OWN,), "telephone box", True, []),  # meant by words that stand in their own place
        ((PHONE, OWN), "phone", True, [("word", "phone")]),
    ],
)
def test_words_that_were_searched(slots, surface, found, said):
    shown = words([plan(*slots, surface=surface)], found, surface, [])
    assert [(one.what, one.value) for one in shown] == said
    assert all(one.known is found for one in shown if one.what == "word")


@pytest.mark.parametrize(
    ("texts", "value"),
    [
        ({"title": "Écran NOIR"}, "écran"),
        ({"title": "Noir", "snippet": "l&#x27;<mark>écran</mark>"}, "écran"),
        ({"title": "Noir", "matched": "<mark>Écran</mark> noir"}, "écran"),
        ({"title": "Écran", "snippet": "ecran"}, "écran"),  # what comes first
        ({"title": "Écran", "language": "fr"}, "ecran"),  # a word of another language
        ({"title": "Noir", "snippet": "écran", "snippet_language": "fr"}, "ecran"),
        ({"title": "Noir", "matched": "écran", "found_in": "fr"}, "ecran"),
        ({"title": "Noir"}, "ecran"),
    ],
)
def test_what_a_word_was_taken_for_is_as_the_texts_found_spell_it(texts, value):
    slip = Slot("ecrann", ("ecran",), 3, 1.0, corrected=("ecran",))
    blank = {one.name: "" for one in fields(Hit) if one.default is MISSING}
    languages = {"language": "en", "snippet_language": "en", "found_in": "en"}
    hit = Hit(**blank | languages | texts)
    (said,) = words([plan(slip, surface="ecrann")], True, "ecrann", [hit])[1:]
    assert (said.value, said.id) == (value, "correction:ecrann=ecran")


def test_what_words_mean_is_said_once_in_all_languages():
    plans = [plan(PHONE, surface="phone", meanings=(("box", "phone"),))] * 2
    assert [one.what for one in words(plans, True, "phone", [])] == ["word", "vocabulary"]
    assert words([], True, "", []) == []


def answers(query: str, *, used: bool) -> list[CodeAnswer]:
    code = parse(query, "en").codes[0]
    return [CodeAnswer(code, 1, reading, (), used) for reading in code.readings[:1]]


@pytest.mark.parametrize(("used", "marked"), [(True, {"0x80070005"}), (False, set())])
def test_the_words_of_a_code_are_marked_if_it_was_used(used, marked):
    assert code_words(answers("0x80070005", used=used)) == marked


def test_of_a_word_of_another_language_the_form_typed_is_marked():
    terms = ("en:imprimant", "en:printer")
    slot = Slot("imprimante", terms, 1, 2.0, is_translated=True)
    assert term_weights(["en"], [plan(slot, surface="")], [])["en"] == {"en:imprimant": 2.0}


def test_a_code_weighs_more_than_words_and_they_as_the_plan_says():
    code, word = "0x80070005", analyser("en").term("0x80070005")
    slot = Slot(code, (word, "refused"), 1, 1.5, alike=("denied",))
    weights = term_weights(["en"], [plan(slot, surface="")], answers(code, used=True))["en"]
    assert weights[word] > weights["refused"] == weights["denied"] == 1.5


class TestFrequencies:
    """Numbers of 100 entries, counted at the time 0 while the content was in the state ``a``."""

    @pytest.fixture
    def clock(self) -> list[float]:
        return [1.0]

    @pytest.fixture
    def kept(self, clock) -> Frequencies:
        kept = Frequencies(lambda: clock[0])
        assert kept.remembered(["phone"], "a") == {}
        assert kept.remember({ALL: 100, "phone": 7}, "a")
        return kept

    @pytest.mark.parametrize(
        ("seconds", "token", "known"),
        [
            (0, "a", {ALL: 100, "phone": 7}),
            (290, "a", {ALL: 100, "phone": 7}),
            (0, "b", {"phone": 7}),  # of another state all entries are counted anew
            (0, "", {"phone": 7}),  # nor is it known of a state without a name
            (310, "a", {}),
        ],
    )
    def test_numbers_are_remembered_for_some_minutes(self, kept, clock, seconds, token, known):
        clock[0] += seconds
        assert kept.remembered(["phone", "badge"], token) == known

    @pytest.mark.parametrize(
        ("now", "holds"), [(100, True), (110, True), (90, True), (111, False), (89, False)]
    )
    def test_they_hold_until_the_number_of_entries_drifts_away(self, kept, now, holds):
        assert kept.remember({ALL: now, "badge": 2}, "b") is holds
        found = {"badge": 2, **({"phone": 7} if holds else {})}
        assert {
            term: n for term, n in kept.remembered(["phone", "badge"], "b").items() if term
        } == found

    def test_what_is_counted_without_all_entries_is_added(self, kept):
        assert kept.remember({"badge": 2}, "a")
        assert kept.remembered(["badge"], "a") == {ALL: 100, "badge": 2}

    def test_terms_seen_belong_to_a_state_and_its_reader(self, kept):
        kept.visibility("a", frozenset({1}))["phone"] = True
        assert kept.visibility("a", frozenset({1})) == {"phone": True}
        assert kept.visibility("a", frozenset({2})) == {}
        assert kept.visibility("a", frozenset({1})) == {"phone": True}
        kept.visibility("", frozenset({1}))["phone"] = True
        assert kept.visibility("", frozenset({1})) == {}
        assert kept.visibility("a", frozenset({1})) == {}  # of another state than the last nothing

    def test_shares_of_the_commonest_terms_are_those_of_all_entries(self, kept):
        assert kept.lacks_shares
        kept.note_shares([(SHARES // 4, "badge"), (SHARES, "phone")])
        assert kept.remembered(["badge", "phone"], "a") == {ALL: 100, "badge": 25, "phone": 7}
        assert not kept.lacks_shares
        kept.remember({ALL: 200}, "b")  # what drifts away is forgotten with them
        assert kept.lacks_shares

    @pytest.mark.parametrize(("entries", "is_large"), [(5_000, False), (5_001, True)])
    def test_a_large_base_is_asked_for_its_commonest_terms_at_once(self, kept, entries, is_large):
        kept.remember({ALL: entries}, "b")
        assert kept.is_large is is_large
