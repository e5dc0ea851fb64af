"""Whatever is typed or pasted: an answer, no exception, and no more work than the caps allow."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.growth.measure import MOST, Shape, growth, pieces, times
from troubleshooting.access import Reader
from troubleshooting.models import SearchFacets
from troubleshooting.search import suggest
from troubleshooting.search.reading.query import MAX_TEXT

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


#: Short queries that a text of any length may cost.
AS_MANY = 190
LARGE: dict[str, Shape] = {
    "one word": pieces(lambda _: "a" * 1000),
    "lines": pieces(lambda _: "2026-01-01 something failed with 0x80180014\n"),
    "many words": pieces(lambda n: f"mot{n} "),
    "known words": pieces(lambda _: "portail d’entreprise temporairement indisponible "),
    "codes": pieces(lambda n: f"0x8018{n % 0x10000:04X} "),
    "names": pieces(lambda n: f"NameNumber{n}Thing "),
    "brackets": pieces(lambda _: "[" * 1000),
    "apostrophes": pieces(lambda _: "l'" * 500),
    "digits": pieces(lambda _: "1" * 1000),
    "underscores": pieces(lambda _: "A_" * 500),
    "accents": pieces(lambda _: "e\u0301" * 500),
    "empty lines": lambda size: "\n" * size + "x",
}


@pytest.mark.parametrize("name", LARGE)
def test_the_work_grows_with_the_text_only(base, name):
    """Measured below the length at which texts are cut: above, any work would seem to."""
    assert growth(ask, LARGE[name], MAX_TEXT // 8, MAX_TEXT // 2) <= MOST


@pytest.mark.sqlite  # what is read of a text, and asked for, is the same on both
@pytest.mark.parametrize("name", LARGE)
def test_the_longest_text_takes_no_more_than_some_hundred_short_ones(base, name):
    text = LARGE[name](1_000_000)
    assert times(lambda: ask(text), lambda: ask("portail indisponible")) < AS_MANY
