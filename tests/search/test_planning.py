"""What a query is taken for: no database needed."""

from __future__ import annotations

import pytest

from troubleshooting.search.reading.plan import RELATED, QueryPlan, Slot
from troubleshooting.search.reading.planning import Planner
from troubleshooting.search.reading.removals import correction_id
from troubleshooting.search.words.folding import words
from troubleshooting.search.words.seen import SeenWords
from troubleshooting.search.words.stemming import analyser
from troubleshooting.search.words.vocabulary import Vocabulary


class TestPlan:
    @pytest.fixture
    def known(self):
        vocabulary = Vocabulary()
        french = ["portail", "entreprise", "temporairement", "indisponible", "mise", "jour"]
        vocabulary._add([("fr", word) for word in french])
        vocabulary._add([("en", word) for word in ["portal", "company", "enterprise"]])
        return vocabulary

    def plan(self, known, text, seen=lambda term: True):
        return Planner(SeenWords(known, seen), words(text)).plans("en", lambda term: 1, 100, seen)

    def test_the_language_of_the_query_comes_first(self, known):
        assert self.plan(known, "portail indisponible")[0].language == "fr"
        assert self.plan(known, "company portal")[0].language == "en"

    def test_words_that_people_search_by_tell_the_language_though_no_text_holds_them(self, known):
        assert self.plan(known, "vieux gsm enterprise")[0].language == "fr"
        assert self.plan(known, "enterprise notebook ancient")[0].language == "en"

    def test_errors_are_corrected_in_that_language_only(self, known):
        french, english = self.plan(known, "portail d’entreprse temporairment")
        assert [slot.corrected for slot in french.slots] == [
            (), ("entreprise",), ("temporairement",),
        ]  # fmt: skip
        assert english.conjunction() is None

    def test_what_is_misread_in_a_screenshot_is_surely_meant(self, known):
        plan = self.plan(known, "P0rtai1 ternp0rairernent lndisponib1e")[0]
        assert [slot.corrected for slot in plan.slots] == [
            ("portail",), ("temporairement",), ("indisponible",),
        ]  # fmt: skip
        assert all(slot.evidence == slot.information > 0 for slot in plan.slots)

    def test_a_word_of_hidden_texts_alone_was_not_misread(self, known):
        plan = self.plan(known, "portail entrepr1se", seen=lambda term: "entrepr" not in term)[0]
        assert plan.slots[1].corrected == ()

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

    def test_a_word_is_not_corrected_to_one_that_says_nothing(self, known):
        known._add([("fr", "quelle"), ("fr", "depuis")])
        assert analyser("fr").is_stop("depuis")
        assert self.plan(known, "portail depius")[0].slots[1].corrected == ()

    @pytest.mark.parametrize(
        ("unknown", "enough"), [("kb4999999", False), ("cve20261234", False), ("zorbel", True)]
    )
    def test_texts_without_the_number_asked_about_are_no_answer(self, known, unknown, enough):
        plan = self.plan(known, f"portail indisponible {unknown}")[0]
        held = sum(slot.evidence for slot in plan.slots if slot.terms)
        assert plan.is_answered(held) is enough

    def test_a_word_that_nothing_resembles_says_more_than_one_taken_for_another(self, known):
        _, absent, corrected = self.plan(known, "portail zorbel indisponibel")[0].slots
        assert absent.information > corrected.information > 0

    def test_less_than_half_of_it_is_no_conjunction(self, known):
        assert not any(plan.conjunction() for plan in self.plan(known, "mies"))
        assert any(plan.conjunction() for plan in self.plan(known, "indisponibel"))

    def test_a_correction_is_confirmed_by_words_that_say_enough(self, known):
        known._add([("fr", "compose"), ("fr", "compte")])

        def conjunctions(text, common):
            plans = Planner(SeenWords(known), words(text)).plans(
                "fr", lambda term: 90 if common in term else 1, 100
            )
            return [one for plan in plans if (one := plan.conjunction())]

        assert not conjunctions("portail indisponibel", "portail")
        assert conjunctions("portail indisponibel", "nothing")
        assert conjunctions("indisponibel", "portail")

    def test_a_correction_can_be_refused(self, known):
        refused = correction_id("entreprse", "entreprise")
        planner = Planner(SeenWords(known), words("portail entreprse"), {refused})
        groups = [
            group for draft in planner.drafts for near in draft.near.values() for group in near
        ]
        assert not any(groups)

    def test_a_word_with_another_meaning_is_found_by_none(self, known):
        """Who types "tour" may mean a computer; a text that holds the word hardly does."""
        known._add([("fr", word) for word in ("tour", "ordinateur")])
        found = {word: self.plan(known, f"portail {word}")[0].slots[1] for word in ("pc", "tour")}
        assert found["pc"].alike == ("fr:ordin",)
        assert found["tour"].alike == ("fr:ordin",)

    def test_a_word_of_the_same_root_is_taken_before_one_of_like_letters(self, known):
        known._add([("fr", "redemarrage"), ("fr", "redemande")])
        slot = self.plan(known, "portail redemarrer")[0].slots[1]
        assert slot.corrected == ("redemarrage",)
        assert 0 < slot.evidence < slot.information

    def test_an_abbreviation_is_taken_for_what_it_begins(self, known):
        known._add([("fr", "redemarrage"), ("fr", "entrain")])
        assert self.plan(known, "portail redem")[0].slots[1].corrected == ("redemarrage",)
        assert self.plan(known, "portail entrep")[0].slots[1].corrected == ("entreprise",)

    def test_an_abbreviation_is_the_surer_the_more_of_the_word_it_says(self, known):
        known._add([("fr", "redemarrage")])
        short, long = (
            self.plan(known, f"portail {said}")[0].slots[1].certainty
            for said in ("redem", "redema")
        )
        assert (short, long) == (5 / 11, 6 / 11)

    @pytest.mark.parametrize(
        ("said", "certainty"),
        [
            ("redenarrage", 1 - 4 / 11),  # one letter of eleven
            ("redmearrage", 1 - 4 / 11),  # two letters swapped are one slip
            ("redenarrag", 1 - 8 / 10),  # two
        ],
    )
    def test_a_slip_is_the_surer_the_more_letters_are_right(self, known, said, certainty):
        known._add([("fr", "redemarrage")])
        assert self.plan(known, f"portail {said}")[0].slots[1].certainty == pytest.approx(certainty)

    def test_a_synonym_is_searched_beside_the_word(self, known):
        known._add([("fr", "societe")])
        slot = self.plan(known, "portail entreprise")[0].slots[1]
        assert (slot.terms, slot.alike) == (("fr:entrepris",), ("fr:societ",))
        assert slot.corrected == ()

    def test_a_synonym_stands_for_a_word_that_no_text_has(self, known):
        slot = self.plan(known, "portail societe")[0].slots[1]
        assert (slot.terms, slot.alike, slot.corrected) == ((), ("fr:entrepris",), ("entreprise",))

    def test_another_form_of_a_word_has_its_synonyms(self, known):
        slot = self.plan(known, "portail societes")[0].slots[1]
        assert slot.corrected == ("entreprise",)

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("mon portail repond plus", ["portail", "repond plus"]),
            ("repond plus du portail", ["portail", "repond plus"]),
            ("mon portail repond moins", ["portail", "repond"]),
            ("portail tourne en rond", ["portail", "tourne en rond"]),
        ],
    )
    def test_several_words_are_one_expression(self, known, query, words):
        known._add([("fr", "injoignable"), ("fr", "fige")])
        slots = self.plan(known, query)[0].slots
        assert [slot.word for slot in slots] == words

    def test_known_words_of_an_expression_are_searched_beside_it(self, known):
        known._add([("fr", "injoignable"), ("fr", "repond")])
        word, expression = self.plan(known, "repond plus")[0].slots
        assert (word.word, word.terms) == ("repond", ("fr:repond",))
        assert (expression.word, expression.alike) == ("repond plus", ("fr:injoign",))

    def test_texts_that_hold_all_words_typed_need_not_hold_what_they_mean_together(self, known):
        known._add([("fr", word) for word in ("repond", "injoignable", "portail")])
        (plan, *_) = self.plan(known, "portail repond plus")
        assert plan.conjunction() == (("fr:portail",), ("fr:repond",))
        assert plan.sequence == "fr:portail fr:repond"
        assert self.plan(known, "portail voit plus")[0].conjunction() is None

    @pytest.mark.parametrize(
        ("query", "words"),
        [
            ("6e portail", ["6e", "portail"]),
            ("portail 6", ["portail", "6"]),
            ("portail windows 7 1", ["portail", "windows", "7", "1", "windows 7 1"]),
            ("portail windows", ["portail", "windows"]),
        ],
    )
    def test_an_ordinal_is_one_more_than_a_maximum_and_a_number_of_a_system_a_version(
        self, known, query, words
    ):
        known._add([("fr", "maximal"), ("fr", "version")])
        slots = self.plan(known, query)[0].slots
        assert [slot.word for slot in slots] == words
        meant = {slot.word: slot.alike for slot in slots}
        assert meant.get("6e", ("fr:maximal",)) == ("fr:maximal",)
        assert meant.get("windows 7 1", ("fr:version",)) == ("fr:version",)

    @pytest.mark.parametrize(
        ("query", "is_model"),
        [
            ("iphone 4", True),
            ("iphone 6s", True),
            ("ipad mini 2", True),
            ("galaxy s7", True),
            ("iphone portail", False),
            ("iphone 80070005", False),
            ("portail 4", False),
        ],
    )
    def test_a_number_behind_a_device_names_its_model(self, known, query, is_model):
        known._add([("fr", "modele")])
        slots = self.plan(known, f"mon portail {query}")[0].slots
        assert any(slot.alike == ("fr:model",) for slot in slots) == is_model

    def test_a_word_of_every_subject_weighs_less(self, known):
        known._add([("fr", "liste")])
        portal, common = self.plan(known, "portail liste")[0].slots
        assert common.weight < portal.weight
        assert common.information < portal.information

    def test_the_parts_of_a_name_are_no_evidence(self, known):
        planner = Planner(SeenWords(known), ["portail", "entreprise"])
        plans = planner.plans("fr", lambda term: 1, 100, pieces=["entreprise"])
        whole, part = plans[0].slots
        assert (whole.evidence > 0, part.evidence) == (True, 0)
        assert part.terms

    def test_a_greeting_neither_answers_nor_is_asked_to_be_answered(self, known):
        plan = self.plan(known, "urgent portail")[0]
        assert plan.slots[0].evidence == plan.slots[0].information == 0
        assert plan.information == plan.slots[1].information > 0
        assert not self.plan(known, "urgent")[0].is_answered(0)

    def test_a_stop_word_of_the_other_language_says_nothing(self, known):
        assert [slot.word for slot in self.plan(known, "le company portal")[0].slots] == [
            "company", "portal",
        ]  # fmt: skip

    def test_what_is_a_stop_word_elsewhere_is_a_word_in_its_own_language(self, known):
        """A text that lacks it lacks what was asked for; « car » says nothing in French."""
        english, french = self.plan(known, "the company of the car")
        assert [slot.word for slot in english.slots] == ["company", "car"]
        assert english.slots[1].information > english.slots[0].information
        assert [slot.word for slot in french.slots] == ["company"]

    def test_a_stop_word_of_the_language_written_says_nothing_in_texts_of_another(self, known):
        known._add([("fr", "out"), ("fr", "box")])
        plans = self.plan(known, "out of the box")
        assert [slot.word for plan in plans for slot in plan.slots if plan.language == "fr"] == [
            "box"
        ]

    def test_where_nothing_else_is_asked_it_is_what_is_looked_for(self, known):
        known._add([("fr", "out")])
        slots = {plan.language: plan.slots for plan in self.plan(known, "out of")}
        assert [slot.word for slot in slots["fr"]] == ["out"]

    def test_an_expression_says_nothing_beside_its_words(self, known):
        known._add([("fr", "injoignable"), ("fr", "repond")])
        (plan, *_) = self.plan(known, "repond plus")
        assert [slot.word for slot in plan.telling] == ["repond"]
        assert plan.information == plan.slots[0].information < plan.slots[1].information * 2

    def test_of_words_equally_near_the_four_commonest_are_meant(self, known):
        near = ["jbcdefgh", "abcdefgx", "abcdefgy", "abcdefgz", "abcdefgw", "abcdefgv"]
        known._add([("fr", word) for word in near])
        counts = {"jbcdefgh": 9, "abcdefgz": 5, "abcdefgy": 4, "abcdefgx": 3}
        planner = Planner(SeenWords(known), ["abcdefgh", "portail"])
        plan = next(
            plan
            for plan in planner.plans("fr", lambda term: counts.get(term[3:], 1), 100)
            if plan.language == "fr"
        )
        assert plan.slots[0].corrected == ("abcdefgz", "abcdefgy", "abcdefgx", "abcdefgv")


