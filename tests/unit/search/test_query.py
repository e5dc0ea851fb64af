"""What a query is taken for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troubleshooting.search.reading.query import clean, parse


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
            ("x" * 500, "message", []),
            ("1612 1603 1618", "code", ["1612", "1603", "1618"]),
            ("1612 1603 1618 1620", "message", []),  # of more words a number is one of them
            ("erreur 1612 1603", "message", ["1612"]),
            ("1612 2024-01-02", "message", []),  # beside a date a number is none, either
            ("ticket 1612", "message", []),
            ("ticket 80070005", "message", []),  # whatever it might be elsewhere
            ("0x80070005 2024-01-02", "message", ["0x80070005"]),
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
