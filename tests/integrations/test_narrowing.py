"""A query is narrowed by what is typed into it, whoever asks: command, API or assistant."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from tests.integrations.assistants.assistant import call
from tests.web.content import write
from troubleshooting.models import Article, Platform

pytestmark = pytest.mark.usefixtures("portal")


@pytest.fixture(autouse=True)
def printers(portal):
    """Articles about a printer, on two platforms."""
    for platform, problem in (("ios", "The red lamp blinks."), ("android", "The lamp is off.")):
        article = Article.objects.create(slug=f"printer-{platform}", status="published")
        article.platforms.set([Platform.objects.get(slug=platform)])
        write(article, "en", "Printer refused", problem=problem)


def _command(query: str) -> set[str]:
    out = StringIO()
    call_command("search", query, language="en", format="json", stdout=out)
    return {hit["slug"] for hit in json.loads(out.getvalue())["hits"]}


def _api(query: str) -> set[str]:
    answer = Client().get("/api/v1/search/", {"q": query, "language": "en"})
    return {hit["slug"] for hit in answer.json()["hits"]}


def _assistant(query: str) -> set[str]:
    found = call("search", query=query, language="en").structured_content
    numbers = [one["article"] for one in found["articles"]]
    return set(Article.objects.filter(pk__in=numbers).values_list("slug", flat=True))


@pytest.mark.parametrize("ask", [_command, _api, _assistant])
@pytest.mark.parametrize(
    ("query", "platforms"),
    [
        ("printer refused", {"ios", "android"}),
        ("printer refused in:ios", {"ios"}),
        ("printer refused in:iphone,android", {"ios", "android"}),
        ("printer refused -in:ios", {"android"}),
        ("printer refused in:bogus", {"ios", "android"}),
        ('printer "red lamp"', {"ios"}),
        ("printer refused -red", {"android"}),
    ],
)
def test_a_query_is_narrowed_as_in_the_box(
    ask: Callable[[str], set[str]], query: str, platforms: set[str]
):
    assert ask(query) == {f"printer-{one}" for one in platforms}


def test_a_value_that_is_none_is_told(capsys):
    call_command("search", "printer in:bogus", language="en")
    assert "“in:bogus” is neither a platform" in capsys.readouterr().out
    answer = Client().get("/api/v1/search/", {"q": "printer in:bogus"}).json()
    assert answer["notices"] == ["unknown_value"]
    said = call("search", query="printer in:bogus", language="en").content[0].text
    assert "names nothing to narrow by: in:bogus." in said


def test_a_query_of_nothing_but_what_to_leave_out_says_so():
    answer = Client().get("/api/v1/search/", {"q": "-in:ios"}).json()
    assert (answer["kind"], answer["notices"]) == ("message", ["only_excluded"])
