"""What each part of a score is for: of two entries, which answers the query better."""

from __future__ import annotations

import pytest

from troubleshooting.search.fulltext.ranking import Candidate, Ranker
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