class TestConjunction:
    """What all words together must say, of which an expression beside its words says nothing."""

    EXPRESSION = Slot("en panne", (), 9, 1.0, (), 2.0, alike=("fr:hors",), spelt=("fr:pann",))

    def plan(self, *slots: Slot) -> QueryPlan:
        said = sum(slot.information for slot in slots)
        return QueryPlan("fr", (*slots, self.EXPRESSION), "", "", 1.0, said)

    @pytest.mark.parametrize(("certainty", "is_asked"), [(0.5, True), (0.4, False)])
    def test_words_must_say_half(self, certainty: float, is_asked: bool):
        word = Slot("panne", ("fr:pann",), 9, 1.0, (), 2.0, certainty)
        assert (self.plan(word).conjunction() is not None) is is_asked

    @pytest.mark.parametrize("called", [True, False])
    def test_what_words_are_called_elsewhere_is_no_condition(self, called: bool):
        word = Slot("panne", ("fr:pann",), 9, 1.0, (), 2.0, is_translated=called)
        assert (self.plan(word).conjunction() is None) is called

    @pytest.mark.parametrize(("information", "is_asked"), [(1.0, True), (0.5, False)])
    def test_words_that_are_no_corrections_must_confirm_the_others(self, information, is_asked):
        slip = Slot("pane", ("fr:pann",), 9, 1.0, ("panne",), 2.0, RELATED - 0.1)
        other = Slot("poste", ("fr:post",), 9, 1.0, (), information)
        assert (self.plan(slip, other).conjunction() is not None) is is_asked


