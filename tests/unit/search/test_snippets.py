"""The passage that a hit shows."""

from __future__ import annotations

import os
import subprocess
import sys
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.infra.project import ROOT
from troubleshooting.search.fulltext.snippets import QueryMarker

#: Which of two passages is quoted that hold the same words in another order.
QUOTED = """
from troubleshooting.search.fulltext.snippets import QueryMarker
words = [f"kb{n}" for n in range(12)]
passages = [(str(n), "problem", " ".join(words[n:] + words[:n])) for n in range(12)]
weights = {f"fr:{word}": 1.1**n for n, word in enumerate(words)}
found = QueryMarker("fr", weights).best_passage(passages)
print(found.anchor, repr(found.weight))
"""


def highlighted(text: str, terms: set[str]) -> str:
    """Return all of ``text`` with its marks: thrice its length reaches both of its ends."""
    marked = QueryMarker("fr", dict.fromkeys(terms, 1.0)).look(("", "", text))
    return marked.cut(3 * len(text))


class TestSnippet:
    def test_the_accented_original_is_marked_and_escaped(self):
        html = highlighted("Échec <b> d’installation", {"fr:echec", "fr:install"})
        assert html == "<mark>Échec</mark> &lt;b&gt; d’<mark>installation</mark>"

    def test_sentinels_in_a_text_are_no_markup(self):
        assert highlighted("a\x02b\x03c", {"fr:b"}) == "a <mark>b</mark> c"

    def test_the_passage_with_most_of_the_query_is_chosen(self):
        passages = [("p", "problem", "autre chose"), ("s2", "resolution", "le portail. " * 9)]
        snippet = QueryMarker("fr", {"fr:portail": 1.0}).best_passage(passages)
        assert (snippet.anchor, snippet.section, snippet.weight) == ("s2", "resolution", 1.0)

    @pytest.mark.parametrize("weight", [0.01, 1.0, 30.0])
    def test_a_word_far_down_is_quoted_however_little_it_weighs(self, weight):
        passages = [("p", "problem", "mot " * 200 + "portail")]
        snippet = QueryMarker("fr", {"fr:portail": weight}).best_passage(passages)
        assert snippet.cut().endswith("<mark>portail</mark>")

    def test_what_begins_in_the_middle_begins_with_a_whole_word(self):
        passages = [("p", "problem", "mot " * 200 + "portail")]
        snippet = QueryMarker("fr", {"fr:portail": 1.0}).best_passage(passages)
        assert snippet.cut().startswith("… mot mot ")

    @pytest.mark.parametrize("seed", ["1", "2", "3"])
    def test_of_the_same_words_in_another_order_every_process_quotes_the_first(self, seed):
        seeded = os.environ | {"PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", QUOTED]
        done = subprocess.run(command, cwd=ROOT, env=seeded, check=True, stdout=subprocess.PIPE)
        weight = fsum(1.1**number for number in range(12))
        assert done.stdout.decode().split() == ["0", repr(weight)]

    def test_of_equal_passages_the_shorter_one(self):
        passages = [("whole", "resolution", "a b portail c d"), ("step", "resolution", "portail")]
        assert QueryMarker("fr", {"fr:portail": 1.0}).best_passage(passages).anchor == "step"

    def test_without_a_match_the_beginning(self):
        passages = [("p", "problem", "mot " * 200), ("s1", "resolution", "court")]
        snippet = QueryMarker("fr", {}).best_passage(passages)
        assert snippet.cut().endswith(" …")
        assert len(snippet.cut()) < 300

    def test_only_whole_words_are_marked(self):
        html = highlighted("l’app de l’appareil, rapp aujourd’hui « app »", {"fr:app"})
        assert html == "l’<mark>app</mark> de l’appareil, rapp aujourd’hui « <mark>app</mark> »"

    @given(st.text(), st.sets(st.text(min_size=1, max_size=4), max_size=3))
    def test_nothing_but_our_tags(self, text, terms):
        marker = QueryMarker("fr", {f"fr:{term}": 1.0 for term in terms})
        html = marker.best_passage([("", "problem", text)]).cut()
        bare = html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare
