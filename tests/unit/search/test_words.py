"""Words as the search takes them from a text: folded, in parts, stemmed."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.search.index.document import (
    addresses_in,
    target_words,
)
from troubleshooting.search.words.folding import fold, joined_names, name_parts, spans, words
from troubleshooting.search.words.misread import intended
from troubleshooting.search.words.stemming import analyser
from troubleshooting.search.words.vocabulary import Vocabulary


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
            ("DépannageÀDistance", ["depannage", "distance"]),
            ("MAJ_DÉMARRÉE", ["maj", "demarree"]),
            ("ПоискОшибки", ["поиск", "ошибки"]),
            ("portal", []),
            ("0x80070005", []),
            ("redémarrage", []),
            ("rede\u0301marrage", []),
            ("regénérer", []),
            ("RÉINITIALISÉ", []),
            ("Straßenbahn", []),
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


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("issued by Sc_Online_Issuing", ["sconlineissuing"]),
        ("run Get-AdfsEndpoint, then WS-Trust", ["getadfsendpoint", "wstrust"]),
        ("dmp_downloader.log", ["dmpdownloader"]),
        ("peut-être un bien-fondé", []),  # no names
        ("since 2026-03-01", []),
        ("DeviceCapReached", []),  # it is so already
    ],
)
def test_names_in_parts_are_words_without_what_parts_them(text, joined):
    assert joined_names(text) == joined


@pytest.mark.parametrize("language", ["fr", "en"])
def test_words_of_every_subject_and_greetings_name_no_problem(language):
    made = analyser(language)
    vague = {"fr": ["ecran", "deux", "bonjour"], "en": ["screen", "two", "hello"]}[language]
    assert all(map(made.is_vague, vague))
    assert not made.is_vague("proxy")


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


@pytest.mark.parametrize(
    ("language", "word", "root"),
    [
        ("fr", "redemarrage", "redemarr"),
        ("fr", "redemarrer", "redemarr"),
        ("fr", "disparition", "dispar"),
        ("fr", "disparu", "dispar"),
        ("en", "installation", "inst"),
        ("fr", "image", "imag"),  # four letters tell
        ("fr", "page", ""),  # three are shared by chance
        ("fr", "cle", ""),
    ],
)
def test_what_words_derived_from_the_same_share(language, word, root):
    assert analyser(language).root(word) == root


class TestForms:
    @pytest.mark.parametrize(
        ("language", "word", "other", "same"),
        [
            ("fr", "postes", "poste", True),
            ("fr", "locaux", "local", True),
            ("fr", "installee", "installes", True),
            ("fr", "bonne", "bons", True),
            ("fr", "active", "actifs", True),
            ("fr", "cheminee", "chemin", False),
            ("fr", "attention", "attente", False),
            ("fr", "comptant", "compte", False),
            ("fr", "base", "bas", False),
            ("en", "policies", "policy", True),
            ("en", "boxes", "box", True),
            ("en", "times", "time", True),
            ("en", "savings", "save", False),
        ],
    )
    def test_forms_of_one_word_differ_in_number_and_gender(self, language, word, other, same):
        assert analyser(language).is_form(word, other) is same

    def test_where_no_numbers_are_known_all_of_a_stem_are_forms(self):
        assert analyser("xx").is_form("one", "other")


class TestVocabulary:
    @pytest.fixture
    def known(self):
        vocabulary = Vocabulary()
        vocabulary._add([("fr", "mise"), ("fr", "indisponible"), ("fr", "temporairement")])
        return vocabulary

    @pytest.mark.parametrize(
        ("word", "near"),
        [("mies", ["mise"]), ("jou", []), ("indisponibel", ["indisponible"]), ("x1y2z3", [])],
    )
    def test_nearest_words(self, known, word, near):
        assert known.nearest("fr", word) == ([near] if near else [])

    @pytest.mark.parametrize(
        ("listed", "word", "near"),
        [
            (["abcd"], "abce", ["abcd"]),
            (["abc"], "abd", []),  # a word of three letters has too many neighbours
            (["abcd"], "abce1", []),  # nor is a short name with a digit in it a slip
            (["gatewayx12error"], "gatwayx12error", ["gatewayx12error"]),  # a long one may be
            (["gatewayx12error"], "gatwayx13error", []),  # but for its figures
            (["0xdeadbeefc1"], "0xdeadbeefa1", []),  # a number is another number
            (["abcdefg"], "abcdexy", []),  # two slips only in eight letters
            (["abcdefgh"], "abcdefxy", ["abcdefgh"]),
            (["abcdefgh", "abcdefgx"], "abcdefgy", ["abcdefgh", "abcdefgx"]),
            (["abcdefxx", "abcdefgx"], "abcdefgy", ["abcdefgx"]),  # the nearest alone
            (["zbcd", "abcx"], "abcd", ["abcx", "zbcd"]),  # the first letter is rarely wrong
            (["abcdefgh"], "abcdef", []),
            (["abcdefghij"], "abcdefgh", ["abcdefghij"]),  # letters that are missing, or too many
            (["abcdefgh"], "abcdefghij", ["abcdefgh"]),
            ([f"abcdefg{last}" for last in "bcdefghijklmn"], "abcdefga",
             [f"abcdefg{last}" for last in "bcdefghijklm"]),
        ],
    )  # fmt: skip
    def test_the_nearest_words_are_few_and_near(self, listed, word, near):
        vocabulary = Vocabulary()
        vocabulary._add([("xx", one) for one in listed])
        assert vocabulary.nearest("xx", word)[:1] == ([near] if near else [])

    @pytest.mark.parametrize(
        ("listed", "word", "extended"),
        [
            (
                ["abcdef", "abcde", "abcdefgh", "abcdefg"],
                "abcd",
                ["abcde", "abcdef", "abcdefg", "abcdefgh"],
            ),
            (["abcz", "abcy"], "abc", []),  # three letters may begin anything
            (["ab1cd"], "ab1c", []),
            (["xabcd"], "abcd", []),
        ],
    )
    def test_an_abbreviation_has_the_shortest_words_that_it_begins(self, listed, word, extended):
        vocabulary = Vocabulary()
        vocabulary._add([("xx", one) for one in listed])
        assert vocabulary.extended("xx", word) == extended

    @pytest.mark.parametrize(
        ("word", "meant"),
        [
            ("termina1", ["terminal"]),
            ("Regi5tration", ["registration"]),
            ("0rganisation", ["organisation"]),
            ("m0dem", ["modem", "modern"]),  # either may have been meant
            ("te1eph0ne", ["telephone"]),
            ("c1oc1<", []),
            ("ternp0raire", ["temporaire"]),  # r and n for m
            ("vvind0ws", ["windows"]),  # v and v for w
            ("c1ock", ["clock"]),
            ("registration", []),  # no digit: it may be a word that no text holds
            ("1603e", []),  # a number with a letter
            ("a10", []),  # too short to be told from others
            ("office365", []),  # a digit that looks like no letter
            ("0" * 5 + "1" * 20 + "a" * 30, []),
        ],
    )
    def test_a_word_with_digits_is_a_misreading_of_one_that_looks_alike(self, word, meant):
        vocabulary = Vocabulary()
        listed = ("clock", "modem", "modern", "organisation", "registration", "telephone")
        for one in (*listed, "temporaire", "terminal", "windows"):
            vocabulary._add([("xx", one)])
        assert vocabulary.misread("xx", fold(word)) == meant

    @given(st.text(alphabet="abilmn01589", max_size=40))
    def test_what_may_be_meant_has_no_digit_and_is_bounded(self, word):
        found = intended(word)
        assert len(found) <= 256
        assert all(one.isalpha() for one in found)

    def test_words_are_known_however_many_are_read_at_once(self):
        few, many = Vocabulary(), Vocabulary()
        listed = [("xx", f"w{'abcdefghij'[n % 10]}{n}") for n in range(1001)]
        many._add(listed)
        for one in listed:
            few._add([one])
        assert few.completions("xx", "wb", 200) == many.completions("xx", "wb", 200) != []
        assert many.unknown("xx", ["wa0", "wz"]) == few.unknown("xx", ["wa0", "wz"]) == ["wz"]
        assert many.lists("xx", "wa0")

    def test_completions(self, known):
        assert known.completions("fr", "tempo", 5) == [analyser("fr").term("temporairement")]
        assert known.completions("xx", "tempo", 5) == []
