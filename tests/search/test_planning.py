"""What a query is taken for, and what ranks: no database needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.search.fulltext.ranking import Candidate, Ranker
from troubleshooting.search.reading.plan import Planner, Slot, correction_id, rarity
from troubleshooting.search.words.folding import words
from troubleshooting.search.words.stemming import analyser
from troubleshooting.search.words.vocabulary import Vocabulary


class TestRank:
    SLOTS = (
        Slot("portail", ("fr:portail",), 5, 2.0),
        Slot("indisponible", ("fr:indispon",), 1, 4.0),
    )

    def score(self, title="", keys="", body=""):
        return Ranker(self.SLOTS, "fr:portail fr:indispon").score(Candidate(1, title, keys, body))

    def test_more_of_the_query_is_better(self):
        assert self.score(body="fr:portail fr:indispon").value > self.score(body="fr:portail").value

    def test_a_rare_word_counts_more(self):
        assert self.score(body="fr:indispon").coverage > self.score(body="fr:portail").coverage

    def test_neighbours_are_better_than_scattered_words(self):
        near = self.score(body="fr:portail fr:indispon fr:a fr:b fr:c")
        assert near.value > self.score(body="fr:portail fr:a fr:b fr:c fr:indispon").value

    def test_a_message_that_is_the_query_is_known(self):
        score = self.score(keys="c:0x1 | fr:autre | fr:portail fr:indispon")
        assert score.message == pytest.approx(1.0)
        assert score.nearest == 1

    def test_nothing_in_common_is_nothing(self):
        assert self.score(title="fr:autre").value == 0

    @given(st.integers(0, 10**6), st.integers(0, 10**6))
    def test_rarer_words_weigh_more(self, count, total):
        assert rarity(count, total) >= rarity(count + 1, total) > 0


class TestPlan:
    @pytest.fixture
    def known(self):
        vocabulary = Vocabulary()
        french = ["portail", "entreprise", "temporairement", "indisponible", "mise", "jour"]
        vocabulary._add([("fr", word) for word in french])
        vocabulary._add([("en", word) for word in ["portal", "company", "enterprise"]])
        return vocabulary

    def plan(self, known, text, seen=lambda term: True):
        return Planner(known, words(text)).plans("en", lambda term: 1, 100, seen)

    def test_the_language_of_the_query_comes_first(self, known):
        assert self.plan(known, "portail indisponible")[0].language == "fr"
        assert self.plan(known, "company portal")[0].language == "en"

    def test_errors_are_corrected_in_that_language_only(self, known):
        french, english = self.plan(known, "portail d’entreprse temporairment")
        assert [slot.corrected for slot in french.slots] == [
            (), ("entreprise",), ("temporairement",),
        ]  # fmt: skip
        assert english.conjunction() is None

    def test_an_unseen_word_is_no_correction(self, known):
        plan = self.plan(known, "portail entreprse", seen=lambda term: "entrepr" not in term)[0]
        assert plan.slots[1].terms == ()

    def test_a_word_of_hidden_texts_alone_is_unknown(self, known):
        plan = self.plan(known, "portail entreprise", seen=lambda term: "entrepr" not in term)[0]
        assert plan.slots[1].terms == ()
        assert plan.slots[1].information > plan.slots[0].information

    def test_a_correction_of_a_short_word_is_no_evidence(self, known):
        plan = self.plan(known, "portail mies")[0]
        assert plan.slots[1].corrected == ("mise",)
        assert plan.slots[1].evidence == 0
        assert plan.slots[0].evidence == plan.slots[0].information > 0

    def test_less_than_half_of_it_is_no_conjunction(self, known):
        assert not any(plan.conjunction() for plan in self.plan(known, "mies"))
        assert any(plan.conjunction() for plan in self.plan(known, "indisponibel"))

    def test_a_correction_can_be_refused(self, known):
        refused = correction_id("entreprse", "entreprise")
        planner = Planner(known, words("portail entreprse"), {refused})
        assert not any(draft.near for draft in planner.drafts)

    @pytest.mark.parametrize(
        ("word", "near"),
        [("mies", ["mise"]), ("jou", []), ("indisponibel", ["indisponible"]), ("x1y2z3", [])],
    )
    def test_nearest_words(self, known, word, near):
        assert known.nearest("fr", word) == near

    def test_completions(self, known):
        assert known.completions("fr", "tempo", 5) == [analyser("fr").term("temporairement")]
        assert known.completions("xx", "tempo", 5) == []
