"""What the index holds of a text."""

from __future__ import annotations

from troubleshooting.search.index.document import (
    GRAM,
    IndexDocument,
    analyse,
    code_rows,
    gram,
    message_row,
    symbol_tails,
)
from troubleshooting.search.pasted.mentions import grams, text_words
from troubleshooting.texts.codes import parse_code


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

    def test_the_parts_of_a_text_have_the_sums_of_those_of_a_message(self):
        folded = ["un", "deux", "deux", "trois", "un", "deux"]
        places = grams(text_words(" ".join(folded)))
        wanted: dict[int, list[int]] = {}
        for size in range(2, GRAM + 1):
            for start in range(len(folded) - size + 1):
                wanted.setdefault(gram(folded[start : start + size]), []).append(start)
        assert list(places.items()) == list(wanted.items())

    def test_what_has_no_words_is_no_message(self):
        assert message_row("…") is None

    def test_an_empty_document(self):
        made = analyse(IndexDocument(1, 1, "fr", ""))
        assert (made.title_terms, made.key_terms, made.body_terms) == ("", "", "")
