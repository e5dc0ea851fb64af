"""What each part of a score is for: of two entries, which answers the query better."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.search.fulltext.ranking import (
    ALIKE,
    COVERAGE,
    FREQUENCY,
    PHRASE,
    Candidate,
    Ranker,
    Score,
)
from troubleshooting.search.index.document import BREAK
from troubleshooting.search.reading.plan import Slot
from troubleshooting.search.reading.slots import rarity

QUERY = ("fr:profil", "fr:manqu")
OTHERS = [f"fr:mot{number}" for number in range(400)]


def ranker() -> Ranker:
    slots = [Slot(term.partition(":")[2], (term,), 10, 1.0) for term in QUERY]
    return Ranker(slots, " ".join(QUERY))


def value(body: list[str], title: tuple[str, ...] = ("fr:erreur",)) -> float:
    candidate = Candidate(1, " ".join(title), "", " ".join(body))
    return ranker().score(candidate).value


PROFILE, MISSING = QUERY
RULES = [
    (
        "words that stand together beat words far apart",
        [*OTHERS[:20], PROFILE, MISSING, *OTHERS[20:40]],
        [PROFILE, *OTHERS[:40], MISSING],
    ),
    (
        "all words beat one that is repeated",
        [PROFILE, *OTHERS[:40], MISSING],
        [PROFILE, PROFILE, PROFILE, *OTHERS[:39]],
    ),
    (
        "the same words weigh more in a short text than in a long one",
        [PROFILE, MISSING, *OTHERS[:20]],
        [PROFILE, MISSING, *OTHERS],
    ),
    (
        "a word that occurs more often weighs more in texts of a length",
        [PROFILE, *OTHERS[:10], PROFILE, *OTHERS[10:20], MISSING],
        [PROFILE, *OTHERS[:10], "fr:autre", *OTHERS[10:20], MISSING],
    ),
]


@pytest.mark.parametrize(
    ("better", "worse"), [rule[1:] for rule in RULES], ids=[rule[0] for rule in RULES]
)
def test_of_two_texts_the_better_comes_first(better: list[str], worse: list[str]):
    assert value(better) > value(worse)


def test_words_in_the_title_beat_words_in_the_text():
    said = [*OTHERS[:20], PROFILE, MISSING]
    assert value(OTHERS[:22], title=QUERY) > value(said)


A, B, C = "fr:a", "fr:b", "fr:c"


def scored(title: str, keys: str, body: str, alike: tuple[str, ...] = ()) -> Score:
    slots = [
        Slot("a", (A,), 10, 2.0, information=3.0, certainty=0.5, alike=alike),
        Slot("b", (B,), 10, 1.0, information=4.0),
    ]
    return Ranker(slots, f"{A} {B}").score(Candidate(1, title, keys, body))


@pytest.mark.parametrize(
    ("title", "keys", "body", "coverage", "evidence"),
    [
        ("x", "", "y", 0, 0),
        (A, "", "y", 2 / 3, 1.5),  # weighed; as sure as the word is certain
        ("x", "", f"{B} {B}", 1 / 3, 4.0),  # a word counts once
        (A, "", B, 1, 5.5),
        ("x", "", "fr:c", 2 / 3 * ALIKE, 1.5 * ALIKE),  # a word that means the same
        (A, "", "fr:c", 2 / 3, 1.5),  # beside the word itself it adds nothing
    ],
)
def test_coverage_is_the_weighed_share_of_the_words(
    title: str, keys: str, body: str, coverage: float, evidence: float
):
    score = scored(title, keys, body, alike=(C,))
    assert score.coverage == pytest.approx(coverage)
    assert score.evidence == pytest.approx(evidence)


@pytest.mark.parametrize(
    ("title", "likeness"),
    [(f"{A} {B}", 1), ("x", 0), (B, 0.4), (f"{A} {B} x y", 0.56), (f"{B} {A}", 0.83)],
)
def test_a_title_is_as_like_the_query_as_both_have_in_common(title: str, likeness: float):
    assert scored(title, "", "y").title == pytest.approx(likeness, abs=0.02)


def test_the_nearest_of_several_messages_is_named():
    keys = f"0x1{BREAK}x y{BREAK}{A} {B}{BREAK}{A} x"
    score = scored("x", keys, "y")
    assert (score.message, score.nearest) == (pytest.approx(1), 1)
    assert (scored("x", "0x1", "y").message, scored("x", "0x1", "y").nearest) == (0, -1)


def adjacency(body: str) -> float:
    score = scored("x", "", body)
    return score.value - COVERAGE * score.coverage - frequency(body)


def frequency(body: str) -> float:
    words, damping = body.split(), 1.2 * (0.25 + 0.75 * len(body.split()) / 150)
    counts = [(2, words.count(A)), (1, words.count(B))]
    return FREQUENCY * sum(w * n / (n + damping) for w, n in counts) / 3


@pytest.mark.parametrize(
    ("body", "share"),
    [
        (f"{A} {B}", 1),
        (f"{A} x {B}", 0.5),
        (f"{A} x y {B}", 0.5),
        (f"{A} x y z {B}", 0),
        (f"{B} {A}", 0),
        (f"{A} x {B} {A} {B}", 1),  # the nearest counts
    ],
)
def test_neighbours_of_the_query_are_neighbours_in_the_text(body: str, share: float):
    assert adjacency(body) == pytest.approx(PHRASE * share)


def words_of(slots):
    return tuple(term for slot in slots for term in slot.terms)


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

    def test_a_word_that_two_of_the_query_are_called_counts_for_both(self):
        slots = (
            Slot("mail", ("en:mail", "en:messag"), 5, 2.0),
            Slot("courriel", ("en:mail",), 5, 1.0),
            Slot("perdu", ("en:lost",), 5, 1.0),
        )
        rank = Ranker(slots, "en:mail en:mail en:lost").score
        assert rank(Candidate(1, "", "", "en:mail")).coverage == pytest.approx(3 / 4)
        assert rank(Candidate(1, "", "", "en:mail")).together == 0  # it is no neighbour of itself

    def test_a_word_counts_more_than_one_that_means_the_same(self):
        slots = (Slot("portail", ("fr:portail",), 5, 2.0, alike=("fr:site",)),)
        rank = Ranker(slots, "fr:portail").score
        own, alike = (rank(Candidate(1, "", "", body)) for body in ("fr:portail", "fr:site"))
        assert own.coverage == 1
        assert 0.5 < alike.coverage < 1
        assert rank(Candidate(1, "", "", "fr:portail fr:site")).coverage == 1

    def test_beside_the_word_itself_others_that_mean_the_same_do_not_rank(self):
        slots = (Slot("portail", ("fr:portail",), 5, 2.0, alike=("fr:site",)),)
        rank = Ranker(slots, "fr:portail").score
        title, body = "fr:a fr:site", "fr:portail fr:b"
        beside = rank(Candidate(1, title, "", body))
        assert beside.value == rank(Candidate(1, "fr:a fr:c", "", body)).value
        assert rank(Candidate(1, title, "", "fr:b")).title > beside.title == 0

    def test_an_expression_is_there_where_its_words_stand_side_by_side(self):
        words = [
            Slot(word, (f"fr:{word}",), 5, 2.0, information=2.0) for word in ("profil", "wifi")
        ]
        said = Slot("profil wifi", (), 5, 2.0, (), 2.0, 1.0, ("fr:reseau",), (), words_of(words))
        rank = Ranker((*words, said), "fr:profil fr:wifi").score
        near, apart, meant = (
            rank(Candidate(1, "", "", body))
            for body in ("fr:profil fr:wifi", "fr:profil fr:a fr:wifi", "fr:reseau")
        )
        assert near.coverage == 1
        assert apart.coverage == pytest.approx(2 / 3)
        assert meant.coverage == pytest.approx(ALIKE)
        assert rank(Candidate(1, "fr:profil fr:wifi", "", "fr:x")).title == pytest.approx(1.0)

    def test_what_an_expression_means_covers_its_words_and_is_no_further_evidence(self):
        number = Slot("7", (), 0, 2.0, information=6.0)
        system = Slot("ios", ("fr:ios",), 5, 2.0, information=2.0)
        said = Slot("ios 7", (), 5, 2.0, (), 2.0, 1.0, ("fr:version",), (), ("fr:ios", "fr:7"))
        rank = Ranker((system, number, said), "fr:ios fr:7").score
        of_versions, of_others = (
            rank(Candidate(1, "", "", f"fr:ios fr:{word}")) for word in ("version", "profil")
        )
        assert of_versions.coverage == pytest.approx((1 + ALIKE + ALIKE) / 3)
        assert of_others.coverage == pytest.approx(1 / 3)
        assert of_versions.evidence == of_others.evidence == 2.0  # of 7 it says nothing

    def test_an_expression_is_no_evidence_beside_its_words(self):
        words = [Slot(one, (f"fr:{one}",), 5, 2.0, information=2.0) for one in ("pare", "feu")]
        said = Slot("pare feu", (), 5, 2.0, (), 6.0, 1.0, ("fr:proxy",), (), words_of(words))
        rank = Ranker((*words, said), "fr:pare fr:feu").score
        both, one, meant = (
            rank(Candidate(1, "", "", body)).evidence
            for body in ("fr:pare fr:feu", "fr:pare fr:a", "fr:proxy")
        )
        assert (both, one) == (4.0, 2.0)
        assert meant == pytest.approx(ALIKE * 4.0)

    def test_the_rarest_word_that_is_there_and_says_something(self):
        slots = [
            Slot(word, (f"fr:{word}",), count, 2.0, information=said)
            for word, count, said in (("profil", 9, 2.0), ("wifi", 4, 2.0), ("urgent", 1, 0.0))
        ]
        rank = Ranker(slots, "").score
        assert [
            rank(Candidate(1, "", "", body)).rarest
            for body in ("fr:profil", "fr:profil fr:wifi", "fr:profil fr:urgent", "fr:a")
        ] == [9, 4, 9, 0]

    def test_one_word_may_mean_the_same_as_several_of_the_query(self):
        slots = [Slot(word, (), 1, 2.0, alike=("fr:caracter",)) for word in ("diese", "arobase")]
        slots = [replace(slot, information=2.0) for slot in slots]
        both = Ranker(slots, "").score(Candidate(1, "", "", "fr:caracter"))
        assert both.evidence == pytest.approx(ALIKE * 2.0)  # one word in the text speaks once
        other = Ranker([slots[0], Slot("x", (), 1, 2.0)], "")
        assert both.coverage > other.score(Candidate(1, "", "", "fr:caracter")).coverage

    def test_nothing_in_common_is_nothing(self):
        assert self.score(title="fr:autre").value == 0

    @given(st.integers(0, 10**6), st.integers(0, 10**6))
    def test_rarer_words_weigh_more(self, count, total):
        assert rarity(count, total) >= rarity(count + 1, total) > 0
