"""Whatever is typed or pasted: an answer, no exception, and no more work than the caps allow."""

from __future__ import annotations

import json
import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from troubleshooting.access import Reader
from troubleshooting.models import SearchFacets
from troubleshooting.search import suggest

from .conftest import ask

pytestmark = pytest.mark.django_db

PIECES = (
    *(
        "'",
        '"',
        "’",
        "*",
        "^",
        "(",
        ")",
        "{",
        "}",
        ":",
        "-",
        "+",
        "|",
        "&",
        "!",
        "~",
        "\\",
        "/",
        "%",
    ),
    *(
        "_",
        ";",
        "--",
        "\x00",
        "\x02",
        "\x03",
        "\ud800",
        "\u202e",
        "\u200f",
        "\u00ad",
        "\ufeff",
        "😀",
    ),
    *("é", "e\u0301", "ß", "İ", "ﬁ", "AND", "OR", "NOT", "NEAR(", "NEAR(a b, 3)", "title_terms:"),
    *("fr:", "c:", "<->", "<script>", "</mark>", "&amp;", "0x", "0x8007064C", "8007064C", "1612"),
    *("-2147023284", "064c", "0x800706", "ffffffffffffffff", "DeviceCap", "DeviceCapReached"),
    *(
        "ERROR_",
        "_E_",
        "AADSTS",
        "5.7.124",
        "Event ID",
        "HTTP 404",
        "portail",
        "indisponible",
        "l’",
    ),
    *("d'", "\n", "\r\n", "\t", "\u2028", " ", "a" * 70, "9" * 30, "10.0.0.1", "{6985F007-7D3E}"),
)
ANYTHING = st.text(alphabet=st.characters(codec=None), max_size=60) | st.sampled_from(PIECES)
QUERIES = st.lists(ANYTHING, max_size=14).map("".join) | st.lists(
    st.sampled_from(PIECES), max_size=30
).map(" ".join)
MARKUP = re.compile(r"</?mark>|&(?:lt|gt|amp|quot|#x27);")
EXAMPLES = settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@EXAMPLES
@given(text=QUERIES, language=st.sampled_from(["fr", "en", "de", "xx"]))
def test_there_is_an_answer(base, text, language):
    result = ask(text, language)
    json.dumps(result.to_json())
    assert result.total >= len(result.hits)
    for hit in [*result.hits, *result.guesses]:
        assert not re.search("[<>\"']", MARKUP.sub("", hit.snippet))
    for one in result.evidence:
        assert 0 <= one.start < one.end <= len(text)
        assert one.line == text.count("\n", 0, one.start) + 1


@EXAMPLES
@given(text=QUERIES)
def test_there_are_suggestions_or_none(base, text):
    assert len(suggest(SearchFacets.objects.visible_to(Reader.PUBLIC), text, "fr")) <= 8


LARGE = {
    "one word": "a" * 1_000_000,
    "a megabyte of lines": "2026-01-01 something failed with 0x80180014\n" * 23_000,
    "five thousand words": " ".join(f"mot{n}" for n in range(5000)),
    "known words": "portail d’entreprise temporairement indisponible " * 4000,
    "codes": "".join(f"0x8018{n:04X} " for n in range(15_000)),
    "names": "".join(f"NameNumber{n}Thing " for n in range(10_000)),
    "brackets": "[" * 200_000,
    "apostrophes": "l'" * 100_000,
    "digits": "1" * 200_000,
    "underscores": "A_" * 100_000,
    "accents": "e\u0301" * 100_000,
    "lines": "\n" * 200_000 + "x",
}


@pytest.mark.parametrize("name", LARGE)
def test_large_texts_are_answered_in_a_second(base, name):
    ask("warm up\nonce")
    started = time.process_time()
    ask(LARGE[name])
    assert time.process_time() - started < 1.0
