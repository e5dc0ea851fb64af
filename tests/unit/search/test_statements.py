"""The parts of the search that need no database."""

from __future__ import annotations

import sqlite3
import unicodedata
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.search.engines.contract import Match, is_one_of
from troubleshooting.search.engines.sqlite import expression
from troubleshooting.search.engines.statements import CommonTable, Question, ask, together
from troubleshooting.search.facets.declared import ALL_PLATFORMS, NAMES
from troubleshooting.search.facets.scope import Combinations, FacetSet, Scope
from troubleshooting.search.fulltext.snippets import best_snippet, highlight
from troubleshooting.search.index.document import (
    IndexDocument,
    addresses_in,
    analyse,
    code_rows,
    message_row,
    symbol_tails,
    target_words,
)
from troubleshooting.search.pasted.mentions import Lines, best_place, grams, names, text_words
from troubleshooting.search.reading.query import clean, parse
from troubleshooting.search.words.folding import fold, name_parts, spans, words
from troubleshooting.search.words.stemming import analyser
from troubleshooting.texts.codes import parse_code


class TestWords:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("L’ordinateur n'a pas", ["ordinateur", "a", "pas"]),
            ("Portail d’entreprise", ["portail", "entreprise"]),
            ("aujourd’hui", ["aujourdhui"]),
            ("hasn't hasnʼt", ["hasnt", "hasnt"]),
            ("Échec de l’ŒUVRE", ["echec", "de", "oeuvre"]),
            ("e\u0301cole dis\u00adpositif \u200babc", ["ecole", "dispositif", "abc"]),
            ("DMP_downloader.log", ["dmp_downloader", "log"]),
            ("0x8007064C, -1009", ["0x8007064c", "1009"]),
            ("Straße", ["strasse"]),
            ("😀 ½ … _", ["12"]),
        ],
    )
    def test_words(self, text, expected):
        assert words(text) == expected

    @given(st.text())
    def test_spans_are_the_same_words_in_their_places(self, text):
        found = list(spans(text))
        assert [word.folded for word in found] == words(text)
        assert all(0 <= word.start < word.end <= len(text) for word in found)
        assert all(one.end <= two.start for one, two in pairwise(found))

    @given(st.text())
    def test_folding_again_changes_nothing(self, text):
        assert fold(fold(text)) == fold(text)

    @given(st.text(alphabet="abcdeéèàçôœ’' "))
    def test_the_form_of_accents_does_not_matter(self, text):
        assert words(unicodedata.normalize("NFD", text)) == words(
            unicodedata.normalize("NFC", text)
        )


class TestNames:
    @pytest.mark.parametrize(
        ("name", "parts"),
        [
            ("SupportMultipleDomain", ["support", "multiple", "domain"]),
            ("APNSCertificateNotValid", ["apns", "certificate", "not", "valid"]),
            ("TLS1_ALERT_UNKNOWN_CA", ["tls", "alert", "unknown"]),
            ("CCM_Scheduler_ScheduledMessage", ["ccm", "scheduler", "scheduled", "message"]),
            ("KB2607496", []),
            ("portal", []),
            ("0x80070005", []),
        ],
    )
    def test_parts_of_a_name(self, name, parts):
        assert name_parts(name) == parts

    def test_words_and_numbers_of_what_a_link_leads_to(self):
        address = "https://support.example.com/en-us/help/4039809/no-profile_found#top"
        assert target_words([address]) == [
            "help", "4039809", "kb4039809", "profile", "found",
        ]  # fmt: skip
        assert addresses_in(f"[a]({address}) <{address}>") == [address]


