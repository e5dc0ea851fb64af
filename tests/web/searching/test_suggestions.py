"""What the box is offered while a reader types."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.web.content import CODE, DRAFT, write

HOSTILE = ["", "a", "\0\0", '"', "NEAR(", "*", "‮abc", "😀😀", "x" * 5000, "' OR 1=1 --", "%_"]


def suggested(client, text: str, language: str = "fr") -> list[dict]:
    response = client.get(f"/{language}/search/suggestions/", {"q": text})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/json"
    return response.json()["suggestions"]


@pytest.mark.usefixtures("portal")
def test_codes_messages_and_titles(client):
    assert {"kind": "code", "text": CODE, "language": "", "address": ""} in suggested(
        client, "0x80cf"
    )
    found = suggested(client, "plaf")
    assert {one["text"] for one in found} == {"Plafond atteint"}
    assert found[0]["language"] == "fr"
    assert suggested(client, "limit", "en")[0]["text"] == "Limit reached"


@pytest.mark.parametrize(("language", "title"), [("fr", "Zeppelin fermé"), ("en", "Zeppelin shut")])
def test_an_article_is_suggested_once_in_the_language_of_the_reader(
    client, portal, language, title
):
    for name, text in (("fr", "Zeppelin fermé"), ("en", "Zeppelin shut")):
        write(portal.articles["conseils"], name, text, problem="Rien.")
    found = [one["text"] for one in suggested(client, "zepp", language) if one["kind"] == "title"]
    assert found == [title]


@pytest.mark.parametrize("typed", ["zeppelin cap", "zeppelin ca", "Zepelin cap", "zeppelin-cap"])
def test_a_name_is_suggested_where_its_words_are_typed_apart(client, portal, typed):
    problem = "ZeppelinCapReached, un zeppelin de trop."
    write(portal.articles["conseils"], "fr", "Rien", problem=f"L’erreur **{problem}**")
    assert "ZeppelinCapReached" in [one["text"] for one in suggested(client, typed)]
    assert "ZeppelinCapReached" not in [one["text"] for one in suggested(client, "zeppelin pac")]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.usefixtures("portal")
def test_hostile_text_gets_a_list(client, text):
    assert isinstance(suggested(client, text), list)


@pytest.mark.usefixtures("portal")
def test_only_for_reading(client):
    assert client.post("/fr/search/suggestions/").status_code == 405
    assert "private" in client.get("/fr/search/suggestions/?q=pl").headers["Cache-Control"]


@pytest.mark.parametrize("begin", ["", "plafond ", "zzzzz "])
def test_a_word_of_hidden_texts_costs_what_an_unknown_one_costs(client, portal, begin):
    """That nothing is asked about a word nobody wrote would tell, by the time, that it is."""
    write(portal.articles[DRAFT], "fr", "Zyxsecret", problem="Zyxsecret plafond.")
    suggested(client, "plafond")  # what is read once and remembered
    asked = {}
    for word in ("zyxsec", "zyxsecret", "zyxabc", "zyxabcdef"):
        with CaptureQueriesContext(connection) as queries:
            assert suggested(client, begin + word) == []
        asked[word] = [_shape(query["sql"]) for query in queries]
    first, *others = asked.values()
    assert first
    assert others == [first] * 3


def _shape(sql: str) -> str:
    """Return a statement without what was typed."""
    return re.sub(r"'(?:[^']|'')*'", "?", sql)
