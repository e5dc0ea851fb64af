"""Which of the candidates answer a query, by their title alone."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from troubleshooting.search.fulltext.candidates import EntryRow, rerank
from troubleshooting.search.reading.plan import QueryPlan, Slot
from troubleshooting.search.words.folding import words
from troubleshooting.search.words.stemming import analyser

terms = analyser("fr").terms


def is_answered(word: str, title: str, is_typed: bool) -> bool:
    """Return whether a text called ``title`` answers a query of this word and an article."""
    slot = Slot(word, tuple(terms([word])), 9, 1.0, (), 2.0, is_typed=is_typed)
    plan = QueryPlan("fr", (slot,), slot.terms[0], f"un {word}", 1.0, 2.0)
    row = EntryRow(1, 1, 1, 0, "fr", title, " ".join(terms(words(title))), "", "fr:rien", "")
    context = SimpleNamespace(
        language="fr", scope=SimpleNamespace(visible={1: SimpleNamespace(values={"platform": []})})
    )
    return rerank(context, [plan], [row], {1})[0].is_answer


@pytest.mark.parametrize(("is_typed", "answers"), [(True, True), (False, False)])
def test_a_title_that_merely_shares_a_stem_is_not_nearly_the_query(is_typed: bool, answers: bool):
    assert terms(["restaurant"]) == terms(["restauration"])
    assert is_answered("restaurant", "Restauration", is_typed) is answers