class TestStemming:
    @pytest.mark.parametrize(
        ("language", "one", "other"),
        [
            ("fr", "appareils", "appareil"),
            ("fr", "contenus", "contenu"),
            ("fr", "installee", "installer"),
            ("en", "devices", "device"),
            ("en", "enrolled", "enroll"),
            ("de", "geraten", "gerat"),
        ],
    )
    def test_forms_of_a_word_are_one_term(self, language, one, other):
        assert analyser(language).term(one) == analyser(language).term(other)

    def test_terms_of_languages_are_apart_and_stop_words_go(self):
        assert analyser("fr").terms(["le", "portail", "s"]) == ["fr:portail"]
        assert analyser("en").terms(["the", "portal"]) == ["en:portal"]

    def test_a_language_that_snowball_does_not_know_keeps_its_words(self):
        assert analyser("xx").terms(["anything", "goes"]) == ["xx:anything", "xx:goes"]

    def test_codes_are_not_stemmed(self):
        assert analyser("en").term("error_installs") == "en:error_installs"


class TestQuery:
    @pytest.mark.parametrize(
        ("text", "kind", "codes"),
        [
            ("", "empty", []),
            ("   ", "empty", []),
            ("0x8007064c", "code", ["0x8007064c"]),
            ("1612", "code", ["1612"]),
            ("1612 1603", "code", ["1612", "1603"]),
            ("iOS 12", "message", []),
            ("Notification Service (APNs)", "message", []),
            ("MdmAuthorityNot", "code", ["MdmAuthorityNot"]),
            ("erreur MdmAuthorityNot", "message", ["MdmAuthorityNot"]),
            ("mail 0x80072ee7", "message", ["0x80072ee7"]),
            ("0x\u202a80070032\u202c", "code", ["0x80070032"]),
            ("a\nb", "log", []),
            ("x" * 501, "log", []),
        ],
    )
    def test_kinds(self, text, kind, codes):
        query = parse(text)
        assert query.kind == kind
        assert [code.spelling for code in query.codes] == codes

    def test_a_code_is_no_word(self):
        query = parse("erreur 0x8007064C du client")
        assert [word.folded for word in query.words] == ["erreur", "du", "client"]

    @given(st.text(alphabet=st.characters(codec=None)))
    def test_cleaning_keeps_places(self, text):
        cleaned = clean(text)
        assert len(cleaned) == len(text)
        cleaned.encode()

    def test_a_long_text_is_cut(self):
        query = parse("mot\n" * 100_000)
        assert query.cut
        assert len(query.text) == 200_000


class TestDocument:
    def test_codes_are_indexed_by_value_key_and_ends(self):
        rows = list(code_rows([parse_code("0x8007064c"), parse_code("DeviceCapReached")]))
        assert [(row.key, row.value, row.low_word, row.whole) for row in rows] == [
            ("0x8007064c", 0x8007064C, 0x064C, True),
            ("devicecapreached", None, None, True),
            ("capreached", None, None, False),
            ("reached", None, None, False),
        ]

    def test_the_ends_of_symbols(self):
        assert symbol_tails("MENROLL_E_DEVICE") == ["edevice", "device"]
        assert symbol_tails("APNSCertificateNotValid") == [
            "certificatenotvalid",
            "notvalid",
            "valid",
        ]

    def test_a_message_is_found_by_any_part(self):
        row = message_row("un deux trois quatre cinq six")
        held = set(grams(text_words("x un deux trois quatre y")))
        assert held & set(row.grams)
        assert set(grams(text_words("trois quatre cinq six"))) & set(row.grams)

    def test_what_has_no_words_is_no_message(self):
        assert message_row("…") is None

    def test_an_empty_document(self):
        made = analyse(IndexDocument(1, 1, "fr", ""))
        assert (made.title_terms, made.key_terms, made.body_terms) == ("", "", "")


class TestLog:
    def test_lines(self):
        lines = Lines("a\nbc\n\nd")
        assert [lines.of(place) for place in (0, 1, 2, 4, 5, 6)] == [1, 1, 2, 2, 3, 4]

    def test_names(self):
        assert names("ERROR_X DeviceCapReached word CONTOSO\\Jean iPhone") == [
            "ERROR_X",
            "DeviceCapReached",
        ]

    @pytest.mark.parametrize(
        ("text", "share"),
        [
            ("le profil n’a pas pu être installé", 1.0),
            ("2026 : le profil « X » n’a pas pu être installé !", 1.0),
            ("le profil n’a pas pu vraiment installé", None),
            ("pas installé le profil", None),
        ],
    )
    def test_where_a_message_stands(self, text, share):
        message = words("le profil n’a pas pu être installé")
        listed = text_words(text)
        starts = [place for place, word in enumerate(listed) if word.folded == "profil"]
        place = best_place(listed, message, starts)
        if share is None:
            assert place is None or place[2] < 1
        else:
            assert place[2] == share
            assert text[place[0] : place[1]].startswith("le profil")


