"""What each part of a score is for: of two entries, which answers the query better."""

from __future__ import annotations

import pytest

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
