"""What makes an entry an answer and no guess: where its words stand, and how near to each other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from troubleshooting.search.fulltext.answering import (
    FEW_WORDS,
    PICKED_OUT,
    SAID_BY_NAME,
    is_about,
)
from troubleshooting.search.fulltext.ranking import Candidate, Ranker
from troubleshooting.search.index.document import BREAK
from troubleshooting.search.reading.plan import QueryPlan, Slot
from troubleshooting.search.words.folding import words
from troubleshooting.search.words.stemming import analyser

COMMON = PICKED_OUT + 1
terms = analyser("fr").terms


def slot(word: str, count: int = COMMON, information: float = 2.0, **others) -> Slot:
    return Slot(word, tuple(terms([word])), count, 1.0, (), information, **others)


def about(slots: list[Slot], title: str, body: str, message: str = "", surface: str = "") -> bool:
    """Return whether a text with this title, message and body is about the ``slots``."""
    asked = " ".join(term for one in slots for term in one.terms)
    plan = QueryPlan("fr", tuple(slots), asked, surface, 1.0, sum(one.information for one in slots))
    made = [" ".join(terms(words(one))) for one in (title, message, body)]
    keys = f"{BREAK} {made[1]}" if message else ""
    score = Ranker(slots, asked).score(Candidate(1, made[0], keys, made[2]))
    return is_about(score, plan, lambda: [title, message])


BOX = "La boîte vocale"
VOICE = [slot("boite"), slot("vocale")]


@pytest.mark.parametrize(
    ("title", "body", "is_answer"),
    [
        (BOX, "Rien.", True),
        ("Une boîte", BOX, True),  # half of it, and both side by side below
        ("Une boîte", "Elle n’est pas du tout vocale.", False),  # nowhere together
        ("Une panne", BOX, False),  # in no title
        ("La boîte, qui ne sonnait plus depuis longtemps, redevient vocale", "Rien.", False),
    ],
)
def test_few_common_words_are_answered_where_title_and_neighbours_say_them(title, body, is_answer):
    assert about(VOICE, title, body) is is_answer


def test_a_message_says_it_as_a_title_does():
    assert about(VOICE, "Une panne", "Rien.", BOX)
    assert not about(VOICE, "Une panne", BOX, "Rien")


@pytest.mark.parametrize(("count", "is_answer"), [(PICKED_OUT, True), (PICKED_OUT + 1, False)])
def test_a_word_of_few_texts_picks_them_out_wherever_it_stands(count: int, is_answer: bool):
    assert about([slot("boite", count), slot("vocale")], "Une panne", BOX) is is_answer


def test_one_word_is_all_that_was_asked():
    assert about([slot("vocale")], "Une panne", BOX)


@pytest.mark.parametrize(
    ("surface", "title", "message", "is_answer"),
    [
        ("vocale", "Une panne", "", True),
        ("elle est vocale", "Une panne", "", False),
        ("elle est vocale", BOX, "", True),
        ("elle est vocale", "Une panne", BOX, True),
    ],
)
def test_of_a_phrase_of_which_one_word_is_left_that_stands_in_a_title(
    surface, title, message, is_answer
):
    assert about([slot("vocale")], title, BOX, message, surface) is is_answer


def test_a_word_that_says_nothing_is_none_of_those_asked():
    assert about([slot("vocale"), slot("bonjour", information=0.0)], "Une panne", BOX)


def test_a_word_that_says_nothing_picks_out_nothing():
    asked = [slot("boite", 1, 0.0), slot("vocale"), slot("message")]
    assert not about(asked, "Une panne", "La boîte vocale. Un message.")


@pytest.mark.parametrize(
    ("share", "is_answer"), [(SAID_BY_NAME, True), (SAID_BY_NAME - 0.01, False)]
)
def test_the_title_says_half_of_it(share: float, is_answer: bool):
    asked = [slot("boite", information=share), slot("vocale", information=1 - share)]
    assert about(asked, "Une boîte", BOX) is is_answer


def test_of_many_words_one_in_the_title_will_do():
    many = [slot(word) for word in ("boite", "vocale", "pleine", "message")]
    body = "Boîte. Une fois vocale. La voici pleine. Tout message."
    assert len(many) > FEW_WORDS
    assert about(many, "Un message", body)
    assert not about(many, "Une panne", body)
    assert not about(many[:FEW_WORDS], "Une boîte", body)


STEP = slot("marche", information=1.0)


@pytest.mark.parametrize(
    ("title", "is_answer"),
    [("Attention à la marche", True), ("Attentions à la marche", True), ("Attente, marche", False)],
)
def test_a_title_says_a_word_in_the_form_typed(title: str, is_answer: bool):
    assert terms(["attention"]) == terms(["attente"])  # of one stem
    assert about([slot("attention"), STEP], title, "Rien.") is is_answer


def test_a_correction_has_the_form_of_no_word_typed():
    slip = Slot("atention", terms_of("attention"), 9, 1.0, ("attention",), 2.0)
    assert about([slip, STEP], "Attente, marche", "Rien.")


def test_what_means_the_same_says_it_where_no_text_has_the_word():
    other = Slot("gsm", (), COMMON, 1.0, (), 2.0, alike=terms_of("mobile"))
    assert about([other, STEP], "Mobile, marche", "Rien.")
    both = slot("gsm", alike=terms_of("mobile"))
    assert not about([both, STEP], "Mobile, marche", "Gsm.")
    assert about([both, STEP], "Gsm, marche", "Rien.")


def terms_of(word: str) -> tuple[str, ...]:
    return tuple(terms([word]))


def test_one_word_for_several_in_another_language_does_not_stand_for_neighbours():
    password = Slot("mot de passe", (), COMMON, 1.0, ("password",), 2.0, alike=("en:password",))
    spelt, called = (
        Ranker([replace(password, is_translated=translated)], "").score(
            Candidate(1, "en:password", "", "en:box")
        )
        for translated in (False, True)
    )
    assert (spelt.as_one, called.as_one) == (True, False)