class TestSnippet:
    def test_the_accented_original_is_marked_and_escaped(self):
        html = highlight("Échec <b> d’installation", "fr", {"fr:echec", "fr:install"})
        assert html == "<mark>Échec</mark> &lt;b&gt; d’<mark>installation</mark>"

    def test_sentinels_in_a_text_are_no_markup(self):
        assert highlight("a\x02b\x03c", "fr", {"fr:b"}) == "a <mark>b</mark> c"

    def test_the_passage_with_most_of_the_query_is_chosen(self):
        passages = [("p", "problem", "autre chose"), ("s2", "resolution", "le portail. " * 9)]
        snippet = best_snippet(passages, "fr", {"fr:portail": 1.0})
        assert (snippet.anchor, snippet.section, snippet.weight) == ("s2", "resolution", 1.0)

    def test_of_equal_passages_the_shorter_one(self):
        passages = [("whole", "resolution", "a b portail c d"), ("step", "resolution", "portail")]
        assert best_snippet(passages, "fr", {"fr:portail": 1.0}).anchor == "step"

    def test_without_a_match_the_beginning(self):
        snippet = best_snippet([("p", "problem", "mot " * 200)], "fr", {})
        assert snippet.html.endswith(" …")
        assert len(snippet.html) < 300

    def test_only_whole_words_are_marked(self):
        html = highlight("l’app de l’appareil, rapp aujourd’hui « app »", "fr", {"fr:app"})
        assert html == "l’<mark>app</mark> de l’appareil, rapp aujourd’hui « <mark>app</mark> »"

    @given(st.text(), st.sets(st.text(min_size=1, max_size=4), max_size=3))
    def test_nothing_but_our_tags(self, text, terms):
        html = best_snippet([("", "problem", text)], "fr", {f"fr:{t}": 1.0 for t in terms}).html
        bare = html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare


class TestFacets:
    def scope(self, statuses=("published",), **chosen):
        kinds = [
            (1, ["ios"], "problem"), (2, ["android"], "error"), (3, [ALL_PLATFORMS], "error"),
        ]  # fmt: skip
        sets = [
            FacetSet(number + 10 * place, {name: frozenset() for name in NAMES} | {
                "platform": frozenset(platforms), "kind": frozenset([kind]),
                "language": frozenset(["fr"]), "status": frozenset([status]),
            })
            for place, status in enumerate(statuses)
            for number, platforms, kind in kinds
        ]  # fmt: skip
        return Scope(Combinations(sets), chosen)

    def test_the_status_is_offered_to_those_who_see_more_than_one(self):
        scope = self.scope(statuses=("published", "draft"))
        facets = scope.facets({1: 5, 11: 2})
        assert {v.value: v.count for v in facets["status"]} == {"published": 5, "draft": 2}

    def test_articles_for_all_platforms_show_for_each(self):
        assert self.scope(platform=["ios"]).wanted == {1, 3}
        assert self.scope(platform=["ios"], kind=["error"]).wanted == {3}
        assert self.scope(platform=[ALL_PLATFORMS]).wanted == {3}

    def test_counts(self):
        scope = self.scope()
        counts = {1: 5, 2: 7, 3: 1, 99: 1000}
        assert scope.total(counts) == 13
        shown = {value.value: value.count for value in scope.facets(counts)["platform"]}
        assert shown == {"android": 8, "ios": 6, "all": 1}
        assert "status" not in scope.facets(counts)

    def test_a_choice_narrows_the_other_facets_but_not_its_own(self):
        facets = self.scope(platform=["ios"]).facets({1: 5, 2: 7, 3: 1})
        assert {v.value: (v.count, v.selected) for v in facets["platform"]} == {
            "android": (8, False), "ios": (6, True), "all": (1, False),
        }  # fmt: skip
        assert {v.value: v.count for v in facets["kind"]} == {"problem": 5, "error": 1}