class TestCalledElsewhere:
    """What words are called in the other language, of which texts may have them alone."""

    def slots(self, text: str, *english: str) -> list[Slot]:
        """Return the slots in English of a text in French, where texts hold the words given."""
        vocabulary = Vocabulary()
        vocabulary._add([("en", word) for word in english])
        vocabulary._add([("fr", word) for word in ("imprimante", "reseau")])
        plans = Planner(SeenWords(vocabulary), words(text)).plans("fr", lambda term: 1, 100)
        return next(list(plan.slots) for plan in plans if plan.language == "en")

    @pytest.mark.parametrize(
        "text", ["le mot de passe de l’imprimante", "les mots de passe de l’imprimante"]
    )
    def test_several_words_are_one_thing_in_any_form(self, text: str):
        password, printer = self.slots(text, "password", "printer", "update")
        assert (password.terms, printer.terms) == (("en:password",), ("en:printer",))
        assert password.is_translated
        assert password.corrected == ("password",)

    def test_each_of_several_stands_in_its_place(self):
        slots = self.slots(
            "mot de passe de la boîte aux lettres de l’imprimante", "password", "mailbox", "printer"
        )
        assert [slot.word for slot in slots] == [
            "mot de passe", "boite aux lettres", "imprimante",
        ]  # fmt: skip

    def test_their_words_stay_where_the_language_knows_each_of_them(self):
        slots = self.slots("la file d’attente de l’imprimante", "queue", "file", "attente")
        assert [slot.word for slot in slots] == ["file", "attente", "imprimante"]

    def test_their_words_stay_where_no_text_has_what_they_are_called(self):
        slots = self.slots("le mot de passe de l’imprimante", "printer")
        assert [slot.word for slot in slots] == ["mot", "passe", "imprimante"]

    def test_a_word_that_texts_there_hold_is_looked_for_by_both(self):
        (printer,) = self.slots("imprimante", "imprimante", "printer")
        assert printer.terms == ("en:imprimant", "en:printer")
        assert printer.is_translated
        assert printer.names

    def test_a_word_whose_stem_alone_stands_there_is_looked_for_by_what_it_is_called(self):
        (queue,) = self.slots("attente", "attentive", "queue")
        assert queue.terms == ("en:queue",)
        (unpaired,) = self.slots("attentives", "attentive")
        assert unpaired.terms == ("en:attent",)

    def test_what_a_reader_took_out_is_not_searched(self):
        vocabulary = Vocabulary()
        vocabulary._add([("en", "password"), ("fr", "imprimante")])
        without = [correction_id("mot de passe", "password")]
        planner = Planner(SeenWords(vocabulary), ["mot", "de", "passe"], without)
        assert "password" not in {
            one
            for draft in planner.drafts
            for called in draft.translated.values()
            for one in called
        }


