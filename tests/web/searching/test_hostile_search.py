"""Queries that nobody should type: each gets a page, and none costs much.

Four thousand stand here; over HTTP ``scripts.trials.load`` asks as many as it is told to.
"""

import time
from functools import cache
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import translation
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from tests.growth.measure import MOST, Shape, growth, pieces
from tests.web.html import Page
from troubleshooting.search.reading.query import MAX_TEXT
from troubleshooting.views.searching.results import SearchView

#: Parts (for as many workers), examples of each, queries of each example.
PARTS, EXAMPLES, BATCH = 2, 50, 40
#: Every query goes through the view; one page in so many is rendered as well.
RENDERED = 8
#: Usual pages that the page of any query may cost.
AS_MANY = 110
#: Times that it is measured before it is said to cost more.
ATTEMPTS = 5

#: What breaks parsers: syntax of full-text engines and SQL, signs that cannot be seen, numbers.
TOKENS = [
    '"', "'", "*", "(", ")", "NEAR(", "NEAR/3", "AND", "OR", "NOT", "^", "~", ":", "-", "+", "%",
    "_", "\\", ";--", "' OR 1=1 --", "{{ x }}", "{% if %}", "<script>", "]]>", "&amp;", "${x}",
    "\0", "\x1b", "\x7f", "\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\ud7ff", "😀",
    "👩‍👩‍👧", "ß", "İ", "ﬁ", "é", "e\u0301", "\u0301" * 40, "’", "«\u00a0»", "שלום", "مرحبا",
    "日本語", "0x", "0x8007064c", "0xFFFFFFFFFFFFFFFFFF", "-2147023284", "−1", "1612", "1e309",
    "²", "٣", "0x80CF", "AADSTS", "5.7.124", "Event", "HTTP",
    "{6985F007-7D3E-EB44-AB68-49B5D7913E95}", "10.0.0.1", "C:\\Windows\\Temp", "plafond", "atteint",
    "limit", "profil", "\n", "\r\n", "\t", "\x0b", "\u2028", "\u0085",
]  # fmt: skip

queries = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(TOKENS), max_size=12).map(" ".join),
    st.lists(st.sampled_from(TOKENS), max_size=12).map("".join),
    st.tuples(st.sampled_from(TOKENS), st.integers(1, 400)).map(lambda pair: pair[0] * pair[1]),
)
parameters = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from(["", "android", "all", "draft", "1", "-1", "99999", "exact:", "\0"])
        for name in ("platform", "kind", "family", "language", "status", "page", "without")
    },
)


def ask(text: str, query: dict[str, str], posted: bool, rendered: bool = True):
    """Return the view's answer."""
    request = RequestFactory().get("/fr/search/", {"q": text, **query})
    if posted:
        address = f"/fr/search/?{urlencode(query)}"
        request = RequestFactory().post(address, {"q": text})
    request.user = AnonymousUser()
    response = SearchView.as_view()(request)
    if rendered and hasattr(response, "render"):
        response.render()
    return response


@cache
def usual() -> float:
    """Return the processor seconds of a usual page: whatever a machine takes, it takes for all."""

    def once() -> float:
        started = time.thread_time()
        ask("plafond atteint", {}, posted=False)
        return time.thread_time() - started

    return min(once() for _ in range(6))


def ask_cheaply(text: str, query: dict[str, str], posted: bool, rendered: bool = True):
    """Return the answer, and fail where it costs too much each time that it is asked for.

    A busy machine makes single times longer, and never all of them.
    """
    most = AS_MANY * usual()
    for _ in range(ATTEMPTS):
        started = time.thread_time()
        response = ask(text, query, posted, rendered)
        if time.thread_time() - started < most:
            return response
    raise AssertionError(f"{text[:80]!r} costs more than {AS_MANY} usual pages")


def check(text: str, query: dict[str, str], posted: bool, rendered: bool) -> None:
    response = ask_cheaply(text, query, posted, rendered)
    assert response.status_code == (303 if response.has_header("Location") else 200)
    if rendered:
        assert b"<script>" not in response.content


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.usefixtures("portal")
def test_any_query_gets_a_page(part):
    @seed(part)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        texts=st.lists(queries, min_size=BATCH, max_size=BATCH),
        query=parameters,
        posted=st.booleans(),
    )
    def get_pages(texts, query, posted):
        with translation.override("fr"):
            for number, text in enumerate(texts):
                check(text, query, posted, rendered=number % RENDERED == 0)

    get_pages()


GIANTS = {
    "a million letters": "a" * 1_000_000,
    "a million digits": "8" * 1_000_000,
    "a megabyte of lines": "0x8007064c failed\n" * 60_000,
    "lines alone": "\n" * 200_000,
    "five thousand words": " ".join(f"mot{number}" for number in range(5_000)),
    "five thousand known words": "plafond atteint " * 2_500,
    "quotes": '"' * 100_000,
    "brackets": "NEAR(" * 40_000,
    "NUL bytes": "\0" * 300_000,
    "invisible": "\u202e\u200b" * 100_000,
    "emoji": "😀" * 100_000,
    "accents": "e" + "\u0301" * 200_000,
    "codes": " ".join(f"0x8007{number:04X}" for number in range(20_000)),
    "names": " ".join(f"DeviceCap{number}Reached" for number in range(10_000)),
}


@pytest.mark.parametrize("text", GIANTS.values(), ids=GIANTS)
@pytest.mark.usefixtures("portal")
def test_very_long_texts(text):
    with translation.override("fr"):
        for posted in (True, False):
            response = ask_cheaply(text, {}, posted)
            assert response.status_code == (303 if posted and not text.strip() else 200)
            # Asked by address, each link to the page in another form holds the text again.
            assert not posted or len(response.content) < 2_000_000
            if response.content:
                Page(response.content.decode())


LOGS: dict[str, Shape] = {
    "lines with a code": pieces(lambda _: "2026-01-01 something failed with 0x8007064c\n"),
    "codes": pieces(lambda n: f"0x8007{n % 0x10000:04X} "),
    "names": pieces(lambda n: f"DeviceCap{n}Reached "),
    "known words": pieces(lambda _: "plafond atteint "),
}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.usefixtures("portal")
def test_the_work_for_a_page_grows_with_the_text_only(name):
    with translation.override("fr"):
        assert (
            growth(
                lambda text: ask(text, {}, posted=True), LOGS[name], MAX_TEXT // 8, MAX_TEXT // 2
            )
            <= MOST
        )