class Number(NamedTuple):
    n: int


class Name(NamedTuple):
    name: str


class NumberAndName(NamedTuple):
    n: int
    name: str


class TextFirst(NamedTuple):
    name: str
    n: int


def numbers():
    return Question(Number, ("t.n",), "FROM t ORDER BY t.n LIMIT 2")


def names_above(number):
    return Question(Name, ("t.name",), "FROM t WHERE t.n > %s", (number,))


class TestAsking:
    @pytest.fixture
    def execute(self):
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE t (n, name)")
        connection.executemany("INSERT INTO t VALUES (?, ?)", [(1, "a"), (2, "b"), (3, "c")])
        self.asked = []

        def run(sql, parameters):
            self.asked.append(sql)
            return connection.execute(sql.replace("%s", "?"), parameters).fetchall()

        return run

    def test_questions_of_different_shape_take_one_statement(self, execute):
        one, other = numbers(), names_above(1)
        ask(execute, [one, other])
        assert (one.rows, other.rows) == ([Number(1), Number(2)], [Name("b"), Name("c")])
        assert len(self.asked) == 1

    def test_a_question_alone_is_asked_as_it_stands(self, execute):
        alone = names_above(2)
        ask(execute, [alone])
        assert alone.rows == [Name("c")]
        assert self.asked == ["SELECT t.name FROM t WHERE t.n > %s"]

    def test_nothing_is_asked_for_no_question(self, execute):
        ask(execute, [])
        assert self.asked == []

    def test_numbers_stand_before_texts(self):
        with pytest.raises(TypeError, match="TextFirst"):
            ask(lambda sql, parameters: [], [Question(TextFirst, ("t.name", "t.n"), "FROM t")])

    def test_a_common_table_is_made_once_for_all(self, execute):
        high = CommonTable("high", "SELECT n FROM t WHERE n > %s", (1,))
        one = Question(Number, ("COUNT(*)",), f"FROM {high.name}", common=(high,))
        source = f"FROM t WHERE {high.size} > 1 AND t.n IN (SELECT n FROM {high.name})"
        other = Question(NumberAndName, ("t.n", "t.name"), source)
        ask(execute, [one, other])
        assert (one.rows, other.rows) == ([(2,)], [(2, "b"), (3, "c")])
        assert self.asked[0].count("n > %s") == 1

    def test_steps_side_by_side_share_their_rounds(self, execute):
        def twice():
            first, second = numbers(), names_above(1)
            yield [first]
            yield [second]
            return len(first.rows) + len(second.rows)

        def once():
            one, other = numbers(), names_above(1)
            yield [one, other]
            return [*one.rows, *other.rows]

        def never():
            return "nothing"
            yield

        found = together(execute, twice(), once(), never())
        assert found == (4, [(1,), (2,), ("b",), ("c",)], "nothing")
        assert len(self.asked) == 2


class TestSetsOfCombinations:
    @given(st.frozensets(st.integers(1, 30)), st.integers(-2, 33))
    def test_by_members_and_by_gaps_alike(self, numbers, asked):
        rows = sqlite3.connect(":memory:").execute(
            f"SELECT {asked} WHERE {is_one_of(str(asked), numbers)}"
        )
        assert bool(rows.fetchall()) == (asked in numbers)

    def test_few_gaps_in_many_are_what_is_written(self):
        few = frozenset(range(1, 5000)) - {7, 4000}
        assert is_one_of("x", few) == "(x BETWEEN 1 AND 4999 AND x NOT IN (7, 4000))"
        assert is_one_of("x", frozenset([3, 900])) == "x IN (3, 900)"


class TestExpressions:
    def test_everything_is_quoted(self):
        match = Match(((("fr:a", 'x"y'), ("c:0x1",)),), head=True)
        assert expression(match) == (
            '{title_terms key_terms} : ((("fr:a" OR "x""y") AND ("c:0x1")))'
        )