class TestWordsOfOneStem:
    """A word that texts hold by its stem alone may have nothing to do with theirs."""

    @pytest.mark.parametrize(
        ("word", "names"),
        [("restaurations", True), ("restaurant", False), ("restorations", False)],
    )
    def test_what_merely_shares_a_stem_names_no_problem(self, word: str, names: bool):
        vocabulary = Vocabulary()
        vocabulary._add([("fr", "restauration"), ("fr", "portail")])
        (plan,) = Planner(SeenWords(vocabulary), [word]).plans("fr", lambda term: 1, 10)
        assert any(slot.names for slot in plan.slots) is names
        assert (plan.conjunction() is not None) is names

    def test_a_known_stem_is_no_slip_of_another_word(self):
        vocabulary = Vocabulary()
        vocabulary._add([("en", "seats"), ("en", "sent")])
        (plan,) = Planner(SeenWords(vocabulary), ["seat"]).plans("en", lambda term: 1, 10)
        assert plan.slots[0].terms == ("en:seat",)

    def test_a_slip_of_a_word_that_says_nothing_may_be_a_word_of_its_own(self):
        vocabulary = Vocabulary()
        vocabulary._add([("fr", "droit")])
        (plan,) = Planner(SeenWords(vocabulary), ["droit", "vote"]).plans("fr", lambda term: 3, 9)
        assert plan.slots[1].information > 0
        assert not plan.is_answered(plan.slots[0].evidence)
