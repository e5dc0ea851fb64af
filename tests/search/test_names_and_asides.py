"""Names in any writing, what is said around a problem, and words that name none."""

from __future__ import annotations

import pytest

from .conftest import ask, slugs

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(base) -> None:
    """An article about names that are written in parts, and one about a screen."""
    text = "Delete the certificate issued by Ab_Remote_Issuing, then run Get-TestEndpoint."
    base("issued", [], {"en": {"title": "Already there", "resolution": text}})
    text = "Two screens show the device stuck for 7 minutes."
    base("screens", [], {"en": {"title": "Stuck on a screen", "problem": text}})


@pytest.mark.parametrize(
    "name",
    [
        "Ab_Remote_Issuing", "AbRemoteIssuing", "abremoteissuing", "ab remote issuing",
        "AB-REMOTE-ISSUING", "Get-TestEndpoint", "gettestendpoint", "get testendpoint",
    ],
)  # fmt: skip
def test_a_name_is_found_however_its_parts_are_joined(issued, name: str):
    assert slugs(ask(name, "en")) == ["issued"]


@pytest.mark.parametrize(
    "name",
    [
        *("AbRemotIssuing", "Ab_Remote_Issueing", "AbRemoteIsuing", "ABRemoteIssuign"),
        *("Get-TestEndpoit", "GetTestEndpiont"),
    ],
)
def test_a_name_with_a_slip_is_that_name_and_not_the_words_of_it(issued, base, name: str):
    text = "A remote test of an endpoint that gets too little memory."
    base("memory", [], {"en": {"title": "Remote endpoint", "problem": text}})
    result = ask(name, "en")
    assert [hit.slug for hit in (*result.hits, *result.guesses)] == ["issued"]


def test_a_name_that_is_a_slip_of_a_hidden_one_is_the_words_of_it(base):
    secret = "Run AbRemoteIssuing."
    base("secret", [], {"en": {"title": "A secret", "resolution": secret}}, status="draft")
    base("remote", [], {"en": {"title": "Remote access", "problem": "It is remote."}})
    result = ask("AbRemotIssuing", "en")
    before = ask("AbRemotIssuxxx", "en")
    assert [hit.slug for hit in result.guesses] == [hit.slug for hit in before.guesses]


@pytest.mark.parametrize("typed", ["AB2", "#AB2", "ab2", "code ab2", "#0AB2"])
def test_a_short_code_alone_is_one_where_the_base_knows_it(base, typed: str):
    assert slugs(ask(typed, "en")) == ["license"]


@pytest.mark.parametrize("typed", ["#fab1", "ab3", "room ab2", "AB2.exe"])
def test_what_no_text_documents_or_is_something_else_is_no_short_code(base, typed: str):
    assert [one for one in ask(typed, "en").understood if one.what == "reading"] == []


@pytest.mark.parametrize("query", ["two", "screen", "screens", "two screens", "hello, stuck", "7"])
def test_words_that_name_no_problem_are_a_guess(issued, query: str):
    result = ask(query, "en")
    assert slugs(result) == []
    assert "screens" in [hit.slug for hit in result.guesses]


def test_a_title_made_of_such_words_is_still_an_answer(issued):
    assert slugs(ask("stuck on a screen", "en")) == ["screens"]


@pytest.mark.parametrize(
    "around", ["chez M. Dupont depuis le 3 mars", "pour Mme garnier", "(Dr House, 12 mai 2026)"]
)
def test_who_and_when_weigh_nothing(base, around: str):
    base("third", [], {"fr": {"title": "Troisième cas", "problem": "Le 3 ou le 12, chez tous."}})
    assert slugs(ask(f"nombre maximal d'appareils {around}"))[0] == "device-cap"
