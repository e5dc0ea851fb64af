"""No word that a reader may see is answered by nothing, in whatever form it is typed."""

from __future__ import annotations

import pytest

from tests.search.conftest import ask
from troubleshooting.models import ArticleTranslation
from troubleshooting.search import SearchResult
from troubleshooting.search.words.folding import fold, folded_word, raw_words
from troubleshooting.search.words.stemming import analyser
from troubleshooting.texts.structure import structure_article

pytestmark = pytest.mark.django_db


def _words(language: str) -> list[str]:
    """Words as the texts of the language show them, each once; none that is a stop word alone."""
    texts = ArticleTranslation.objects.filter(language=language)
    plain = (structure_article(text.texts(), language).plain for text in texts)
    shown = " ".join(part for parts in plain for part in parts.values())
    is_stop = analyser(language).is_stop
    unique = {folded_word(raw): raw for raw in raw_words(shown)}
    return [raw for folded, raw in sorted(unique.items()) if folded and not is_stop(folded)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_word_of_the_fixtures_is_found(shipped, language):
    """As it is written, and without capitals and accents."""
    words = _words(language)
    assert len(words) > 500
    typed = dict.fromkeys(form for word in words for form in (word, fold(word)))
    nothing = [form for form in typed if not _answers(ask(form, language))]
    assert nothing == []


def _answers(result: SearchResult) -> bool:
    return bool(result.hits or result.guesses)
