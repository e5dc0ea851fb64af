"""Exact phrases and excluded words hold for every hit, and lose none, on every database."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.db import connection

from troubleshooting.models import Article, ArticleTranslation
from troubleshooting.search.index.writing import rebuild

from ..conftest import add, ask, document, slugs

pytestmark = pytest.mark.django_db

#: They stand in every text, in some order; ``SOMETIMES`` in half of them.
WORDS = ("badge", "tunnel", "kernel", "socket", "mirror", "ribbon")
SOMETIMES = "quarry"
#: More than a search ever compares with the query.
MANY = 620


@pytest.fixture
def texts(db) -> dict[str, str]:
    """Bodies by the slug of their article, every tenth of them a draft."""
    chance = random.Random(7)
    bodies = {}
    for number in range(MANY):
        body = [*WORDS, *[SOMETIMES] * (number % 2)]
        chance.shuffle(body)
        bodies[f"text-{number}"] = " ".join(body)
    status = ["draft" if number % 10 == 0 else "published" for number in range(MANY)]
    articles = Article.objects.bulk_create(
        Article(slug=slug, status=one) for slug, one in zip(bodies, status, strict=True)
    )
    rows = ArticleTranslation.objects.bulk_create(
        ArticleTranslation(article=one, language="en", title=f"Text {one.pk}") for one in articles
    )
    parts = zip(rows, bodies.values(), strict=True)
    rebuild(connection, (document(row, problem=body) for row, body in parts))
    seen = zip(bodies.items(), status, strict=True)
    return {slug: body for (slug, body), one in seen if one == "published"}


def holds(phrase: str) -> Callable[[str], bool]:
    return lambda body: f" {phrase} " in f" {body} "


QUERIES = {
    '"badge tunnel"': holds("badge tunnel"),
    '"kernel socket mirror"': holds("kernel socket mirror"),
    "ribbon -quarry": lambda body: not holds("quarry")(body),
    'ribbon -"socket mirror"': lambda body: not holds("socket mirror")(body),
    '"mirror ribbon" socket -quarry': lambda body: (
        holds("mirror ribbon")(body) and not holds("quarry")(body)
    ),
}


def test_what_is_excluded_does_not_show_in_the_readers_language(base):
    english = {"title": "Grommet missing", "problem": "A grommet is missing."}
    french = {"title": "Grommet manquant", "problem": "Il manque un grommet."}
    base("grommet", [], {"en": english, "fr": french})
    assert slugs(ask("grommet", "en")) == ["grommet"]
    assert slugs(ask("grommet -missing", "fr")) == ["grommet"]
    result = ask("grommet -missing", "en")
    assert result.notices == ["widened"]  # nothing lacks the word, so it is not heeded
    base("second", [], {"fr": {"title": "Second grommet"}})
    assert slugs(ask("grommet -missing", "en")) == ["second"]


def test_every_text_that_meets_the_conditions_is_found_and_no_other(texts):
    for query, meets in QUERIES.items():
        expected = {slug for slug, body in texts.items() if meets(body)}
        result = ask(query, "en", limit=500)
        assert set(slugs(result)) == expected, query
        assert result.total == len(expected), query
        assert expected


def test_where_no_text_meets_them_with_all_words_they_hold_for_those_with_most(base):
    for slug, problem in {
        "meets": "The badge tunnel is shut.",
        "apart": "A tunnel, a badge, the kernel and its socket.",
        "excluded": "The badge tunnel beside the quarry, the kernel.",
    }.items():
        base(slug, [], {"en": {"title": slug, "problem": problem}})
    result = ask('"badge tunnel" kernel socket -quarry', "en")
    assert [hit.slug for hit in [*result.hits, *result.guesses]] == ["meets"]
    assert "widened" not in result.notices


def test_an_excluded_word_holds_for_codes_and_messages_too(base):
    base("other", [], {"en": {"title": "Elsewhere", "codes": ["0x8007064C"], "problem": "Quarry."}})
    assert set(slugs(ask("0x8007064C", "en"))) == {"device-cap", "other"}
    assert slugs(ask("0x8007064C -quarry", "en")) == ["device-cap"]
    said = "he says Échec de l’installation du profil again"
    assert set(slugs(ask(said))) == {"profile-ios", "profile-android"}
    assert slugs(ask(f"{said} -android")) == ["profile-ios"]


@pytest.mark.parametrize("query", ["-cedar lantern", '-"cedar" lantern', "lantern -cedar"])
def test_what_is_excluded_may_stand_first(base, query):
    for slug, problem in {"with": "A cedar and a lantern.", "without": "A lantern."}.items():
        add(slug, [], {"en": {"title": slug, "problem": problem}})
    result = ask(query, "en")
    assert slugs(result) == ["without"]
    assert result.notices == []


def test_nothing_but_exclusions_finds_nothing_and_that_is_said(base):
    add("alone", [], {"en": {"title": "Cedar lantern", "problem": "A cedar and a lantern."}})
    result = ask('-cedar -"lantern"', "en")
    assert (slugs(result), result.guesses, result.notices) == ([], [], ["only_excluded"])
    assert [one.id for one in result.understood] == ["excluded:lantern", "excluded:cedar"]
    without = frozenset({"excluded:lantern", "excluded:cedar"})
    result = ask('-cedar -"lantern"', "en", without=without)
    assert (slugs(result), result.kind, result.notices) == ([], "message", [])


def test_conditions_that_nothing_meets_are_dropped_and_that_is_said(base):
    add("alone", [], {"en": {"title": "Cedar lantern", "problem": "A cedar and a lantern."}})
    for query in ("cedar -lantern", '"lantern cedar"'):
        result = ask(query, "en")
        assert "widened" in result.notices, query
        assert slugs(result) == ["alone"], query
