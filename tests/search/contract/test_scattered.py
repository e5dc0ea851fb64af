"""Words that merely stand somewhere in many texts are no answer, on every database of the tests."""

from __future__ import annotations

import pytest

from troubleshooting.search.fulltext.answering import PICKED_OUT
from troubleshooting.search.fulltext.matching import FEW, GUESSES, RERANKED
from troubleshooting.search.request import PAGE

from ..conftest import ask, slugs

pytestmark = pytest.mark.django_db

#: Both words asked for, far from each other.
APART = "Videz la corbeille, puis attendez que la machine soit prête et ouvrez l’imprimante."
TOGETHER = "Retirez la corbeille de l’imprimante."
QUERY = "corbeille imprimante"


@pytest.fixture
def scattered(base):
    """So many texts with both words that none has to be looked for by one of them."""
    for number in range(FEW + 1):
        base(f"apart-{number}", ["ios"], {"fr": {"title": f"Refus {number}", "problem": APART}})
    return base


def test_texts_with_the_words_far_apart_are_guesses(scattered):
    result = ask(QUERY)
    assert (result.hits, result.total, result.facets) == ([], 0, {})
    assert len(result.guesses) == GUESSES
    assert all(hit.slug.startswith("apart") for hit in result.guesses)


@pytest.mark.parametrize(
    "text",
    [
        {"title": "Une corbeille", "problem": TOGETHER},
        {"title": "La corbeille d’une imprimante", "problem": "Rien."},
        {"title": "Une panne", "messages": ["Imprimante refusée"], "problem": TOGETHER},
    ],
)
def test_one_that_is_an_answer_makes_hits_of_them(scattered, text):
    scattered("answer", ["ios"], {"fr": text})
    result = ask(QUERY)
    assert slugs(result)[0] == "answer"
    assert (result.total, result.guesses) == (FEW + 2, [])


@pytest.mark.parametrize(
    "text",
    [
        {"title": "Une panne", "problem": TOGETHER},
        {"title": "Une corbeille", "problem": "L’imprimante attend."},
        {"title": "Une panne", "messages": ["Imprimante refusée"], "problem": APART},
    ],
)
def test_two_common_words_are_side_by_side_and_one_of_them_in_the_title(scattered, text):
    scattered("near", ["ios"], {"fr": text})
    assert ask(QUERY).hits == []
    assert slugs(ask(f"{QUERY} attendez prête"))[:1] == (
        [] if text["problem"] != APART else ["near"]
    )


def test_a_title_but_for_one_word_is_an_answer(scattered):
    """It does not hold all the words, so that the texts that do are found before it."""
    title = "Imprimante : ouvrez la machine, attendez la corbeille, videz le tiroir"
    query = "imprimante : ouvrez la machine, attendez la corbeille, videz prête"
    assert ask(query).hits == []
    scattered("named", [], {"fr": {"title": title}})
    assert slugs(ask(query))[0] == "named"


@pytest.mark.parametrize("number", [1, RERANKED])
def test_what_is_an_answer_does_not_depend_on_the_facets_chosen(scattered, number):
    for more in range(number):
        scattered(f"more-{more}", ["ios"], {"fr": {"title": f"Arrêt {more}", "problem": APART}})
    scattered("answer", ["android"], {"fr": {"title": "Une corbeille", "problem": TOGETHER}})
    for value in ask(QUERY).facets["platform"]:
        chosen = ask(QUERY, filters={"platform": [value.value]})
        assert chosen.total == value.count > 0
        assert len(chosen.hits) == min(value.count, PAGE)


def test_versions_of_one_document_are_one_guess(base):
    for number in range(FEW + 1):
        base(f"same-{number}", [], {"fr": {"title": "Refus", "problem": APART}})
    assert [hit.title for hit in ask(QUERY).guesses] == ["Refus"]


@pytest.mark.parametrize(
    ("query", "count", "is_answer"),
    [
        ("bac", PICKED_OUT + 1, True),  # all that was asked
        ("bac gris", PICKED_OUT, True),  # so few texts that the words pick them out
        ("bac machine", PICKED_OUT + 1, False),
        ("bac gris", PICKED_OUT + 1, False),  # side by side, but in no title
    ],
)
def test_few_words_in_no_title_or_message_are_an_answer_where_they_are_rare(
    base, query, count, is_answer
):
    body = "Ouvrez le bac gris, puis attendez la machine."
    for number in range(count):
        base(f"body-{number}", [], {"fr": {"title": f"Refus {number}", "problem": body}})
    result = ask(query)
    assert bool(result.hits) is is_answer
    assert bool(result.guesses) is not is_answer


def test_a_title_with_an_unknown_word_beside_it_is_a_guess(base):
    """What names it is nowhere in the base, and says more than all that the title says."""
    for number in range(4):
        base(f"busy-{number}", [], {"fr": {"title": f"Guichet {number}", "problem": "Occupé."}})
    base("closed", [], {"fr": {"title": "Guichet fermé", "problem": "Le guichet est fermé."}})
    assert slugs(ask("le guichet est fermé"))[:1] == ["closed"]
    result = ask("le dentiste du guichet est fermé")
    assert (result.hits, result.guesses[0].slug) == ([], "closed")
