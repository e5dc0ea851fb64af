"""A hit as HTML, and the addresses of the page around it."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from django.urls import set_script_prefix
from django.utils.safestring import SafeString
from django.utils.translation import override

from tests.web.html import Page
from troubleshooting.models import Platform
from troubleshooting.search.addresses import article_address, document_address
from troubleshooting.search.result import PastedPlace
from troubleshooting.templatetags.hits import hit
from troubleshooting.templatetags.portal import page_of, platform_tags, query_string
from troubleshooting.views.searching.cards import HitCard
from troubleshooting.views.searching.origins import HitOrigin
from troubleshooting.views.styleguide.samples import hit as sample

MARKUP = '"><script>x</script>'


def card(**values) -> HitCard:
    shown = {"place": "", "platforms": [], "status": "", "why": ""} | values
    return HitCard(**({"hit": sample(), "snippet": SafeString("")} | shown))


def page_with(html: str) -> Page:
    return Page(f"<body>{html}</body>")


def test_nothing_that_is_named_in_a_hit_is_markup():
    named = Platform(name=MARKUP, slug="ios")
    origin = HitOrigin(MARKUP, "en", [MARKUP], date(2026, 1, 2))
    titled = sample(title=MARKUP, url=MARKUP, language=MARKUP, found_in=MARKUP)
    other = card(hit=titled, origin=origin, platforms=[named])
    drawn = card(
        hit=titled, place=MARKUP, platforms=[named], status=MARKUP, why=MARKUP, origin=origin,
        alike=[other], matched=MARKUP,
    )  # fmt: skip
    html = hit(drawn, anchor=MARKUP)
    assert "<script" not in html
    assert html.count("&lt;script") > 11
    pasted = replace(titled, places=(PastedPlace(MARKUP, MARKUP, (9, 12)),))
    html = hit(replace(drawn, hit=pasted, matched=""))
    assert ("<script" in html, MARKUP in html) == (False, False)
    assert '<a href="#line-9">&quot;&gt;&lt;script' in html


def test_what_the_search_marked_stays_marked():
    marked = card(snippet=SafeString("a <mark>b</mark>"), matched=SafeString("<mark>c</mark>"))
    html = hit(marked)
    assert "<bdi>a <mark>b</mark></bdi>" in html
    assert "<mark>c</mark></bdi>" in html


def test_what_is_in_another_language_says_so():
    text = {"language": "de", "snippet_language": "de", "found_in": "de"}
    with override("en"):
        page = page_with(hit(card(hit=sample(**text), snippet=SafeString("x")), level=3))
        own = hit(card(hit=sample(language="en", snippet_language="en", found_in="en")))
        only_found = page_with(hit(card(hit=sample(language="en", found_in="fr"))))
        only_shown = page_with(hit(card(hit=sample(language="fr", found_in="en"))))
    assert page.one("h3").get("lang") == "de"
    assert page.one("a", hreflang="de").get("data-article") == "0"
    assert page.one("p", class_="hit-summary").get("lang") == "de"
    assert "lang=" not in own
    assert "Found in French" in only_found.words
    assert "Found in" not in only_shown.words
    assert "French" in only_shown.words


def test_a_hit_names_four_codes_and_says_where_it_holds_for_all():
    with override("en"):
        page = page_with(hit(card(hit=sample(codes=("A", "B", "C", "D", "E")))))
        everywhere = platform_tags(None)
    assert [one.text for one in page.all("a", class_="code-chip")] == ["A", "B", "C", "D"]
    assert "All platforms" in page.words
    assert "All platforms" in everywhere


@pytest.mark.parametrize("name", ["platform", "code"])
def test_an_address_kept_is_that_of_the_language_and_of_the_place_of_the_portal(name):
    found = []
    for language, prefix in (("en", "/"), ("fr", "/"), ("en", "/help/")):
        set_script_prefix(prefix)
        try:
            with override(language):
                page = page_of(name, "a-b")
            found.append((page, article_address("x", language), document_address("x", language)))
        finally:
            set_script_prefix("/")
    (en, fr, moved) = ([one.split("/")[1:3] for one in kinds] for kinds in found)
    assert [one[0] for one in en + fr + moved] == ["en"] * 3 + ["fr"] * 3 + ["help"] * 3
    assert found[0][0].endswith("/a-b/")


@pytest.mark.parametrize("typed", ["q=a+b&x=1&x=2", "q=%C3%A9+%26%3D%2B%22&q=", "", "a=&b=%0A"])
def test_an_address_repeats_the_question_as_it_is_encoded(typed):
    request, query = RequestFactory().get("/"), QueryDict(typed)
    assert query_string(request, query) == f"?{query.urlencode()}"
    assert query_string(request, query) == f"?{query.urlencode()}"
